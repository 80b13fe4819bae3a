"""What a page under test is opened with."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from assistant.curriculum import load_curriculum
from assistant.journal import Journal
from assistant.service import Assistant
from assistant.settings import load_settings
from tests.conftest import BagOfStems


def own_assistant() -> Assistant:
    """The assistant that the environment describes, without an index."""
    settings = load_settings()
    return Assistant(settings, load_curriculum(settings.corpus_dir), BagOfStems(), Journal(settings.journal_path))


def forgetful_assistant() -> Assistant:
    """The same without a journal."""
    settings = load_settings()
    return Assistant(settings, load_curriculum(settings.corpus_dir), BagOfStems(), None)


def press(app: AppTest, label: str) -> AppTest:
    """Click the button with this label."""
    next(button for button in app.button if button.label == label).click()
    app.run()
    assert not app.exception
    return app

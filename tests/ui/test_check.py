"""The question at the end of an answer, and what the answer leans on, on the chat page."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from assistant.check_questions import CheckQuestions
from assistant.curriculum import load_curriculum
from assistant.domain import Choice
from assistant.journal import Journal
from assistant.note_files import NoteFiles
from assistant.settings import Settings
from ingest.pipeline import Ingest
from ingest.web import Fetcher
from tests.conftest import BagOfStems
from tests.mini_corpus import write_corpus
from tests.ui.test_model_in_chat import TIMEOUT_S, ask, chat_page


@pytest.fixture
def settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Settings:
    settings = Settings(home=tmp_path / "home", corpus_dir=write_corpus(tmp_path / "corpus"))
    Ingest(settings, BagOfStems(), Fetcher(), lambda _done, _total: None).build()
    monkeypatch.setenv("STUDY_HOME", str(settings.home))
    monkeypatch.setenv("STUDY_CORPUS_DIR", str(settings.corpus_dir))
    return settings


def recorded(settings: Settings, topic: str) -> dict[str, bool]:
    journal = Journal(settings.journal_path)
    learner = journal.learners.find("me")
    answers = dict(journal.progress.checks_answered(learner.id, topic)) if learner else {}
    journal.close()
    return answers


def options(settings: Settings) -> tuple[str, tuple[Choice, ...]]:
    first = CheckQuestions(NoteFiles(settings.corpus_dir, load_curriculum(settings.corpus_dir))).on("fuses")[0]
    return first.key, first.choices


def test_a_pick_is_graded_in_place_and_recorded(settings: Settings) -> None:
    app = ask(AppTest.from_function(chat_page, default_timeout=TIMEOUT_S))
    key, choices = options(settings)
    assert app.radio[0].options == [choice.text for choice in choices]
    assert app.radio[0].value is None
    wrong = [choice.right for choice in choices].index(False)
    app.radio[0].set_value(wrong).run()
    assert [each.value for each in app.warning] == [
        "Not quite. Sheep are for sleep. Right is: A fuse breaker counts failures."
    ]
    assert recorded(settings, "fuses") == {key: False}
    app.radio[0].set_value(1 - wrong).run()
    assert [each.value for each in app.success] == ["Right."]
    assert recorded(settings, "fuses") == {key: True}


def test_an_open_question_shows_its_points_and_is_graded_by_the_learner(settings: Settings) -> None:
    app = ask(AppTest.from_function(chat_page, default_timeout=TIMEOUT_S))
    # The choice question was asked just now, so the open one is next.
    app.chat_input[0].set_value("Why does a fuse breaker protect a caller from failures?").run()
    assert not app.exception
    assert "- A fuse breaker exists to protect callers." in [each.value for each in app.markdown]
    (grade,) = [each for each in app.segmented_control if each.label == "Did you have these points?"]
    grade.set_value("Not yet").run()
    assert False in recorded(settings, "fuses").values()

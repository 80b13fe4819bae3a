"""Pages that keep something say where it is kept, when they are opened by an assistant without a journal."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.mini_corpus import write_corpus

TIMEOUT_S = 60
SENTENCE = (
    "Plans, practice and the placement test are kept in a journal, and this assistant was started without one. Start "
    "it with `make run` to have them."
)


def today() -> None:
    from assistant.ui.today import page
    from tests.ui.opening import forgetful_assistant

    page.page(forgetful_assistant())


def plan() -> None:
    from assistant.ui.plan import page
    from tests.ui.opening import forgetful_assistant

    page.page(forgetful_assistant())


def practise() -> None:
    from assistant.ui.practise import page
    from tests.ui.opening import forgetful_assistant

    page.page(forgetful_assistant())


def placement() -> None:
    from assistant.ui import placement
    from tests.ui.opening import forgetful_assistant

    placement.page(forgetful_assistant())


@pytest.mark.parametrize("page", [today, plan, practise, placement])
def test_a_page_that_keeps_something_says_what_it_needs(
    page: Callable[[], None], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("STUDY_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("STUDY_CORPUS_DIR", str(write_corpus(tmp_path / "corpus")))
    app = AppTest.from_function(page, default_timeout=TIMEOUT_S).run()
    assert not app.exception
    assert [each.value for each in app.info] == [SENTENCE]

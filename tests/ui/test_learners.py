"""Sessions of one app process: each is one learner's, and nothing of one reaches another."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from assistant.journal import Journal
from assistant.practice_store import PracticeAnswer
from assistant.progress import TopicState
from assistant.settings import load_settings
from tests.ui.opening import press

TIMEOUT_S = 60
NOW = datetime(2026, 11, 27, 20, tzinfo=UTC)
TOPIC = "what-is-docker"


@pytest.fixture(autouse=True)
def _home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    monkeypatch.setenv("STUDY_HOME", str(tmp_path))
    st.cache_resource.clear()
    yield
    st.cache_resource.clear()


@pytest.fixture
def journal() -> Iterator[Journal]:
    opened = Journal(load_settings().journal_path)
    yield opened
    opened.close()


def the_page(name: str) -> None:
    from importlib import import_module

    from assistant.ui.learner import for_session
    from assistant.ui.state import get_assistant

    import_module(name).page(for_session(get_assistant()))


def open_page(name: str, learner: str | None = None, **address: str) -> AppTest:
    """A tab of its own at one of the pages."""
    module = f"assistant.ui.{name}" if name in {"chat", "settings"} else f"assistant.ui.{name}.page"
    app = AppTest.from_function(the_page, args=(module,), default_timeout=TIMEOUT_S)
    for part, value in (address | ({"learner": learner} if learner else {})).items():
        app.query_params[part] = value
    app.run()
    assert not app.exception
    return app


def texts(app: AppTest) -> str:
    shown = (*app.markdown, *app.caption, *app.error, *app.title, *app.header)
    return "\n".join(str(each.value) for each in shown)


def entries(journal: Journal, learner: str) -> list[str]:
    found = journal.learners.find(learner)
    return [entry.status.value for entry in journal.progress.entries(found.id)] if found else []


def test_plans_and_progress_of_two_sessions_do_not_mix(journal: Journal) -> None:
    ada, ben = open_page("today", "Ada"), open_page("today")
    press(ada, "Make my plan")
    assert "Make my plan" in [button.label for button in ben.run().button]
    press(ben, "Make my plan")
    press(ada, "Done")
    assert (entries(journal, "Ada"), entries(journal, "me")) == (["done"], [])
    assert "Studying as **Ada**" in texts(ada.run())
    assert "Studying as **me**" in texts(ben.run())
    assert [len(journal.plans.all(each.id)) for each in journal.learners.all()] == [1, 1]


def test_two_tabs_of_one_learner_show_the_same_and_record_once(journal: Journal) -> None:
    first = open_page("today", "Ada")
    press(first, "Make my plan")
    second = open_page("today", "ada")
    session = first.header[0].value
    assert second.header[0].value == session
    press(first, "Done")
    # The other tab still shows the session that is done: a click there must not count it once more.
    press(second, "Done")
    assert entries(journal, "Ada") == ["done"]
    assert "That session was recorded already" in texts(second)
    assert second.header[0].value == first.run().header[0].value != session
    # And what is taken back once is not taken back twice: the session before it stays.
    press(first, "Done")
    second.run()
    press(first, "Undo")
    press(second, "Undo")
    assert entries(journal, "Ada") == ["done"]


def test_conversations_are_listed_and_opened_for_their_learner_alone(journal: Journal) -> None:
    journal.of("Ada").begin_turn("abc", "What opens?", NOW)
    journal.begin_turn("def", "What closes?", NOW)
    ada, ben = open_page("chat", "Ada", c="abc"), open_page("chat", c="abc")
    assert ada.chat_message[0].markdown[0].value == "What opens?"
    assert not ben.chat_message
    labels = [[button.label for button in app.sidebar.button] for app in (ada, ben)]
    assert labels == [["New conversation", "**What opens\\?**"], ["New conversation", "What closes\\?"]]
    ben.chat_input[0].set_value("And mine?").run()
    assert [turn.question for turn in journal.of("Ada").turns("abc")] == ["What opens?"]


def test_practice_and_levels_do_not_mix(journal: Journal) -> None:
    ada = journal.learners.named("Ada", NOW)
    journal.progress.mark(ada.id, {TOPIC: TopicState.DONE}, "self", NOW)
    assert "Start" in [button.label for button in open_page("practise", "Ada").button]
    assert "Nothing to practise yet" in texts(open_page("practise"))
    journal.practice.record(ada.id, PracticeAnswer(TOPIC, "k", True, NOW), shown_after=0)
    assert "Nothing to practise yet" in texts(open_page("practise"))


def test_the_name_stays_when_the_address_loses_it_and_a_new_name_leaves_nothing_behind() -> None:
    app = open_page("today", "Ada", c="abc")
    app.session_state["half_given_answer"] = "A breaker"
    # A link to another page has no name in it; the tab is Ada's all the same.
    del app.query_params["learner"]
    app.run()
    assert app.query_params["learner"] == "Ada"
    assert app.session_state["half_given_answer"] == "A breaker"
    app.query_params["learner"] = "Ben"
    app.run()
    assert not app.exception
    assert "half_given_answer" not in app.session_state
    assert app.session_state["learner"] == "Ben"

"""The chat page: what to begin and go on with, asking again, editing, copying, and errors; on the real index."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from assistant.conversations import ONE_OFF
from assistant.journal import Journal
from assistant.planning import PlanRequest
from assistant.service import open_assistant
from assistant.settings import Settings
from assistant.ui import state

TIMEOUT_S = 60
QUESTION = "What is a circuit breaker?"


def chat_page() -> None:
    from assistant.ui import chat
    from assistant.ui.state import get_assistant

    chat.page(get_assistant())


def opened() -> AppTest:
    return AppTest.from_function(chat_page, default_timeout=TIMEOUT_S).run()


def ask(app: AppTest, question: str) -> AppTest:
    app.chat_input[0].set_value(question).run()
    assert not app.exception
    return app


def labels(app: AppTest) -> list[str]:
    return [button.label.replace("\\", "") for button in app.main.button]


def click(app: AppTest, label: str) -> AppTest:
    next(button for button in app.main.button if button.label.replace("\\", "").startswith(label)).click().run()
    assert not app.exception
    return app


def questions(app: AppTest) -> list[str]:
    return [message.markdown[0].value for message in app.chat_message if message.name == "user"]


def test_the_empty_screen_has_questions_of_the_plan(home: Path) -> None:
    assistant = open_assistant(Settings(home=home))
    plans = assistant.plans()
    assert plans is not None
    start = date.today()
    plans.follow(plans.make(PlanRequest(start, 630, weekday_minutes=(90,) * 7)))
    assistant.close()
    app = opened()
    assert not app.exception
    first, second, third = labels(app)
    assert first.endswith(" :gray[(today in your plan)]")
    assert second.endswith("(next in your plan)]")
    click(app, first)
    assert questions(app) == [first.partition(" :gray")[0].replace("?", "?")]
    assert third not in labels(app)


def test_without_a_plan_there_are_questions_of_the_roadmap(home: Path) -> None:
    assert labels(opened()) == [
        "What is a circuit breaker?",
        "How do containers differ from virtual machines?",
        "When should I split a monolith?",
    ]


def test_a_follow_up_is_one_click_and_never_the_same_again(home: Path) -> None:
    app = ask(opened(), QUESTION)
    offered = [label for label in labels(app) if label.endswith("?")]
    assert offered == [
        "What can go wrong with Circuit Breaker?",
        "What are the trade-offs of Circuit Breaker?",
        "What is the difference between Circuit Breaker and Retry with exponential backoff?",
    ]
    click(app, offered[0])
    assert questions(app) == [QUESTION, offered[0]]
    assert offered[0] not in labels(app)


def test_an_edited_question_takes_the_place_of_the_last_one(home: Path) -> None:
    app = ask(opened(), "What is a circut braeker?")
    current = app.query_params["c"]
    click(app, "Edit question")
    assert app.text_area[0].value == "What is a circut braeker?"
    app.text_area[0].set_value("What is a bulkhead?")
    click(app, "Ask")
    assert questions(app) == ["What is a bulkhead?"]
    assert not app.text_area
    journal = Journal(Settings(home=home).journal_path)
    assert [turn.question for turn in journal.turns(current)] == ["What is a bulkhead?"]
    assert [turn.question for turn in journal.turns(ONE_OFF)] == ["What is a circut braeker?"]
    assert [each.title for each in journal.conversations()] == ["What is a bulkhead?"]
    journal.close()


def test_editing_can_be_left_and_only_the_last_question_is_edited(home: Path) -> None:
    app = ask(ask(opened(), QUESTION), "What is a bulkhead?")
    assert labels(app).count("Edit question") == labels(app).count("Ask again") == 1
    click(app, "Edit question")
    assert app.text_area[0].value == "What is a bulkhead?"
    click(app, "Cancel")
    assert not app.text_area
    assert questions(app) == [QUESTION, "What is a bulkhead?"]


def test_asking_again_replaces_the_answer(home: Path) -> None:
    app = ask(ask(opened(), QUESTION), "What is a bulkhead?")
    click(app, "Ask again")
    assert questions(app) == [QUESTION, "What is a bulkhead?"]
    journal = Journal(Settings(home=home).journal_path)
    assert [turn.id for turn in journal.turns(app.query_params["c"])] == [1, 3]
    journal.close()


def test_where_another_window_went_on_asking_again_says_so_and_changes_nothing(home: Path) -> None:
    app = ask(opened(), QUESTION)
    other = AppTest.from_function(chat_page, default_timeout=TIMEOUT_S)
    other.query_params["c"] = app.query_params["c"]
    ask(other.run(), "What is a bulkhead?")
    click(app, "Ask again")
    assert "perhaps in another window" in app.error[0].value
    journal = Journal(Settings(home=home).journal_path)
    assert [turn.question for turn in journal.turns(app.query_params["c"])] == [QUESTION, "What is a bulkhead?"]
    journal.close()


def test_an_answer_is_copied_with_its_sources_spelled_out(home: Path) -> None:
    app = ask(opened(), QUESTION)
    (code,) = app.code
    assert "so that callers fail fast and the dependency gets time to recover. [1]" in code.value
    assert "Sources:\n\n1. 13. Resiliency Patterns › Circuit Breaker (Resilience4j, Istio)" in code.value
    assert "primary-badge" not in code.value


def test_an_answer_of_another_tab_is_followed_to_its_end(home: Path) -> None:
    assistant = state.get_assistant()
    live = state.get_answers().start((assistant.learner, "shared"), QUESTION, assistant.answer(QUESTION, "shared"))
    app = AppTest.from_function(chat_page, default_timeout=TIMEOUT_S)
    app.query_params["c"] = "shared"
    app.run()
    assert live.wait(TIMEOUT_S)
    assert not app.exception
    assert questions(app) == [QUESTION]
    assert [button for button in labels(app) if button == "Stop"] == []


def test_a_missing_index_is_a_sentence_with_the_button_that_makes_one(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("STUDY_HOME", str(tmp_path))
    st.cache_resource.clear()
    app = ask(opened(), "What is Docker?")
    assert "The button below builds it" in app.error[0].value
    assert {"Build the index", "Ask again"} <= set(labels(app))
    assert "Stop" not in labels(app)
    assert questions(app) == ["What is Docker?"]
    st.cache_resource.clear()

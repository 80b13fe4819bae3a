"""The pages through Streamlit's own test harness, on the real index."""

from __future__ import annotations

import re
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from assistant.domain import AnswerEvent
from assistant.journal import Journal
from assistant.service import Assistant
from assistant.settings import Settings
from tests.conftest import REPOSITORY

TIMEOUT_S = 60


def chat_page() -> None:
    from assistant.ui import chat
    from assistant.ui.state import get_assistant

    chat.page(get_assistant())


def chat_app() -> AppTest:
    return AppTest.from_function(chat_page, default_timeout=TIMEOUT_S)


def open_app() -> AppTest:
    return chat_app().run()


def texts(app: AppTest) -> str:
    return "\n".join(element.value for element in (*app.markdown, *app.caption))


def test_the_app_opens_with_today(home: Path) -> None:
    app = AppTest.from_file(str(REPOSITORY / "app.py"), default_timeout=TIMEOUT_S).run()
    assert not app.exception
    assert [title.value for title in app.title] == ["Today"]


def test_first_visit_offers_questions(home: Path) -> None:
    app = open_app()
    assert not app.exception
    assert app.title[0].value == "Chat"
    assert "42 modules and 145 topics" in texts(app)


def test_suggestion_is_asked_with_one_click(home: Path) -> None:
    app = open_app()
    next(button for button in app.main.button if button.label.startswith("What is a circuit breaker")).click().run()
    assert not app.exception
    assert "A circuit breaker is a guard" in texts(app)
    assert "[:primary-badge[1]](#source-1-1)" in texts(app)


def test_answer_shows_sources_and_survives_a_reload(home: Path) -> None:
    app = open_app()
    app.chat_input[0].set_value("What is a circuit breaker?").run()
    assert not app.exception
    shown = texts(app)
    assert "Circuit Breaker" in shown
    assert "Confidence" in shown
    conversation = app.query_params["c"]

    again = chat_app()
    again.query_params["c"] = conversation
    again.run()
    assert [message.name for message in again.chat_message] == ["user", "assistant"]
    assert "A circuit breaker is a guard" in texts(again)


def test_refusal_is_shown_and_recorded(home: Path) -> None:
    app = open_app()
    app.chat_input[0].set_value("How do I cook rice?").run()
    assert "The roadmap does not cover this." in texts(app)
    assert "Not covered by the roadmap" in texts(app)
    journal = Journal(Settings(home=home).journal_path)
    (conversation,) = journal.conversations()
    assert conversation.title == "How do I cook rice?"
    journal.close()


def test_questions_cannot_inject_markup(home: Path) -> None:
    app = open_app()
    app.chat_input[0].set_value("![x](http://evil.example/a.png) <img src=x> what is Docker?").run()
    assert "![x](" not in texts(app)
    assert "<img" not in texts(app).replace("\\<img", "")


def sidebar_buttons(app: AppTest) -> list[str]:
    return [button.label for button in app.sidebar.button]


def test_an_answer_opens_its_sources_and_says_why(home: Path) -> None:
    app = open_app()
    app.chat_input[0].set_value("What is a circuit breaker?").run()
    assert not app.exception
    shown = texts(app)
    assert re.search(r"(\d) of \1 statements supported · Confidence", shown)
    assert ":primary-background[A circuit breaker is a guard" in shown
    assert "Source 1" in shown
    assert "- Searched for: “What is a circuit breaker\\?”" in shown
    rows = app.dataframe[0].value
    assert list(rows["Rank"]) == list(range(1, len(rows) + 1))
    assert len(rows) >= 30
    assert set(rows["Outcome"]) == {"cited", "read", "dropped"}
    assert "in a terminal: `study why 1`" in shown


def test_conversations_are_found_and_opened_again(home: Path) -> None:
    app = open_app()
    for question in ("What is Docker?", "How do I cook rice?"):
        app.query_params["c"] = question[-6:-1]
        app.run()
        app.chat_input[0].set_value(question).run()
    assert sidebar_buttons(app) == ["New conversation", "**How do I cook rice\\?**", "What is Docker\\?"]
    app.sidebar.text_input[0].set_value("dock").run()
    assert sidebar_buttons(app) == ["New conversation", "What is Docker\\?"]
    app.sidebar.button[1].click().run()
    assert app.query_params["c"] == "ocker"
    assert [message.name for message in app.chat_message] == ["user", "assistant"]
    app.sidebar.text_input[0].set_value('"AND ( zebra').run()
    assert not app.exception
    assert sidebar_buttons(app) == ["New conversation"]
    assert "Nothing found" in texts(app)


def test_roadmap_only_is_asked_for_and_stays_in_the_url(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bool] = []
    answer = Assistant.answer

    def remember(
        self: Assistant, question: str, conversation: str | None = None, *, roadmap_only: bool, **others: Any
    ) -> Generator[AnswerEvent]:
        asked.append(roadmap_only)
        return answer(self, question, conversation, roadmap_only=roadmap_only, **others)

    monkeypatch.setattr(Assistant, "answer", remember)
    app = open_app()
    assert not app.toggle[0].value
    app.chat_input[0].set_value("What is a circuit breaker?").run()
    app.toggle[0].set_value(True).run()
    app.chat_input[0].set_value("What is a bulkhead?").run()
    assert not app.exception
    assert asked == [False, True]

    again = chat_app()
    again.query_params["roadmap_only"] = "true"
    again.run()
    assert again.toggle[0].value


def plan_page() -> None:
    from assistant.ui.plan import page
    from assistant.ui.state import get_assistant

    page.page(get_assistant())


def test_a_goal_that_nothing_is_close_to_is_one_sentence(home: Path) -> None:
    app = AppTest.from_function(plan_page, default_timeout=TIMEOUT_S).run()
    (goal,) = (each for each in app.text_input if each.label == "Goal")
    goal.set_value("bake sourdough bread").run()
    assert app.error[0].value.startswith("No topic of the roadmap is close to that goal")
    goal.set_value("deploy an LLM app on Kubernetes").run()
    assert not app.error
    (topics,) = (each for each in app.multiselect if each.label == "Read as these topics")
    assert "pods-deployments-services" in topics.value


def test_missing_index_says_what_to_run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("STUDY_HOME", str(tmp_path))
    st.cache_resource.clear()
    app = open_app()
    app.chat_input[0].set_value("What is Docker?").run()
    assert app.error[0].value.endswith("yet\\. The button below builds it\\.")
    assert "Build the index" in [button.label for button in app.button]
    st.cache_resource.clear()

"""Thumbs under an answer on the chat page."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from assistant.feedback import Feedback, Reason, Verdict
from assistant.journal import Journal
from assistant.settings import Settings
from tests.ui.test_check import settings
from tests.ui.test_model_in_chat import TIMEOUT_S, ask, chat_page

__all__ = ["settings"]


def recorded(settings: Settings) -> list[Feedback]:
    journal = Journal(settings.journal_path)
    learner = journal.learners.find("me")
    kept = list(journal.feedback.all(learner.id)) if learner else []
    journal.close()
    return kept


def thumbs(app: AppTest) -> object:
    return next(each for each in app.segmented_control if each.label == "Was this answer right?")


@pytest.fixture
def app(settings: Settings) -> AppTest:
    return ask(AppTest.from_function(chat_page, default_timeout=TIMEOUT_S))


def test_a_thumb_is_kept_changed_and_taken_back(app: AppTest, settings: Settings) -> None:
    assert thumbs(app).value is None
    thumbs(app).set_value(Verdict.GOOD).run()
    assert [each.verdict for each in recorded(settings)] == [Verdict.GOOD]
    thumbs(app).set_value(Verdict.WRONG).run()
    assert [each.verdict for each in recorded(settings)] == [Verdict.WRONG]
    thumbs(app).set_value(None).run()
    assert recorded(settings) == []
    assert not app.exception


def test_a_thumb_down_asks_for_the_reason(app: AppTest, settings: Settings) -> None:
    assert "What is wrong with it?" not in [each.label for each in app.radio]
    thumbs(app).set_value(Verdict.WRONG).run()
    reason = next(each for each in app.radio if each.label == "What is wrong with it?")
    assert "It should have been answered" not in reason.options
    reason.set_value(Reason.MISSING)
    app.text_area[0].set_value("the half-open state")
    next(each for each in app.button if each.label == "Save").click().run()
    assert not app.exception
    (kept,) = recorded(settings)
    assert (kept.reason, kept.comment) == (Reason.MISSING, "the half-open state")
    assert "Marked: something is missing" in [each.label for each in app.expander]


def test_a_reason_keeps_its_capital_i(app: AppTest) -> None:
    thumbs(app).set_value(Verdict.WRONG).run()
    next(each for each in app.radio if each.label == "What is wrong with it?").set_value(Reason.NOT_ASKED)
    next(each for each in app.button if each.label == "Save").click().run()
    assert "Marked: it is not what I asked" in [each.label for each in app.expander]


def test_it_is_there_after_a_reload(app: AppTest, settings: Settings) -> None:
    thumbs(app).set_value(Verdict.WRONG).run()
    again = AppTest.from_function(chat_page, default_timeout=TIMEOUT_S)
    again.query_params["c"] = app.query_params["c"]
    again.run()
    assert not again.exception
    assert thumbs(again).value is Verdict.WRONG
    assert "What is wrong with it?" in [each.label for each in again.expander]

"""The roadmap page: the map, its filter, and a topic's page."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from assistant.journal import Journal
from assistant.planning import PlanRequest
from assistant.settings import load_settings
from tests.ui.opening import own_assistant, press

TIMEOUT_S = 60


def roadmap_page() -> None:
    from assistant.ui.roadmap import page
    from tests.ui.opening import own_assistant

    page.page(own_assistant())


@pytest.fixture(autouse=True)
def _own_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("STUDY_HOME", str(tmp_path / "home"))


def open_page(topic: str | None = None) -> AppTest:
    app = AppTest.from_function(roadmap_page, default_timeout=TIMEOUT_S)
    if topic is not None:
        app.query_params["topic"] = topic
    app.run()
    assert not app.exception
    return app


def unescaped(text: str) -> str:
    return text.replace("\\", "")


def labels(app: AppTest) -> list[str]:
    return [unescaped(expander.label).replace("\N{NO-BREAK SPACE}", " ") for expander in app.expander]


def done_topics() -> set[str]:
    journal = Journal(load_settings().journal_path)
    learner = journal.learners.find("me")
    states = journal.progress.topics(learner.id) if learner else {}
    journal.close()
    return {topic for topic, each in states.items() if each.state.value == "done"}


def test_the_map_has_every_module_under_its_level() -> None:
    app = open_page()
    assert [each.value for each in app.header] == ["Beginner", "Intermediate", "Advanced", "Expert"]
    assert len(app.expander) == 42
    assert labels(app)[0] == "**1. Introduction to Microservices** · 0 of 4 done · 5.5 h"


def test_the_filter_finds_topics_by_their_other_names_and_says_when_there_is_none() -> None:
    app = open_page()
    app.text_input[0].set_value("CrashLoopBackOff").run()
    assert [label.split(" · ")[0] for label in labels(app)] == ["**12. Kubernetes Fundamentals**"]
    app.text_input[0].set_value("cooking rice").run()
    assert labels(app) == []
    assert "Nothing on the roadmap matches. Clear the filter, or ask in the chat." in [m.value for m in app.markdown]


def test_a_topic_shows_its_notes_and_can_be_marked_as_done_and_back() -> None:
    app = open_page("circuit-breaker")
    assert unescaped(app.title[0].value) == "Circuit Breaker (Resilience4j, Istio)"
    assert [unescaped(each.value) for each in app.header] == [
        "In one sentence", "How it works", "When to use it, and when not", "Trade-offs", "Pitfalls", "In practice",
        "How it connects", "Read on", "Check yourself",
    ]  # fmt: skip
    # Their heading says what they are.
    assert "**What does an open circuit breaker do with a new call?**" in [each.value for each in app.markdown]
    (mark,) = [button for button in app.button if button.label == "Mark as done"]
    mark.click().run()
    assert done_topics() == {"circuit-breaker"}
    (undo,) = [button for button in app.button if button.label == "Not done after all"]
    undo.click().run()
    assert done_topics() == set()


def test_a_topic_that_is_due_today_is_recorded_below_its_notes() -> None:
    plans = own_assistant().plans()
    assert plans is not None
    plans.follow(plans.make(PlanRequest(plans.today, 24 * 60, review_percent=0)))
    session = plans.today_items()[0].item
    app = open_page(session.topic)
    names = [button.label for button in app.button]
    assert "I know this already" in names
    assert "Mark as done" not in names
    assert names.index("I know this already") < names.index("Done")
    assert not any("Check yourself" in each.value for each in app.markdown)
    press(app, "Done")
    assert [entry.item for entry in plans.entries()] == [session.key]


def test_what_is_done_is_counted_and_can_be_hidden() -> None:
    app = open_page("circuit-breaker")
    next(button for button in app.button if button.label == "Mark as done").click().run()
    app = open_page()
    assert "**13. Resiliency Patterns** · 1 of 3 done · " in "\n".join(labels(app))
    app.text_input[0].set_value("Resilience4j, Istio").run()
    assert len(app.expander) == 1
    app.toggle[0].set_value(True).run()
    assert labels(app) == []


def test_a_topic_that_is_not_there_is_said_so_above_the_map() -> None:
    app = open_page("no-such-topic")
    assert [unescaped(each.value) for each in app.warning] == [
        "The roadmap has no topic called 'no-such-topic'. The Roadmap page lists them all."
    ]
    assert len(app.expander) == 42

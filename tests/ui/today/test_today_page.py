"""The page that the app opens with, over the mini corpus: the first evening, a session, a missed week."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from assistant.progress import TopicState
from tests.ui.plan.opening import TIMEOUT_S, be_on, click, follow, labels, set_up, texts, the_assistant, the_plans

TUESDAY = date(2026, 12, 1)


@pytest.fixture(autouse=True)
def _world(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    set_up(monkeypatch, tmp_path)


def today_page() -> None:
    from assistant.ui.today import page
    from tests.ui.plan.opening import the_assistant

    page.page(the_assistant())


def open_today(**query: str) -> AppTest:
    app = AppTest.from_function(today_page, default_timeout=TIMEOUT_S)
    for name, value in query.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


def test_the_first_evening_asks_for_three_things_and_has_something_to_do() -> None:
    app = open_today()
    assert [each.label for each in (*app.selectbox, *app.number_input, *app.date_input)] == [
        "What for?",
        "Hours a week",
        "Finished by (if you must)",
    ]
    assert app.selectbox[0].value == ""
    click(app, "Make my plan")
    assert app.header[0].value.endswith("Fuses and breakers")
    assert "This week: nothing yet of" in next(each.proto.text for each in app.get("progress"))
    plan = the_plans().must_follow().plan
    assert (plan.minutes_per_week, plan.deadline, plan.targets) == (360, None, ())
    assert open_today().header[0].value.endswith("Fuses and breakers")


def test_a_deadline_that_cannot_be_kept_is_said_at_once() -> None:
    app = open_today()
    app.number_input[0].set_value(0.5)
    app.date_input[0].set_value(TUESDAY + timedelta(days=9))
    click(app, "Make my plan")
    assert "This needs" in texts(app, app.warning)


def test_an_item_is_logged_with_its_minutes_and_taken_back() -> None:
    follow(review_percent=0)
    app = open_today()
    minutes = next(each for each in app.number_input if each.label == "Minutes")
    assert minutes.value == 55
    minutes.set_value(70)
    click(app, "Done")
    (entry,) = the_plans().entries()
    assert (entry.item, entry.status.value, entry.minutes) == ("fuses:read:1", "done", 70)
    assert "Last recorded: Fuses and breakers, done, 1 h 10 min, on Tue 1 December." in texts(app)
    again = open_today()
    assert "Last recorded: Fuses and breakers" in texts(again)
    click(again, "Undo")
    assert the_plans().entries() == ()
    assert "Undo" not in labels(again)


def test_partly_asks_for_the_minutes_and_skipping_needs_none() -> None:
    follow(review_percent=0)
    app = open_today()
    click(app, "Partly")
    assert "Change the minutes first" in texts(app, app.error)
    assert the_plans().entries() == ()
    next(each for each in app.number_input if each.label == "Minutes").set_value(20)
    click(app, "Partly")
    click(app, "Skip")
    first, second = the_plans().entries()
    assert (first.status.value, first.minutes, second.status.value, second.minutes) == ("partly", 20, "skipped", 0)


def test_a_few_minutes_get_their_best_use() -> None:
    follow(review_percent=0)
    app = open_today(minutes="25")
    assert "Read · 25 min · the beginning of it" in texts(app)
    app.number_input(key="minutes").set_value(None)
    app.run()
    assert "Read · 55 min" in texts(app)


def test_a_missed_week_is_told_with_a_way_on(monkeypatch: pytest.MonkeyPatch) -> None:
    follow()
    be_on(monkeypatch, "2026-12-08")
    app = open_today()
    assert "were missed since Tue 1 December" in texts(app, app.warning)
    assert "due since Tue 1 December" in texts(app)


def test_what_was_begun_is_due_to_be_practised() -> None:
    follow()
    study = the_assistant().study()
    assert study is not None
    assert "Practise" not in [each.value for each in open_today().header]
    study.mark(["fuses"], TopicState.DONE)
    assert "Practise" in [each.value for each in open_today().header]


def test_a_plan_that_is_done_says_what_comes_next() -> None:
    follow(targets=("fuses",), review_percent=0, projects=False)
    while "Done" in labels(app := open_today(minutes="960")):
        click(app, "Done")
    assert "Everything in this plan is done. Make a new plan for what comes next." in texts(app)


def test_the_minutes_of_the_day_are_in_the_address_and_end_with_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    follow()
    app = open_today(minutes="25")
    assert app.number_input(key="minutes").value == 25
    app.number_input(key="minutes").set_value(40).run()
    assert app.query_params["minutes"] == "40"
    # The way back from another page leads to an address without them, and the tab has them still.
    app.query_params.clear()
    assert app.run().number_input(key="minutes").value == 40
    be_on(monkeypatch, "2026-12-02")
    assert app.run().number_input(key="minutes").value is None
    assert open_today(minutes="many").number_input(key="minutes").value is None
    assert open_today(minutes="1").number_input(key="minutes").value is None


def test_practising_begins_with_the_questions_and_reading_with_the_notes(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[tuple[str, dict[str, str]]] = []
    monkeypatch.setattr("assistant.ui.today.sessions.page_of", lambda name: name)
    monkeypatch.setattr("streamlit.switch_page", lambda page, query_params: opened.append((page, query_params)))
    follow(review_percent=0)
    app = open_today()
    click(app, "Start reading")
    click(app, "Done")
    click(app, "Start practising")
    assert opened == [
        ("roadmap", {"topic": "fuses"}),
        ("practise", {"from": "0", "topics": "fuses", "how": "ahead,more"}),
    ]


def test_what_was_marked_as_known_is_not_due_and_said_to_be_in_the_plan_still() -> None:
    follow(review_percent=0)
    the_plans().study.mark(["fuses"], TopicState.KNOWN)
    app = open_today()
    assert "You know 1 topic by now that the plan still holds." in texts(app, app.info)
    assert "Fuses" not in "".join(each.value for each in app.header)

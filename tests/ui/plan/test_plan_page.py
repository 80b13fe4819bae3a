"""The plan page as a learner uses it, over the mini corpus."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from assistant.errors import StorageError
from assistant.planning import request_of
from assistant.progress import EntryStatus
from assistant.settings import load_settings
from assistant.study_plans import StudyPlans
from ingest.pipeline import Ingest
from ingest.web import Fetcher
from tests.conftest import BagOfStems
from tests.ui.plan.opening import be_on, button, click, follow, labels, open_page, set_up, texts, the_plans

TUESDAY = date(2026, 12, 1)


@pytest.fixture(autouse=True)
def _world(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    set_up(monkeypatch, tmp_path)


def test_first_plan_needs_one_click_and_survives_a_reload() -> None:
    app = open_page()
    assert "Say how many hours a week you have" in texts(app)
    assert [each.label for each in app.number_input][:1] == ["Hours a week"]
    assert app.number_input[0].value == 6
    assert app.date_input[0].value == TUESDAY
    click(app, "Make a plan")
    assert "at 6 h a week you finish on" in texts(app, app.success)
    again = open_page()
    assert texts(again, again.success) == texts(app, app.success)
    assert the_plans().must_follow().plan.minutes_per_week == 360


def test_wishes_in_words_fill_the_form_and_are_shown_as_they_were_read() -> None:
    app = open_page()
    field = next(each for each in app.text_input if each.label == "Say what you want")
    field.set_value("4h a week until 2027-03-01, I know Queues").run()
    assert not app.exception
    assert "Time: 4 h a week" in texts(app).replace("\\", "")
    assert next(each for each in app.number_input if each.label == "Hours a week").value == 4
    click(app, "Make a plan")
    request = request_of(the_plans().must_follow().plan)
    assert (request.minutes_per_week, request.deadline) == (240, date(2027, 3, 1))
    assert request.known == {"queues"}


def test_words_that_say_nothing_leave_the_form_as_it_was() -> None:
    app = open_page()
    field = next(each for each in app.text_input if each.label == "Say what you want")
    field.set_value("200 hours a week").run()
    assert "200 h a week is more than there is." in texts(app, app.warning).replace("\\", "")
    assert app.number_input[0].value == 6


def test_wishes_under_more_reach_the_plan() -> None:
    app = open_page()
    by_label = {each.label: each for each in (*app.number_input, *app.multiselect, *app.text_area, *app.toggle)}
    by_label["Modules you know already"].set_value([1])
    by_label["Days off"].set_value("2026-12-03\n2026-12-05 to 2026-12-06")
    by_label["Minutes a session"].set_value(60)
    by_label["Share of the time for review, %"].set_value(0)
    by_label["Plan the modules' projects"].set_value(False)
    by_label["Choose the days of the week myself"].set_value(True)
    app.run()
    days = [each for each in app.number_input if each.label in {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"}]
    assert [each.value for each in days] == [60, 60, 60, 60, 0, 60, 60]
    days[0].set_value(30)
    click(app, "Make a plan")
    request = request_of(the_plans().must_follow().plan)
    assert request.known == {"fuses", "retries"}
    assert request.days_off == {date(2026, 12, 3), date(2026, 12, 5), date(2026, 12, 6)}
    assert request.weekday_minutes == (30, 60, 60, 60, 0, 60, 60)
    assert (request.minutes_per_week, request.session_minutes, request.review_percent) == (330, 60, 0)
    assert not request.projects


def test_a_field_that_cannot_be_used_is_said_and_nothing_is_planned() -> None:
    app = open_page()
    app.text_area[0].set_value("Christmas")
    app.run()
    assert texts(app, app.error) == "“Christmas” is no day. Write 2026-12-24, or 2026-12-24 to 2027-01-02."
    assert button(app, "Make a plan").disabled


def test_a_goal_is_shown_as_topics_of_which_some_can_be_taken_away() -> None:
    Ingest(load_settings(), BagOfStems(), Fetcher(), lambda _done, _total: None).build()
    app = open_page()
    next(each for each in app.text_input if each.label == "Goal").set_value("a fuse breaker and a retry loop")
    app.run()
    (topics,) = (each for each in app.multiselect if each.label == "Read as these topics")
    assert topics.value == ["fuses", "retries"]
    topics.set_value(["fuses"])
    click(app, "Make a plan")
    followed = the_plans().must_follow()
    assert followed.plan.targets == ("fuses",)
    assert followed.name == "a fuse breaker and a retry loop"
    assert "“a fuse breaker and a retry loop” was read as: Fuses and breakers" in texts(app)


def test_a_goal_that_cannot_be_read_leaves_the_rest_of_the_form_as_it_was() -> None:
    Ingest(load_settings(), BagOfStems(), Fetcher(), lambda _done, _total: None).build()
    app = open_page()
    next(each for each in app.multiselect if each.label == "Modules you know already").set_value([1])
    goal = next(each for each in app.text_input if each.label == "Goal")
    goal.set_value("xyzzy plugh").run()
    assert texts(app, app.error).startswith("No topic of the roadmap is close to that goal")
    assert button(app, "Make a plan").disabled
    next(each for each in app.text_input if each.label == "Goal").set_value("").run()
    click(app, "Make a plan")
    assert the_plans().must_follow().plan.known == ("fuses", "retries")


def test_ways_out_are_three_cards_and_one_click_makes_the_plan_fit() -> None:
    follow(hours=1, deadline=TUESDAY + timedelta(days=13))
    app = open_page()
    assert "This needs 9 h 10 min" in texts(app, app.warning)
    words = texts(app, app.markdown)
    for heading in ("Finish later", "Study more", "Drop topics"):
        assert f"**{heading}**" in words
    assert "Proven: no other choice loses fewer topics of your goal." in words
    (later,) = (label for label in labels(app) if label.startswith("Finish by"))
    click(app, later)
    plan = the_plans().must_follow().plan
    assert plan.feasible
    assert later == f"Finish by {plan.deadline:%-d %B %Y}"
    assert [each for each in labels(app) if each.startswith("Finish by")] == []


def test_a_missed_week_is_shown_as_a_diff_before_it_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    follow()
    be_on(monkeypatch, "2026-12-08")
    app = open_page()
    assert "were missed since Tue 1 December" in texts(app, app.warning)
    before = the_plans().must_follow().plan
    click(app, "See a new plan")
    assert app.query_params["do"] == "catch-up"
    assert "**The new plan.** The end moves from" in texts(app)
    columns = ["Change", "What", "From", "To", "Minutes", "Why"]
    assert list(app.dataframe[0].value.columns) == columns
    click(app, "Not now")
    assert the_plans().must_follow().plan == before
    click(app, "See a new plan")
    click(app, "Lay everything out anew instead")
    assert the_plans().must_follow().plan == before
    click(app, "Take it")
    after = the_plans().must_follow().plan
    assert min(item.date for item in after.items) >= date(2026, 12, 8)
    assert "missed" not in texts(open_page(), app.warning)


def test_a_changed_request_is_shown_before_it_is_taken() -> None:
    follow()
    app = open_page()
    click(app, "Change")
    assert [each.label for each in app.date_input] == ["Deadline"]
    next(each for each in app.number_input if each.label == "Hours a week").set_value(2.0)
    assert primary(app) == ["Show what would change"]
    click(app, "Show what would change")
    assert "**The new plan.** The end moves from" in texts(app)
    assert primary(app) == ["Take it"]
    assert the_plans().must_follow().plan.minutes_per_week == 360
    click(app, "Take it")
    assert the_plans().must_follow().plan.minutes_per_week == 120
    assert "do" not in app.query_params


def test_a_further_plan_is_followed_and_the_first_one_can_be_opened_again(monkeypatch: pytest.MonkeyPatch) -> None:
    follow("First")
    be_on(monkeypatch, "2026-12-02")
    app = open_page()
    click(app, "New plan")
    next(each for each in app.number_input if each.label == "Hours a week").set_value(3.0)
    click(app, "Make a plan")
    assert the_plans().must_follow().name == "My plan"
    (choice,) = (each for each in app.selectbox if each.label == "Plan")
    assert choice.options == ["First", "My plan"]
    be_on(monkeypatch, "2026-12-03")
    choice.set_value(1).run()
    assert the_plans().must_follow().name == "First"


def primary(app: AppTest) -> list[str]:
    """What the page suggests to press: one button at the most."""
    return [each.label for each in app.button if each.proto.type == "primary"]


def test_the_bar_counts_the_sittings_of_this_plan_only() -> None:
    follow("First")
    plans = the_plans()
    plans.log(plans.must_follow().plan.items[0].key, EntryStatus.DONE, 30)
    app = open_page()
    assert app.get("progress")[0].proto.text.startswith("1 of ")
    assert " · 30 min studied" in app.get("progress")[0].proto.text
    follow("Second")
    assert "studied" not in open_page().get("progress")[0].proto.text


def test_every_view_has_a_caption_with_figures_and_a_table() -> None:
    follow()
    for view in ("Timeline", "Week", "Month", "Burn-up", "Graph", "Table"):
        app = open_page(view=view)
        assert [each.label for each in app.expander].count("The data as a table") == (view != "Table"), view
        assert len(app.dataframe) == 1, view
        assert len(app.get("vega_lite_chart") or app.get("arrow_vega_lite_chart")) == (view != "Table"), view


def test_weeks_can_be_turned_like_pages() -> None:
    follow(hours=2)
    app = open_page(view="Week")
    assert app.selectbox(key="week").value == 0
    app.button(key="week-1").click().run()
    assert app.selectbox(key="week").value == 1
    assert "**Tue 8 December" in texts(app)


def test_the_plan_can_be_downloaded_in_four_formats() -> None:
    follow()
    app = open_page()
    assert [each.proto.label for each in app.get("download_button")] == ["Download .ics", "Markdown", "CSV", "JSON"]


def test_a_journal_that_cannot_be_read_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_plans: StudyPlans) -> None:
        raise StorageError("The journal is locked. Close the other program.")

    monkeypatch.setattr(StudyPlans, "followed", fail)
    assert texts(open_page(), open_page().error) == "The journal is locked. Close the other program."


def test_a_plan_is_renamed() -> None:
    follow("First")
    app = open_page()
    app.menu_button(key="plan_menu").click("Rename").run()
    next(each for each in app.text_input if each.label == "Name").set_value("  Winter   term ")
    click(app, "Save")
    assert the_plans().must_follow().name == "Winter term"
    assert "**Winter term**" in texts(open_page(), app.markdown)


def test_a_plan_is_deleted_only_after_a_second_click(monkeypatch: pytest.MonkeyPatch) -> None:
    follow("First")
    be_on(monkeypatch, "2026-12-02")
    follow("Second")
    app = open_page()
    app.menu_button(key="plan_menu").click("Delete").run()
    assert "“Second” will be gone for good." in texts(app)
    click(app, "Cancel")
    assert the_plans().must_follow().name == "Second"
    app.menu_button(key="plan_menu").click("Delete").run()
    click(app, "Delete")
    assert the_plans().must_follow().name == "First"

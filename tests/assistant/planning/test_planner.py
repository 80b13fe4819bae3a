"""Plans small enough to work out by hand."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.errors import InvalidInput
from assistant.planning import Activity, PlanRequest, StudyItem, make_plan, weekly_minutes
from tests.assistant.planning.builders import TUESDAY, curriculum, scheduled, topic

SMALL = curriculum(
    topic("a", 1, hours=1),
    topic("b", 1, hours=2, hard=["a"]),
    topic("c", 2, hours=1, hard=["b"], soft=["d"]),
    topic("d", 2, hours=0.5),
)


def test_a_small_plan_item_by_item() -> None:
    plan = make_plan(SMALL, PlanRequest(TUESDAY, weekly_minutes(2.5), targets=("c",)))
    read, practise = Activity.READ, Activity.PRACTISE
    a = "Needed for “Topic b”: b uses a."
    b = "Needed for “Topic c”: c uses b."
    c = "A goal of this plan."
    assert [(week.number, week.start, week.minutes) for week in plan.weeks] == [
        (1, date(2026, 12, 1), 150),
        (2, date(2026, 12, 8), 90),
    ]
    assert list(plan.items) == [
        StudyItem("a", 1, "Module 1", "Topic a", read, 35, date(2026, 12, 1), a),
        StudyItem("a", 1, "Module 1", "Topic a", practise, 25, date(2026, 12, 1), a),
        StudyItem("b", 1, "Module 1", "Topic b", read, 30, date(2026, 12, 1), b, part=1, parts=2),
        StudyItem("b", 1, "Module 1", "Topic b", read, 40, date(2026, 12, 3), b, part=2, parts=2),
        StudyItem("b", 1, "Module 1", "Topic b", practise, 20, date(2026, 12, 3), b, part=1, parts=2),
        StudyItem("b", 1, "Module 1", "Topic b", practise, 30, date(2026, 12, 8), b, part=2, parts=2),
        StudyItem("c", 2, "Module 2", "Topic c", read, 35, date(2026, 12, 8), c),
        StudyItem("c", 2, "Module 2", "Topic c", practise, 25, date(2026, 12, 8), c),
    ]
    assert plan.finish == date(2026, 12, 8)
    assert plan.verdict == "This needs 4 h; at 2.5 h a week you finish on 8 December 2026."
    assert (plan.feasible, plan.minutes_total, plan.minutes_available, plan.unscheduled) == (True, 240, None, ())


def test_no_targets_means_the_whole_roadmap_and_soft_edges_order_it() -> None:
    plan = make_plan(SMALL, PlanRequest(TUESDAY, 360))
    assert scheduled(plan) == ["a", "b", "d", "c"]
    assert next(item.why for item in plan.items if item.topic == "d") == "Helps with “Topic c”: d sheds light on c."
    assert next(item.why for item in plan.items if item.topic == "c") == "Builds on “Topic b”: c uses b."


def test_a_deadline_with_room_states_the_slack() -> None:
    plan = make_plan(SMALL, PlanRequest(TUESDAY, 360, deadline=date(2026, 12, 10), known=frozenset({"a"})))
    assert plan.verdict == (
        "This needs 3.5 h; at 6 h a week you finish on 5 December 2026, 5 days before your deadline, "
        "with 5.5 h to spare. 1 topic you already know is left out."
    )
    assert plan.minutes_available == 540


def test_an_impossible_deadline_names_three_ways_out() -> None:
    topics = [topic(f"t{index}", hours=2) for index in range(82)]
    plan = make_plan(curriculum(*topics), PlanRequest(date(2026, 11, 10), 360, deadline=date(2027, 3, 1)))
    assert plan.verdict == (
        "This needs 164 h; you have 96 h by 1 March 2027. Finish by 20 May 2027 at 6 h a week, "
        "study 10.5 h a week, or drop at least 68 h of topics. "
        "This plan holds what fits until then: 48 of 82 topics."
    )
    assert not plan.feasible
    assert plan.finish == date(2027, 5, 20)
    assert [one.topic for one in plan.unscheduled] == [f"t{index}" for index in range(48, 82)]
    assert plan.unscheduled[0].reason == "Needs 2 h, and no time is left before the deadline, 1 March 2027."


def test_what_does_not_fit_takes_its_dependents_along_and_shorter_topics_still_fit() -> None:
    plan = make_plan(SMALL, PlanRequest(TUESDAY, 150, deadline=date(2026, 12, 5)))
    assert plan.minutes_available == 150
    assert scheduled(plan) == ["a", "d"]
    assert [(one.topic, one.reason) for one in plan.unscheduled] == [
        ("b", "Needs 2 h, and only 1.5 h is left before the deadline, 5 December 2026."),
        ("c", "Needs “Topic b” first, which does not fit before the deadline, 5 December 2026."),
    ]
    assert plan.verdict == (
        "This needs 4.5 h; you have 2.5 h by 5 December 2026. Finish by 10 December 2026 at 2.5 h a week, "
        "study 4.5 h a week, or drop at least 2 h of topics. This plan holds what fits until then: 2 of 4 topics."
    )


def test_the_deadline_may_be_the_start() -> None:
    on_tuesday = make_plan(SMALL, PlanRequest(TUESDAY, 360, deadline=TUESDAY, targets=("a",)))
    assert on_tuesday.verdict == (
        "This needs 1 h; at 6 h a week you finish on 1 December 2026, the day of your deadline, with 30 min to spare."
    )
    monday = date(2026, 11, 30)
    on_monday = make_plan(SMALL, PlanRequest(monday, 360, deadline=monday, targets=("a",)))
    assert on_monday.verdict == (
        "This needs 1 h; you have 0 h by 30 November 2026. Finish by 1 December 2026 at 6 h a week, "
        "study 7 h a week, or drop at least 1 h of topics. This plan holds what fits until then: none of 1 topic."
    )
    assert on_monday.weeks == ()


def test_when_no_pace_is_enough_the_verdict_does_not_offer_one() -> None:
    plan = make_plan(curriculum(topic("a", hours=20)), PlanRequest(TUESDAY, 360, deadline=TUESDAY))
    assert plan.verdict == (
        "This needs 20 h; you have 1.5 h by 1 December 2026. Finish by 24 December 2026 at 6 h a week, or drop at "
        "least 18.5 h of topics; not even 112 h a week would be enough. "
        "This plan holds what fits until then: none of 1 topic."
    )
    assert plan.ways_out is not None
    assert plan.ways_out.minutes_per_week is None


def test_everything_known() -> None:
    plan = make_plan(SMALL, PlanRequest(TUESDAY, 360, deadline=TUESDAY, known=frozenset("abcd")))
    assert plan.verdict == "Nothing left to study: you already know everything this goal needs."
    assert (plan.feasible, plan.weeks, plan.unscheduled, plan.finish) == (True, (), (), TUESDAY)
    assert (plan.minutes_total, plan.minutes_available) == (0, 90)


def test_a_known_topic_is_not_looked_behind() -> None:
    plan = make_plan(SMALL, PlanRequest(TUESDAY, 360, targets=("c",), known=frozenset({"b"})))
    assert scheduled(plan) == ["c"]
    assert plan.verdict.endswith("1 topic you already know is left out.")


def test_targets_and_known_are_listed_in_the_roadmaps_order() -> None:
    plan = make_plan(SMALL, PlanRequest(TUESDAY, 360, targets=("d", "c", "d"), known=frozenset({"b", "a"})))
    assert plan.targets == ("c", "d")
    assert plan.known == ("a", "b")


def test_a_target_that_others_need_says_both() -> None:
    plan = make_plan(SMALL, PlanRequest(TUESDAY, 360, targets=("a", "b")))
    assert plan.items[0].why == "A goal of this plan, and needed for “Topic b”: b uses a."


def test_a_topic_on_its_own_names_its_module() -> None:
    plan = make_plan(curriculum(topic("x", 7)), PlanRequest(TUESDAY, 360))
    assert plan.items[0].why == "Part of module 7, Module 7."


def test_an_unknown_id_is_refused() -> None:
    with pytest.raises(InvalidInput, match="no topic called 'nope', 'zero'"):
        make_plan(SMALL, PlanRequest(TUESDAY, 360, targets=("nope",), known=frozenset({"zero", "a"})))


def test_a_plan_past_the_last_year_is_refused() -> None:
    with pytest.raises(InvalidInput, match="past the year 9999"):
        make_plan(SMALL, PlanRequest(date(9999, 12, 30), 60))


def test_the_calendars_last_days_can_be_used() -> None:
    last = make_plan(SMALL, PlanRequest(date(9999, 12, 30), 6720))
    assert last.finish == date(9999, 12, 30)

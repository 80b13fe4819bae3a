"""Plans small enough to work out by hand."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.errors import InvalidInput
from assistant.planning import Activity, Milestone, PlanRequest, StudyItem, Unscheduled, make_plan, weekly_minutes
from tests.assistant.planning.builders import TUESDAY, curriculum, plain, resource, scheduled, topic

SMALL = curriculum(
    topic("a", 1, hours=1),
    topic("b", 2, hours=2, hard=["a"]),
    topic("c", 3, hours=1, hard=["b"], soft=["d"]),
    topic("d", 4, hours=0.5),
)


def test_a_small_plan_item_by_item() -> None:
    plan = make_plan(SMALL, plain(TUESDAY, weekly_minutes(2.5), targets=("c",)))
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
        StudyItem("b", 2, "Module 2", "Topic b", read, 30, date(2026, 12, 1), b, part=1, parts=2),
        StudyItem("b", 2, "Module 2", "Topic b", read, 40, date(2026, 12, 3), b, part=2, parts=2),
        StudyItem("b", 2, "Module 2", "Topic b", practise, 20, date(2026, 12, 3), b, part=1, parts=2),
        StudyItem("b", 2, "Module 2", "Topic b", practise, 30, date(2026, 12, 8), b, part=2, parts=2),
        StudyItem("c", 3, "Module 3", "Topic c", read, 35, date(2026, 12, 8), c),
        StudyItem("c", 3, "Module 3", "Topic c", practise, 25, date(2026, 12, 8), c),
    ]
    assert plan.finish == date(2026, 12, 8)
    assert plan.verdict == (
        "This needs 4 h; at 2.5 h a week you finish on 8 December 2026. Estimates err: half of such plans are done by "
        "8 December 2026, four in five by 10 December 2026."
    )
    assert (plan.feasible, plan.minutes_total, plan.minutes_available, plan.unscheduled) == (True, 240, None, ())


def test_no_targets_means_the_whole_roadmap_and_soft_edges_order_it() -> None:
    plan = make_plan(SMALL, plain(TUESDAY, 360))
    assert scheduled(plan) == ["a", "b", "d", "c"]
    assert next(item.why for item in plan.items if item.topic == "d") == "Helps with “Topic c”: d sheds light on c."
    assert next(item.why for item in plan.items if item.topic == "c") == "Builds on “Topic b”: c uses b."


def test_a_deadline_with_room_states_the_slack() -> None:
    plan = make_plan(SMALL, plain(TUESDAY, 360, deadline=date(2026, 12, 10), known=frozenset({"a"})))
    assert plan.verdict == (
        "This needs 3.5 h; at 6 h a week you finish on 5 December 2026, 5 days before your deadline, "
        "with 5.5 h to spare. 1 topic you already know is left out."
    )
    assert plan.minutes_available == 540


def test_an_impossible_deadline_names_three_ways_out() -> None:
    topics = [topic(f"t{index}", index + 1, hours=2) for index in range(82)]
    plan = make_plan(curriculum(*topics), plain(date(2026, 11, 10), 360, deadline=date(2027, 3, 1)))
    assert plan.verdict == (
        "This needs 164 h; you have 96 h by 1 March 2027. Finish by 20 May 2027 at 6 h a week, "
        "study 10.5 h a week, or drop 34 topics (68 h; no choice loses fewer). "
        "This plan holds what fits until then: 48 of 82 topics."
    )
    assert not plan.feasible
    assert plan.finish == date(2027, 5, 20)
    assert [one.topic for one in plan.unscheduled] == [f"t{index}" for index in range(48, 82)]
    assert plan.unscheduled[0].reason == "Takes 2 h, which do not fit before the deadline, 1 March 2027."


def test_what_does_not_fit_takes_its_dependents_along_and_shorter_topics_still_fit() -> None:
    plan = make_plan(SMALL, plain(TUESDAY, 150, deadline=date(2026, 12, 5)))
    assert plan.minutes_available == 150
    assert scheduled(plan) == ["a", "d"]
    assert [(one.topic, one.reason) for one in plan.unscheduled] == [
        ("b", "Takes 2 h, which do not fit before the deadline, 5 December 2026."),
        ("c", "Needs “Topic b” first, which does not fit before the deadline, 5 December 2026."),
    ]
    assert plan.verdict == (
        "This needs 4.5 h; you have 2.5 h by 5 December 2026. Finish by 10 December 2026 at 2.5 h a week, "
        "study 4.5 h a week, or drop 2 topics (3 h; no choice loses fewer). "
        "This plan holds what fits until then: 2 of 4 topics."
    )


def test_the_deadline_may_be_the_start() -> None:
    on_tuesday = make_plan(SMALL, plain(TUESDAY, 360, deadline=TUESDAY, targets=("a",)))
    assert on_tuesday.verdict == (
        "This needs 1 h; at 6 h a week you finish on 1 December 2026, the day of your deadline, with 30 min to spare."
    )
    monday = date(2026, 11, 30)
    on_monday = make_plan(SMALL, plain(monday, 360, deadline=monday, targets=("a",)))
    assert on_monday.verdict == (
        "This needs 1 h; you have 0 h by 30 November 2026. Finish by 1 December 2026 at 6 h a week, or "
        "study 7 h a week. Dropping topics is no way out: none fits. This plan holds what fits until then: "
        "none of 1 topic."
    )
    assert on_monday.weeks == ()


def test_when_no_pace_is_enough_the_verdict_does_not_offer_one() -> None:
    plan = make_plan(curriculum(topic("a", hours=20)), plain(TUESDAY, 360, deadline=TUESDAY))
    assert plan.verdict == (
        "This needs 20 h; you have 1.5 h by 1 December 2026. Finish by 24 December 2026 at 6 h a week; "
        "not even 112 h a week would be enough. Dropping topics is no way out: none fits. "
        "This plan holds what fits until then: none of 1 topic."
    )
    assert plan.ways_out is not None
    assert plan.ways_out.minutes_per_week is None


def test_everything_known() -> None:
    plan = make_plan(SMALL, plain(TUESDAY, 360, deadline=TUESDAY, known=frozenset("abcd")))
    assert plan.verdict == "Nothing left to study: you already know everything this goal needs."
    assert (plan.feasible, plan.weeks, plan.unscheduled, plan.finish) == (True, (), (), TUESDAY)
    assert (plan.minutes_total, plan.minutes_available) == (0, 90)


def test_a_known_topic_is_not_looked_behind() -> None:
    plan = make_plan(SMALL, plain(TUESDAY, 360, targets=("c",), known=frozenset({"b"})))
    assert scheduled(plan) == ["c"]
    assert plan.verdict.endswith("1 topic you already know is left out.")


def test_targets_and_known_are_listed_in_the_roadmaps_order() -> None:
    plan = make_plan(SMALL, plain(TUESDAY, 360, targets=("d", "c", "d"), known=frozenset({"b", "a"})))
    assert plan.targets == ("c", "d")
    assert plan.known == ("a", "b")


def test_a_target_that_others_need_says_both() -> None:
    plan = make_plan(SMALL, plain(TUESDAY, 360, targets=("a", "b")))
    assert plan.items[0].why == "A goal of this plan, and needed for “Topic b”: b uses a."


def test_a_topic_on_its_own_names_its_module() -> None:
    plan = make_plan(curriculum(topic("x", 7)), plain(TUESDAY, 360))
    assert plan.items[0].why == "Part of module 7, Module 7."


def test_an_unknown_id_is_refused() -> None:
    with pytest.raises(InvalidInput, match="no topic called 'nope', 'zero'"):
        make_plan(SMALL, plain(TUESDAY, 360, targets=("nope",), known=frozenset({"zero", "a"})))


def test_a_plan_past_the_last_year_is_refused() -> None:
    with pytest.raises(InvalidInput, match="past the year 9999"):
        make_plan(SMALL, plain(date(9999, 12, 30), 60))


def test_the_calendars_last_days_can_be_used() -> None:
    last = make_plan(SMALL, plain(date(9999, 12, 30), 6720))
    assert last.finish == date(9999, 12, 30)


def test_a_plan_with_everything_in_it() -> None:
    graph = curriculum(topic("a", 1, hours=1.5), topic("b", 1, hours=1.5, hard=["a"]), topic("c", 2, hours=1))
    page = resource("page-a", ["a"], 20)
    request = PlanRequest(TUESDAY, weekly_minutes(6), deadline=date(2026, 12, 20))
    plan = make_plan(graph, request, [page])
    a, b = "Needed for “Topic b”: b uses a. 14 days of slack.", "Builds on “Topic a”: b uses a. 14 days of slack."
    c = "Part of module 2, Module 2. 14 days of slack."
    project = "Puts module 2 to work as a whole. 12 days of slack."
    assert [(one.key, one.minutes, one.date.day, one.why) for one in plan.items] == [
        ("a:read:1", 55, 1, a),
        ("a:practise:1", 35, 1, a),
        ("b:read:1", 55, 3, b),
        ("b:practise:1", 35, 3, b),
        ("a:review:1", 15, 5, "Due for review, 3 days overdue: last studied on 1 December 2026."),
        ("b:quiz:1", 10, 5, "Shows what you have kept of module 1 before you go on. 12 days of slack."),
        ("b:project:1", 60, 5, "Puts module 1 to work as a whole. 14 days of slack."),
        ("b:review:1", 15, 6, "Due for review, 2 days overdue: last studied on 3 December 2026."),
        ("c:read:1", 35, 6, c),
        ("c:practise:1", 25, 6, c),
        ("c:project:1", 15, 6, project),
        ("c:review:1", 15, 8, "Due for review, 1 day overdue: last studied on 6 December 2026."),
        ("c:project:2", 45, 8, project),
    ]
    assert plan.items[0].resources == ("page-a",)
    assert {one.resources for one in plan.items[1:]} == {()}
    assert plan.milestones == (
        Milestone(date(2026, 12, 5), 1, "Module 1, Module 1: done with its project"),
        Milestone(date(2026, 12, 8), 2, "Module 2, Module 2: done with its project"),
    )
    assert [(week.minutes, week.minutes_available, week.slack_minutes) for week in plan.weeks] == [
        (355, 360, 5),
        (60, 360, 300),
    ]
    assert (plan.minutes_total, plan.minutes_available, plan.minutes_review) == (370, 930, 45)
    assert plan.verdict == (
        "This needs 6 h 10 min and 45 min of review; at 6 h a week you finish on 8 December 2026, 12 days before your "
        "deadline, with 9 h 20 min to spare. Estimates err: half of such plans are done by 8 December 2026, "
        "four in five by 10 December 2026."
    )


def test_a_finish_that_may_miss_the_deadline_says_so_and_no_slack_is_named() -> None:
    plan = make_plan(SMALL, plain(TUESDAY, 360, deadline=date(2026, 12, 6)))
    assert plan.verdict == (
        "This needs 4.5 h; at 6 h a week you finish on 5 December 2026, 1 day before your deadline, with 1.5 h to "
        "spare. Estimates err: half of such plans are done by 5 December 2026, four in five by 6 December 2026."
    )
    tight = make_plan(SMALL, plain(TUESDAY, 360, deadline=date(2026, 12, 5)))
    assert tight.verdict.endswith("four in five by 6 December 2026, after your deadline.")
    assert {one.why.rsplit(". ", 1)[-1] for one in tight.items} == {"No slack."}


def test_review_is_kept_besides_the_time_that_the_verdict_counts() -> None:
    topics = [topic(f"t{index}", index + 1, hours=2) for index in range(82)]
    request = PlanRequest(date(2026, 11, 10), 360, deadline=date(2027, 3, 1), projects=False)
    verdict = make_plan(curriculum(*topics), request).verdict
    assert verdict.startswith(
        "This needs 164 h; you have 80.5 h by 1 March 2027, besides 15.5 h kept for review. Finish by "
    )


def test_a_milestone_of_a_module_that_is_not_studied_whole() -> None:
    plan = make_plan(curriculum(topic("a", 1), topic("b", 1)), plain(TUESDAY, 360, targets=("a",)))
    assert [one.title for one in plan.milestones] == ["Module 1, Module 1: done as far as this plan needs it"]


def test_excluded_topics_are_listed_and_counted() -> None:
    plan = make_plan(SMALL, plain(TUESDAY, 360, targets=("c", "d"), excluded=frozenset("b")))
    assert scheduled(plan) == ["d"]
    assert plan.feasible
    assert [(one.topic, one.reason) for one in plan.unscheduled] == [
        ("b", "You left it out."),
        ("c", "Needs “Topic b”, which you left out."),
        ("a", "Only needed for “Topic b”, which is left out."),
    ]
    assert plan.verdict == (
        "This needs 30 min; at 6 h a week you finish on 1 December 2026. "
        "3 topics are left out because of what you excluded."
    )


def test_when_what_is_pinned_does_not_fit_the_verdict_says_so_and_shows_what_does() -> None:
    request = plain(TUESDAY, 60, deadline=date(2026, 12, 8), pinned=frozenset("c"), targets=("d",))
    plan = make_plan(SMALL, request)
    assert plan.verdict == (
        "This needs 4.5 h; you have 2 h by 8 December 2026. Finish by 29 December 2026 at 1 h a week, or study 3 h a "
        "week. Dropping topics is no way out: what you pinned does not fit with what it needs. "
        "This plan holds what fits until then: 1 of 4 topics."
    )
    assert scheduled(plan) == ["a"]
    assert [(one.topic, one.reason) for one in plan.unscheduled] == [
        ("b", "Only needed for “Topic c”, which does not fit before the deadline, 8 December 2026."),
        ("d", "Takes 30 min, which do not fit before the deadline, 8 December 2026."),
        ("c", "Needs “Topic b” first, which does not fit before the deadline, 8 December 2026."),
    ]


def test_a_project_that_does_not_fit_is_listed() -> None:
    graph = curriculum(topic("a", 1), topic("b", 2), project_hours=3)
    plan = make_plan(graph, plain(TUESDAY, 360, deadline=date(2026, 12, 6), projects=True))
    assert plan.ways_out is not None
    assert (plan.ways_out.drop, plan.ways_out.drop_projects) == ((), ("module-1",))
    assert plan.unscheduled == (
        Unscheduled(
            "a",
            "Project of module 1, Module 1",
            "Takes 3 h, which do not fit before the deadline, 6 December 2026.",
            Activity.PROJECT,
        ),
    )
    assert plan.verdict == (
        "This needs 8 h; you have 6 h by 6 December 2026. Finish by 10 December 2026 at 6 h a week, study 9.5 h a "
        "week, or drop 1 project (3 h). This plan holds what fits until then: 2 of 2 topics."
    )


def test_a_project_of_a_module_that_loses_a_topic_goes_with_it() -> None:
    graph = curriculum(topic("a", 1), topic("b", 1, hours=2), project_hours=1)
    plan = make_plan(graph, plain(TUESDAY, 90, deadline=TUESDAY, projects=True))
    assert plan.ways_out is not None
    assert (plan.ways_out.drop, plan.ways_out.drop_projects, plan.ways_out.drop_minutes) == (("b",), (), 190)
    assert [(one.topic, one.reason) for one in plan.unscheduled] == [
        ("b", "Takes 2 h, which do not fit before the deadline, 1 December 2026."),
        ("b", "Its module is not studied whole before the deadline."),
    ]

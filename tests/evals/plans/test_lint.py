"""Every promise of a plan is checked: a sound plan breaks none, and each rule finds the plan that was made to break it."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given

from assistant.curriculum import Curriculum
from assistant.planning import Activity, PlanRequest, StudyItem, StudyPlan, make_plan
from evals.plans.lint import Lived, Rule, likely_minutes, violations
from tests.assistant.planning.builders import PROPERTY, cases, curriculum, resource, topic

TUESDAY = date(2026, 12, 1)
GRAPH = curriculum(
    topic("base", 1, 1.5),
    topic("next", 1, 2.0, hard=["base"]),
    topic("other", 2, 1.0, soft=["base"]),
    topic("last", 2, 1.5, hard=["next"]),
)
CATALOGUE = [resource("page", ["base"])]
REQUEST = PlanRequest(TUESDAY, 360, deadline=date(2026, 12, 31))
PLAN = make_plan(GRAPH, REQUEST, CATALOGUE)
Edit = Callable[[StudyItem], StudyItem]


def rules(plan: StudyPlan, request: PlanRequest = REQUEST, lived: Lived | None = None) -> set[Rule]:
    return {one.rule for one in violations(plan, request, GRAPH, CATALOGUE, lived)}


def edited(edit: Callable[[StudyItem], StudyItem | None], plan: StudyPlan = PLAN) -> StudyPlan:
    """The plan with every item passed through ``edit``, which may drop it."""
    weeks = (
        dataclasses.replace(week, items=tuple(new for item in week.items if (new := edit(item)) is not None))
        for week in plan.weeks
    )
    return dataclasses.replace(plan, weeks=tuple(weeks))


def only(topic_id: str, activity: Activity, **changes: object) -> Edit:
    def edit(item: StudyItem) -> StudyItem:
        hit = (item.topic, item.activity) == (topic_id, activity)
        return dataclasses.replace(item, **changes) if hit else item  # type: ignore[arg-type]

    return edit


def without(topic_id: str) -> StudyPlan:
    return edited(lambda item: None if item.topic == topic_id and item.activity is not Activity.PROJECT else item)


@PROPERTY
@given(cases())
def test_plans_over_random_roadmaps_break_no_promise(case: tuple[Curriculum, PlanRequest]) -> None:
    graph, request = case
    catalogue = [resource(f"r-{one}", [one]) for one in graph.topics]
    found = violations(make_plan(graph, request, catalogue), request, graph, catalogue)
    assert [str(one) for one in found] == []


def test_a_sound_plan_breaks_no_promise() -> None:
    assert rules(PLAN) == set()
    assert PLAN.feasible
    assert {item.activity for item in PLAN.items} == set(Activity)


@pytest.mark.parametrize(
    ("plan", "broken"),
    [
        (without("base"), {Rule.MISSING, Rule.BASE, Rule.MINUTES}),
        (edited(only("base", Activity.READ, minutes=150)), {Rule.DAY, Rule.MINUTES}),
        (edited(only("base", Activity.READ, topic="quantum")), {Rule.TOPIC, Rule.MINUTES, Rule.UNWANTED}),
        (edited(only("base", Activity.READ, module=2)), {Rule.TOPIC}),
        (edited(only("base", Activity.READ, resources=("nowhere",))), {Rule.RESOURCE}),
        (edited(only("next", Activity.READ, resources=("page",))), {Rule.RESOURCE}),
        (edited(only("base", Activity.READ, date=TUESDAY - timedelta(days=1))), {Rule.EARLY, Rule.CALENDAR}),
        (edited(only("last", Activity.PRACTISE, part=1)), set()),
        (edited(only("last", Activity.PRACTISE, part=7)), {Rule.MINUTES}),
        (edited(only("base", Activity.REVIEW, date=TUESDAY)), {Rule.REVIEW, Rule.CALENDAR, Rule.DAY}),
        (dataclasses.replace(PLAN, verdict=" "), {Rule.VERDICT}),
        (dataclasses.replace(PLAN, feasible=False), {Rule.VERDICT}),
        (dataclasses.replace(PLAN, finish=TUESDAY), {Rule.VERDICT}),
        (dataclasses.replace(PLAN, finish_p50=date(2028, 1, 1)), {Rule.VERDICT}),
        (dataclasses.replace(PLAN, minutes_total=PLAN.minutes_total + 5), {Rule.MINUTES}),
        (dataclasses.replace(PLAN, minutes_review=0.3), {Rule.JSON}),  # type: ignore[arg-type]
        (dataclasses.replace(PLAN, review_percent=-1), {Rule.SCHEMA}),
        (dataclasses.replace(PLAN, known=("base", "base")), {Rule.SCHEMA}),
    ],
)
def test_each_broken_plan_is_found_out(plan: StudyPlan, broken: set[Rule]) -> None:
    assert broken <= rules(plan) if broken else rules(plan) == set()


def test_a_prerequisite_after_its_dependent_is_found_hard_and_soft_alike() -> None:
    items = list(PLAN.items)
    study = [item for item in items if item.topic == "base" and item.activity is not Activity.REVIEW]
    late = [dataclasses.replace(item, date=items[-1].date) for item in study]
    weeks = (*PLAN.weeks[:-1], dataclasses.replace(PLAN.weeks[-1], items=(*PLAN.weeks[-1].items, *late)))
    gone = edited(lambda item: None if item in study else item, PLAN)
    moved = dataclasses.replace(PLAN, weeks=(*gone.weeks[:-1], weeks[-1]))
    found = [str(one) for one in violations(moved, REQUEST, GRAPH, CATALOGUE)]
    assert "prerequisite after its dependent: base after next" in found
    assert "prerequisite after its dependent: base after other" in found
    assert "prerequisite after its dependent: base after the project of module 1" in found


def test_another_request_breaks_what_it_does_not_allow() -> None:
    def against(**changes: object) -> set[Rule]:
        return rules(PLAN, dataclasses.replace(REQUEST, **changes))  # type: ignore[arg-type]

    last = PLAN.items[-1].date
    assert Rule.LATE in against(deadline=last - timedelta(days=1))
    assert Rule.DAY in against(days_off=frozenset({last}))
    assert Rule.DAY in against(exceptions=((TUESDAY, 20),))
    assert Rule.DAY in against(session_minutes=60)
    assert Rule.DAY in against(weekday_minutes=(360, 0, 0, 0, 0, 0, 0))
    assert Rule.WEEK in against(minutes_per_week=300)
    assert Rule.UNWANTED in against(known=frozenset({"other"}))
    assert Rule.UNWANTED in against(excluded=frozenset({"other"}))
    assert Rule.UNWANTED in against(targets=("base",))
    assert Rule.MINUTES in against(pace_percent=150)
    assert Rule.REVIEW in against(review_percent=0)
    assert against(review_percent=17) == set()


def test_names_are_given_once_and_items_stand_in_their_week() -> None:
    twice = dataclasses.replace(PLAN.weeks[0], items=(PLAN.weeks[0].items[0], *PLAN.weeks[0].items))
    assert Rule.KEY in rules(dataclasses.replace(PLAN, weeks=(twice, *PLAN.weeks[1:])))
    assert Rule.CALENDAR in rules(dataclasses.replace(PLAN, weeks=PLAN.weeks[::-1]))


def test_a_pin_is_kept_and_what_is_left_out_says_why() -> None:
    request = dataclasses.replace(REQUEST, targets=("base",), pinned=frozenset({"other"}))
    plan = make_plan(GRAPH, request, CATALOGUE)
    assert rules(plan, request) == set()
    assert rules(without("other"), dataclasses.replace(REQUEST, pinned=frozenset({"other"}))) >= {Rule.PIN}
    excluding = dataclasses.replace(REQUEST, excluded=frozenset({"next"}))
    shorter = make_plan(GRAPH, excluding, CATALOGUE)
    assert rules(shorter, excluding) == set()
    silent = tuple(dataclasses.replace(one, reason=" ") for one in shorter.unscheduled)
    assert Rule.MISSING in rules(dataclasses.replace(shorter, unscheduled=silent), excluding)


def test_what_was_lived_keeps_to_no_cap_but_what_is_open_lies_ahead() -> None:
    today = PLAN.items[-1].date
    assert Rule.PAST in rules(PLAN, lived=Lived(today))
    done = frozenset(item.key for item in PLAN.items)
    assert rules(edited(lambda item: dataclasses.replace(item, date=today)), lived=Lived(today, done)) <= {
        Rule.CALENDAR
    }


@pytest.mark.parametrize(("hours", "pace", "minutes"), [(1.5, 100, 90), (0.01, 100, 10), (1.25, 137, 105), (2, 25, 30)])
def test_times_are_rounded_to_five_minutes(hours: float, pace: int, minutes: int) -> None:
    assert likely_minutes(hours, pace) == minutes

"""From a plan back to a request, and taking a way out."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest

from assistant.errors import InvalidInput
from assistant.planning import PlanRequest, WayOut, choose, make_plan, request_of
from tests.assistant.planning.builders import TUESDAY, curriculum, plain, scheduled, topic

GRAPH = curriculum(topic("a", 1), topic("b", 2, hours=2, hard=["a"]), topic("c", 3), topic("d", 4))
TIGHT = plain(TUESDAY, 150, deadline=date(2026, 12, 5), excluded=frozenset("d"))


def test_a_plan_gives_its_request_back() -> None:
    request = PlanRequest(
        TUESDAY,
        150,
        (90, 0, 60, 0, 0, 0, 0),
        deadline=date(2027, 1, 1),
        goal="learn",
        targets=("b",),
        known=frozenset("c"),
        excluded=frozenset("d"),
        pinned=frozenset("a"),
        days_off=frozenset({date(2026, 12, 24)}),
        exceptions=((date(2026, 12, 26), 200),),
        session_minutes=45,
        review_percent=20,
        pace_percent=130,
        projects=False,
        excluded_projects=frozenset({"module-1"}),
        done_minutes=(("a", 20),),
    )
    defaults = PlanRequest(date(2000, 1, 1), 1)
    for field in dataclasses.fields(PlanRequest):
        assert getattr(request, field.name) != getattr(defaults, field.name)
    assert request_of(make_plan(GRAPH, request)) == request


def test_each_way_out_changes_one_thing() -> None:
    plan = make_plan(GRAPH, TIGHT)
    later = choose(TIGHT, plan, WayOut.FINISH_LATER)
    assert later == dataclasses.replace(TIGHT, deadline=date(2026, 12, 8))
    assert choose(TIGHT, plan, WayOut.STUDY_MORE) == dataclasses.replace(TIGHT, minutes_per_week=240)
    dropped = choose(TIGHT, plan, WayOut.DROP)
    assert dropped == dataclasses.replace(TIGHT, excluded=frozenset("bd"))
    assert scheduled(make_plan(GRAPH, dropped)) == ["a", "c"]


def test_a_learners_own_days_are_stretched() -> None:
    own = dataclasses.replace(TIGHT, weekday_minutes=(0, 100, 0, 50, 0, 0, 0))
    more = choose(own, make_plan(GRAPH, own), WayOut.STUDY_MORE)
    assert (more.minutes_per_week, more.weekday_minutes) == (240, (0, 160, 0, 80, 0, 0, 0))


def test_a_project_is_dropped_alone() -> None:
    graph = curriculum(topic("a", 1), project_hours=3)
    request = plain(TUESDAY, 90, deadline=TUESDAY, projects=True)
    dropped = choose(request, make_plan(graph, request), WayOut.DROP)
    assert dropped == dataclasses.replace(request, excluded_projects=frozenset({"module-1"}))
    assert make_plan(graph, dropped).feasible


def test_ways_that_do_not_exist_are_refused() -> None:
    feasible = plain(TUESDAY, 600)
    with pytest.raises(InvalidInput, match="nothing to change"):
        choose(feasible, make_plan(GRAPH, feasible), WayOut.DROP)
    hopeless = plain(TUESDAY, 10, deadline=TUESDAY, session_minutes=15)
    huge = make_plan(curriculum(topic("a", hours=20)), hopeless)
    with pytest.raises(InvalidInput, match="No number of hours a week"):
        choose(hopeless, huge, WayOut.STUDY_MORE)
    with pytest.raises(InvalidInput, match="Dropping topics is not enough"):
        choose(hopeless, huge, WayOut.DROP)

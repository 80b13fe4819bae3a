"""What changes of a request never do to a plan, over random graphs, calendars and learners."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from assistant.curriculum import Curriculum
from assistant.planning import PlanRequest, WayOut, choose, make_plan
from assistant.planning.weekdays import week_of
from tests.assistant.planning.builders import PROPERTY, WEEKLY_MINUTES, cases, planned, resource

Case = tuple[Curriculum, PlanRequest]


@PROPERTY
@given(cases(with_deadline=True))
def test_each_way_out_is_enough_and_a_smaller_one_is_not(case: Case) -> None:
    graph, request = case
    plan = make_plan(graph, request)
    if plan.ways_out is None:
        return
    ways_out = plan.ways_out

    def fits(**changes: object) -> bool:
        return make_plan(graph, dataclasses.replace(request, **changes)).feasible  # type: ignore[arg-type]

    assert make_plan(graph, choose(request, plan, WayOut.FINISH_LATER)).feasible
    assert not fits(deadline=ways_out.finish - timedelta(days=1))
    if ways_out.minutes_per_week is None:
        days = len([cap for cap in request.weekday_minutes if cap])
        most = {
            "weekday_minutes": tuple(960 * bool(cap) for cap in request.weekday_minutes),
            "minutes_per_week": 960 * days,
        }
        assert not fits(**(most if days else {"minutes_per_week": 6720}))
    else:
        assert ways_out.minutes_per_week % 30 == 0
        more = choose(request, plan, WayOut.STUDY_MORE)
        assert more.minutes_per_week == ways_out.minutes_per_week
        assert make_plan(graph, more).feasible
        if ways_out.minutes_per_week - 30 > request.minutes_per_week:
            less = ways_out.minutes_per_week - 30
            weekdays = week_of(request, less) if request.weekday_minutes else ()
            assert not fits(minutes_per_week=less, weekday_minutes=weekdays)
    if ways_out.can_drop:
        chosen = make_plan(graph, choose(request, plan, WayOut.DROP))
        assert chosen.feasible
        assert [(one.key, one.date, one.minutes) for one in chosen.items] == [
            (one.key, one.date, one.minutes) for one in plan.items
        ]


@PROPERTY
@given(cases(), st.data())
def test_more_hours_never_finish_later(case: Case, data: st.DataObject) -> None:
    graph, request = case
    if request.weekday_minutes:
        more = tuple(data.draw(st.integers(cap, 960)) for cap in request.weekday_minutes)
        slow, fast = request, dataclasses.replace(request, weekday_minutes=more, minutes_per_week=sum(more))
    else:
        low, high = sorted([request.minutes_per_week, data.draw(WEEKLY_MINUTES)])
        slow, fast = (dataclasses.replace(request, minutes_per_week=weekly) for weekly in (low, high))
    slower, faster = make_plan(graph, slow), make_plan(graph, fast)
    assert faster.finish <= slower.finish
    assert faster.finish_p50 <= slower.finish_p50
    assert faster.finish_p80 <= slower.finish_p80
    assert faster.feasible >= slower.feasible
    assert (faster.minutes_available or 0) >= (slower.minutes_available or 0)


@PROPERTY
@given(cases(), st.data())
def test_knowing_more_never_lengthens_the_plan(case: Case, data: st.DataObject) -> None:
    graph, request = case
    more = data.draw(st.frozensets(st.sampled_from(list(graph.topics))))
    # Knowing what was left out, or what needs it, brings back what was left out only for its sake.
    request = dataclasses.replace(request, excluded=frozenset())
    plan = make_plan(graph, request)
    shorter = make_plan(graph, dataclasses.replace(request, known=request.known | more))
    assert shorter.minutes_total <= plan.minutes_total
    assert shorter.finish <= plan.finish
    assert shorter.finish_p80 <= plan.finish_p80
    assert shorter.feasible >= plan.feasible
    assert not planned(shorter) & (request.known | more)


@PROPERTY
@given(cases(), st.data())
def test_knowing_more_never_lengthens_it_either_with_the_same_topics_left_out(case: Case, data: st.DataObject) -> None:
    graph, request = case
    more = data.draw(st.frozensets(st.sampled_from(list(graph.topics)), max_size=2))
    plan = make_plan(graph, request)
    shorter = make_plan(graph, dataclasses.replace(request, known=request.known | more))
    gone, still_gone = ({one.topic for one in made.unscheduled if one.activity is None} for made in (plan, shorter))
    if plan.feasible and gone == still_gone:
        assert shorter.minutes_total <= plan.minutes_total
        assert shorter.finish <= plan.finish


@PROPERTY
@given(cases(), st.randoms(use_true_random=False))
def test_the_order_of_inputs_is_irrelevant_and_the_plan_deterministic(case: Case, random) -> None:  # type: ignore[no-untyped-def]
    graph, request = case

    def shuffled(values: Iterable[Any]) -> tuple[Any, ...]:
        listed = list(values)
        random.shuffle(listed)
        return tuple(listed)

    again = dataclasses.replace(
        request,
        targets=shuffled([*request.targets, *request.targets[:1]]),
        known=frozenset(sorted(request.known, reverse=True)),
        exceptions=shuffled(request.exceptions),
        done_minutes=shuffled(request.done_minutes),
    )
    catalogue = [resource(f"r{place}-{one}", [one]) for one in graph.topics for place in range(4)]
    plan = make_plan(graph, request, catalogue)
    assert make_plan(graph, again, shuffled(catalogue)) == plan
    assert make_plan(Curriculum(graph.modules), request, catalogue) == plan

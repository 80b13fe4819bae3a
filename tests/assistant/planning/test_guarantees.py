"""What every plan keeps to, over random graphs, calendars and learners."""

from __future__ import annotations

import dataclasses
import json
from collections import Counter, defaultdict
from datetime import date, timedelta

import pytest
from assistant.planning.selection import topic_minutes
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from assistant.curriculum import Curriculum
from assistant.planning import PlanRequest, make_plan, plan_from_json, plan_to_json, plan_to_markdown
from assistant.planning.availability import minutes_by_weekday
from tests.assistant.planning.builders import PROPERTY, WEEKLY_MINUTES, cases, curriculum, scheduled, topic

Case = tuple[Curriculum, PlanRequest]
ANY_TEXT = st.text(st.characters(exclude_categories=["Cc", "Cs"]))
MARKUP = st.text(r"\`*_[]<>(){}#~$&;!|+-.:/ax1 ")


@PROPERTY
@given(cases())
def test_every_prerequisite_in_the_plan_is_finished_before_its_dependent_begins(case: Case) -> None:
    graph, request = case
    items = make_plan(graph, request).items
    assert [item.date for item in items] == sorted(item.date for item in items)
    first = {item.topic: place for place, item in reversed(list(enumerate(items)))}
    last = {item.topic: place for place, item in enumerate(items)}
    for topic_id, begin in first.items():
        for edge in graph.topics[topic_id].prerequisites:
            if edge.id in last:
                assert last[edge.id] < begin


@PROPERTY
@given(cases())
def test_no_topic_is_scheduled_without_its_hard_prerequisites_unless_known(case: Case) -> None:
    graph, request = case
    plan = make_plan(graph, request)
    held = set(scheduled(plan)) | request.known
    for topic_id in scheduled(plan):
        assert {edge.id for edge in graph.topics[topic_id].prerequisites if edge.hard} <= held


@PROPERTY
@given(cases())
def test_no_day_over_its_cap_no_week_over_its_minutes_nothing_outside_the_dates(case: Case) -> None:
    graph, request = case
    plan = make_plan(graph, request)
    by_day: dict[date, int] = defaultdict(int)
    for week in plan.weeks:
        assert week.start == request.start + timedelta(days=7 * (week.number - 1))
        assert week.minutes <= request.minutes_per_week
        for item in week.items:
            assert week.start <= item.date < week.start + timedelta(days=7)
            assert request.deadline is None or item.date <= request.deadline
            by_day[item.date] += item.minutes
    caps = minutes_by_weekday(request.minutes_per_week, request.session_minutes)
    assert all(minutes <= caps[day.weekday()] for day, minutes in by_day.items())


@PROPERTY
@given(cases())
def test_minutes_add_up_exactly_and_every_needed_topic_is_accounted_for(case: Case) -> None:
    graph, request = case
    plan = make_plan(graph, request)
    minutes: Counter[str] = Counter()
    for item in plan.items:
        assert item.minutes > 0
        minutes[item.topic] += item.minutes
    assert minutes == {topic_id: topic_minutes(graph.topics[topic_id]) for topic_id in scheduled(plan)}
    left_out = [one.topic for one in plan.unscheduled]
    needed = graph.closure(request.targets or graph.topics, request.known)
    assert sorted(scheduled(plan) + left_out) == sorted(needed)
    assert plan.minutes_total == sum(topic_minutes(graph.topics[topic_id]) for topic_id in needed)


@PROPERTY
@given(cases())
def test_parts_are_numbered_without_gaps_and_reading_comes_before_practice(case: Case) -> None:
    graph, request = case
    parts = defaultdict(list)
    for item in make_plan(graph, request).items:
        parts[item.topic, item.activity].append((item.part, item.parts))
    for numbers in parts.values():
        assert numbers == [(place + 1, len(numbers)) for place in range(len(numbers))]
    by_topic = defaultdict(list)
    for topic_id, activity in parts:
        by_topic[topic_id].append(activity)
    assert all(order in (["read"], ["read", "practise"]) for order in by_topic.values())


@PROPERTY
@given(cases())
def test_feasible_means_all_is_scheduled_and_the_last_item_is_on_the_finish(case: Case) -> None:
    graph, request = case
    plan = make_plan(graph, request)
    assert plan.feasible == (not plan.unscheduled) == (plan.ways_out is None)
    if plan.feasible:
        assert plan.finish == max((item.date for item in plan.items), default=request.start)
        assert request.deadline is None or plan.finish <= request.deadline
    else:
        assert request.deadline is not None
        assert plan.finish > request.deadline


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

    assert fits(deadline=ways_out.finish)
    assert not fits(deadline=ways_out.finish - timedelta(days=1))
    assert ways_out.drop_minutes == plan.minutes_total - (plan.minutes_available or 0)
    if ways_out.minutes_per_week is None:
        assert not fits(minutes_per_week=6720)
    else:
        assert ways_out.minutes_per_week % 30 == 0
        assert fits(minutes_per_week=ways_out.minutes_per_week)
        assert ways_out.minutes_per_week == 30 or not fits(minutes_per_week=ways_out.minutes_per_week - 30)


@PROPERTY
@given(cases(), WEEKLY_MINUTES)
def test_more_hours_never_finish_later(case: Case, other_minutes: int) -> None:
    graph, request = case
    slow, fast = sorted([request.minutes_per_week, other_minutes])
    slower = make_plan(graph, dataclasses.replace(request, minutes_per_week=slow))
    faster = make_plan(graph, dataclasses.replace(request, minutes_per_week=fast))
    assert faster.finish <= slower.finish
    assert faster.feasible >= slower.feasible
    assert (faster.minutes_available or 0) >= (slower.minutes_available or 0)


@PROPERTY
@given(cases(), st.data())
def test_knowing_more_never_lengthens_the_plan(case: Case, data: st.DataObject) -> None:
    graph, request = case
    more = data.draw(st.frozensets(st.sampled_from(list(graph.topics))))
    plan = make_plan(graph, request)
    shorter = make_plan(graph, dataclasses.replace(request, known=request.known | more))
    assert shorter.minutes_total <= plan.minutes_total
    assert shorter.finish <= plan.finish
    assert shorter.feasible >= plan.feasible
    assert not set(scheduled(shorter)) & (request.known | more)


@PROPERTY
@given(cases(), st.randoms(use_true_random=False))
def test_the_order_of_inputs_is_irrelevant_and_the_plan_deterministic(case: Case, random) -> None:  # type: ignore[no-untyped-def]
    graph, request = case
    shuffled = [*request.targets, *request.targets[:1]]
    random.shuffle(shuffled)
    again = dataclasses.replace(request, targets=tuple(shuffled), known=frozenset(sorted(request.known, reverse=True)))
    plan = make_plan(graph, request)
    assert make_plan(graph, again) == plan
    assert make_plan(Curriculum(graph.modules), request) == plan


@PROPERTY
@given(cases())
def test_a_plan_survives_json_and_makes_readable_markdown(case: Case) -> None:
    graph, request = case
    plan = make_plan(graph, request)
    assert plan_from_json(json.loads(json.dumps(plan_to_json(plan)))) == plan
    assert plan_to_markdown(plan).count("\n- [ ] ") == len(plan.items)


@PROPERTY
@given(
    st.lists(st.integers(1, 40), min_size=1, max_size=12),
    st.integers(1, 448),
    st.sampled_from([15, 45, 60, 90, 120]),
)
def test_no_crumbs_when_hours_come_in_quarters(quarters: list[int], weekly_quarters: int, session: int) -> None:
    graph = curriculum(*(topic(f"t{index}", hours=count / 4) for index, count in enumerate(quarters)))
    request = PlanRequest(date(2026, 12, 1), weekly_quarters * 15, session_minutes=session)
    assert min(item.minutes for item in make_plan(graph, request).items) >= 10


@PROPERTY
@given(st.one_of(ANY_TEXT, MARKUP).filter(str.strip))
def test_no_text_breaks_the_markdown(text: str) -> None:
    graph = curriculum(dataclasses.replace(topic("a", hours=0.25), title=text))
    plan = make_plan(graph, PlanRequest(date(2026, 12, 1), 360, goal=text))
    tokens = MarkdownIt("commonmark").enable(["strikethrough", "table"]).parse(plan_to_markdown(plan))
    shown = ["".join(child.content for child in token.children or []) for token in tokens if token.type == "inline"]
    plain = " ".join(text.split())
    assert shown[1] == f"Goal: {plain}"
    assert shown[-1].startswith(f"[ ] Tue 1 December, 15 min: Read {plain} – ")


@pytest.mark.parametrize("hours", [0.25, 1.0, 7.3, 40.0, 112.0])
@pytest.mark.parametrize("start", [date(2028, 2, 28), date(2027, 12, 31), date(2026, 3, 28), date(2026, 10, 24)])
def test_leap_days_year_ends_and_clock_changes_are_ordinary_days(start: date, hours: float) -> None:
    graph = curriculum(*(topic(f"t{index}", hours=3) for index in range(8)))
    plan = make_plan(graph, PlanRequest(start, round(hours * 60)))
    assert sum(item.minutes for item in plan.items) == 24 * 60
    days = {item.date for item in plan.items}
    assert min(days) >= start
    if hours == 112.0:
        assert days == {start, start + timedelta(days=1)}

"""What every plan keeps to, over random graphs, calendars and learners."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
from collections import Counter, defaultdict
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from assistant.curriculum import Curriculum
from assistant.planning import (
    Activity,
    PlanRequest,
    make_plan,
    plan_from_json,
    plan_to_csv,
    plan_to_json,
    plan_to_markdown,
    request_of,
)
from assistant.planning.units import topic_minutes
from assistant.planning.weekdays import minutes_by_weekday
from tests.assistant.planning.builders import (
    PROPERTY,
    SCHEMA,
    cases,
    curriculum,
    plain,
    planned,
    resource,
    scheduled,
    spent_up,
    study,
    topic,
)

Case = tuple[Curriculum, PlanRequest]
ANY_TEXT = st.text(st.characters(exclude_categories=["Cc", "Cs"]))
MARKUP = st.text(r"\`*_[]<>(){}#~$&;!|+-.:/ax1 ")


@PROPERTY
@given(cases())
def test_every_prerequisite_in_the_plan_is_finished_before_its_dependent_begins(case: Case) -> None:
    graph, request = case
    plan = make_plan(graph, request)
    assert [item.date for item in plan.items] == sorted(item.date for item in plan.items)
    first: dict[str, int] = {}
    last: dict[str, int] = {}
    for place, item in enumerate(study(plan)):
        # A project under way carries a topic that is known, whatever that once needed.
        if item.topic not in request.known:
            first.setdefault(item.topic, place)
            last[item.topic] = place
    for topic_id, begin in first.items():
        for edge in graph.topics[topic_id].prerequisites:
            if edge.id in last:
                assert last[edge.id] < begin


@PROPERTY
@given(cases())
def test_no_topic_is_scheduled_without_its_hard_prerequisites_unless_known(case: Case) -> None:
    graph, request = case
    plan = make_plan(graph, request)
    held = planned(plan) | request.known | spent_up(graph, request)
    left_out = {one.topic for one in plan.unscheduled if one.activity is None}
    for topic_id in planned(plan):
        hard = {edge.id for edge in graph.topics[topic_id].prerequisites if edge.hard}
        assert hard <= held
        assert not hard & left_out


@PROPERTY
@given(cases())
def test_no_day_over_its_cap_no_week_over_its_minutes_nothing_outside_the_dates(case: Case) -> None:
    graph, request = case
    plan = make_plan(graph, request)
    by_day: dict[date, int] = defaultdict(int)
    exceptions = dict(request.exceptions)
    caps = request.weekday_minutes or minutes_by_weekday(request.minutes_per_week, request.session_minutes)
    for week in plan.weeks:
        assert week.start == request.start + timedelta(days=7 * (week.number - 1))
        assert week.slack_minutes == week.minutes_available - week.minutes >= 0
        assert week.minutes_available <= request.minutes_per_week + sum(exceptions.values())
        for item in week.items:
            assert week.start <= item.date < week.start + timedelta(days=7)
            assert request.start <= item.date <= (request.deadline or date.max)
            by_day[item.date] += item.minutes
    for day, minutes in by_day.items():
        cap = 0 if day in request.days_off else exceptions.get(day, caps[day.weekday()])
        assert minutes <= cap
    if not exceptions:
        assert all(week.minutes <= request.minutes_per_week for week in plan.weeks)


@PROPERTY
@given(cases())
def test_every_item_is_a_real_topic_with_a_name_of_its_own_and_real_resources(case: Case) -> None:
    graph, request = case
    catalogue = [resource(f"r-{one}", [one]) for one in graph.topics]
    plan = make_plan(graph, request, catalogue)
    keys = [item.key for item in plan.items]
    assert len(set(keys)) == len(keys)
    for item in plan.items:
        assert graph.topics[item.topic].module == item.module
        assert item.minutes > 0
        assert item.why.endswith(".")
        expected = (f"r-{item.topic}",) if item.activity is Activity.READ else ()
        assert item.resources == expected


@PROPERTY
@given(cases())
def test_minutes_add_up_exactly_and_every_needed_topic_is_accounted_for(case: Case) -> None:
    graph, request = case
    plan = make_plan(graph, request)
    done = dict(request.done_minutes)
    minutes: Counter[str] = Counter()
    for item in plan.items:
        if item.activity in (Activity.READ, Activity.PRACTISE):
            minutes[item.topic] += item.minutes
    assert minutes == {
        topic_id: topic_minutes(graph.topics[topic_id], request.pace_percent) - done.get(topic_id, 0)
        for topic_id in planned(plan)
    }
    left_out = [one.topic for one in plan.unscheduled if one.activity is None]
    wanted = {*(request.targets or graph.topics), *request.pinned}
    needed = set(graph.closure(wanted, request.known))
    assert len(set(left_out)) == len(left_out)
    assert planned(plan) | set(left_out) | (spent_up(graph, request) & needed) == needed
    assert not planned(plan) & set(left_out)
    if plan.feasible:
        assert plan.minutes_total == sum(item.minutes for item in study(plan))
    else:
        assert plan.ways_out is not None
        assert plan.minutes_total - plan.ways_out.drop_minutes == sum(item.minutes for item in study(plan))


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
        if activity is not Activity.REVIEW:
            by_topic[topic_id].append(activity.value)
    usual = ["read", "practise", "quiz", "project"]
    assert all(order == sorted(order, key=usual.index) for order in by_topic.values())


@PROPERTY
@given(cases())
def test_a_project_is_done_after_its_whole_module_and_only_then(case: Case) -> None:
    graph, request = case
    plan = make_plan(graph, request)
    built = {item.module for item in plan.items if item.activity is Activity.PROJECT}
    assert not built or request.projects
    held = planned(plan) | set(graph.closure(request.targets or graph.topics)) | set(graph.closure(request.pinned))
    left_out = {one.topic for one in plan.unscheduled if one.activity is None}
    for number in built:
        module = graph.module(number)
        assert module.id not in request.excluded_projects
        assert {one.id for one in module.topics} <= held - left_out
        begin = next(
            place
            for place, item in enumerate(plan.items)
            if item.activity is Activity.PROJECT and item.module == number
        )
        later = [item for item in plan.items[begin:] if item.activity in (Activity.READ, Activity.PRACTISE)]
        assert number not in {item.module for item in later}


@PROPERTY
@given(cases())
def test_reviews_are_first_on_their_day_of_finished_topics_with_growing_gaps(case: Case) -> None:
    graph, request = case
    plan = make_plan(graph, request)
    studied: dict[str, list[date]] = defaultdict(list)
    busy: set[date] = set()
    for item in plan.items:
        if item.activity is Activity.REVIEW:
            assert item.date not in busy
            assert item.minutes >= 3
            gaps = (1, 2, 4, 9, 19, 45)
            assert (item.date - studied[item.topic][-1]).days >= gaps[item.part - 1]
            studied[item.topic].append(item.date)
        else:
            busy.add(item.date)
            if item.activity in (Activity.READ, Activity.PRACTISE):
                assert len(studied[item.topic]) <= 1
                studied[item.topic] = [item.date]


@PROPERTY
@given(cases())
def test_feasible_means_all_is_scheduled_and_the_last_item_is_on_the_finish(case: Case) -> None:
    graph, request = case
    plan = make_plan(graph, request)
    assert plan.feasible == (plan.ways_out is None)
    assert plan.finish_p50 <= plan.finish_p80
    if plan.feasible:
        assert plan.finish == max((item.date for item in plan.items), default=request.start)
        assert request.deadline is None or plan.finish <= request.deadline
        gone = {one.topic for one in plan.unscheduled}
        if gone:
            assert request.excluded
    else:
        assert request.deadline is not None
        assert plan.finish > request.deadline


@PROPERTY
@given(cases())
def test_milestones_are_the_last_days_of_the_modules(case: Case) -> None:
    graph, request = case
    plan = make_plan(graph, request)
    last = {item.module: item.date for item in study(plan)}
    assert {one.module: one.date for one in plan.milestones} == last
    assert [one.date for one in plan.milestones] == sorted(last.values())


@PROPERTY
@given(cases())
def test_an_excluded_topic_is_gone_and_what_needed_it_says_so(case: Case) -> None:
    graph, request = case
    plan = make_plan(graph, request)
    reasons = {one.topic: one.reason for one in plan.unscheduled if one.activity is None}
    for topic_id in request.excluded - request.known:
        assert topic_id not in {item.topic for item in study(plan)}
        title = graph.topics[topic_id].title
        # Behind another excluded topic nobody looks: that one is named instead.
        passed = request.known | (request.excluded - {topic_id})
        for other in graph.closure(request.targets or graph.topics, request.known):
            if other == topic_id:
                assert reasons[other] == "You left it out."
            elif other not in request.excluded and topic_id in graph.closure([other], passed):
                assert f"“{title}”" in reasons[other]
                assert reasons[other].endswith(", which you left out.")


@PROPERTY
@given(cases())
def test_pinned_topics_are_kept_and_nothing_unneeded_comes_before_them(case: Case) -> None:
    graph, request = case
    plan = make_plan(graph, request)
    if plan.ways_out is not None and not plan.ways_out.can_drop:
        return
    to_learn = request.pinned - request.known
    assert to_learn <= planned(plan) | spent_up(graph, request)
    order = scheduled(plan)
    before: set[str] = set()
    stack = list(to_learn)
    while stack:
        topic_id = stack.pop()
        if topic_id not in before:
            before.add(topic_id)
            stack += [edge.id for edge in graph.topics[topic_id].prerequisites]
    pinned_first = [topic_id in before for topic_id in order]
    if to_learn & planned(plan):
        last = max(place for place, topic_id in enumerate(order) if topic_id in to_learn)
        assert all(pinned_first[: last + 1])


@PROPERTY
@given(cases())
def test_a_plan_survives_json_matches_its_schema_and_is_rebuilt_from_its_own_request(case: Case) -> None:
    graph, request = case
    plan = make_plan(graph, request)
    data = json.loads(json.dumps(plan_to_json(plan)))
    SCHEMA.validate(data)
    assert plan_from_json(data) == plan
    assert make_plan(graph, request_of(plan)) == plan


@PROPERTY
@given(cases())
def test_every_item_is_a_box_in_markdown_and_a_row_in_csv(case: Case) -> None:
    graph, request = case
    plan = make_plan(graph, request)
    assert plan_to_markdown(plan).count("\n- [ ] ") == len(plan.items)
    rows = list(csv.DictReader(io.StringIO(plan_to_csv(plan), newline="")))
    assert [row["key"] for row in rows] == [item.key for item in plan.items]


@PROPERTY
@given(
    st.lists(st.integers(1, 40), min_size=1, max_size=12),
    st.integers(1, 448),
    st.sampled_from([15, 45, 60, 90, 120]),
)
def test_no_crumbs_when_hours_come_in_quarters(quarters: list[int], weekly_quarters: int, session: int) -> None:
    graph = curriculum(*(topic(f"t{index}", hours=count / 4) for index, count in enumerate(quarters)))
    request = plain(date(2026, 12, 1), weekly_quarters * 15, session_minutes=session)
    assert min(item.minutes for item in make_plan(graph, request).items) >= 10


@PROPERTY
@given(st.one_of(ANY_TEXT, MARKUP).filter(str.strip))
def test_no_text_breaks_the_markdown(text: str) -> None:
    graph = curriculum(dataclasses.replace(topic("a", hours=0.25), title=text))
    plan = make_plan(graph, plain(date(2026, 12, 1), 360, goal=text))
    tokens = MarkdownIt("commonmark").enable(["strikethrough", "table"]).parse(plan_to_markdown(plan))
    shown = ["".join(child.content for child in token.children or []) for token in tokens if token.type == "inline"]
    line = " ".join(text.split())
    assert shown[1] == f"Goal: {line}"
    box = next(one for one in shown if one.startswith("[ ]"))
    assert box.startswith(f"[ ] Tue 1 December, 15 min: Read {line} – ")


@pytest.mark.parametrize("hours", [0.25, 1.0, 7.3, 40.0, 112.0])
@pytest.mark.parametrize("start", [date(2028, 2, 28), date(2027, 12, 31), date(2026, 3, 28), date(2026, 10, 24)])
def test_leap_days_year_ends_and_clock_changes_are_ordinary_days(start: date, hours: float) -> None:
    graph = curriculum(*(topic(f"t{index}", index + 1, hours=3) for index in range(8)))
    plan = make_plan(graph, plain(start, round(hours * 60)))
    assert sum(item.minutes for item in plan.items) == 24 * 60
    days = {item.date for item in plan.items}
    assert min(days) >= start
    if hours == 112.0:
        assert days == {start, start + timedelta(days=1)}

"""What every new version of a plan keeps to, over random graphs, calendars, learners and logs."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from assistant.curriculum import Curriculum
from assistant.errors import InvalidInput
from assistant.planning import Activity, PlanRequest, StudyItem, StudyPlan, make_plan
from assistant.planning.availability import availability_for
from assistant.progress import EntryStatus, LogEntry
from assistant.replanning import ChangeKind, Ledger, Pace, Replan, ledger_of, replan, unit_of
from assistant.replanning.replanner import FROZEN_DAYS, missed
from tests.assistant.planning.builders import PROPERTY, TUESDAY, cases, curriculum, plain, topic


@dataclass(frozen=True, repr=False)
class Life:
    """A plan under way; without a long representation, which hypothesis would print."""

    graph: Curriculum
    request: PlanRequest
    plan: StudyPlan
    ledger: Ledger
    today: date


@st.composite
def lives(draw: st.DrawFn) -> Life:
    """A plan, some days of which have passed: most of the past is done, some was missed, some begun."""
    graph, request = draw(cases())
    plan = make_plan(graph, request)
    assume(plan.items)
    span = (plan.items[-1].date - plan.start).days
    today = plan.start + timedelta(days=draw(st.integers(0, min(span + 20, 200))))
    assume(request.deadline is None or request.deadline >= today)
    entries = []
    for item in plan.items:
        near = item.date < today or (item.date - today).days < 4
        outcome = draw(st.sampled_from("ddddmps" if item.date < today else "dmmmmm")) if near else "m"
        if outcome == "m":
            continue
        status = {"d": EntryStatus.DONE, "p": EntryStatus.PARTLY, "s": EntryStatus.SKIPPED}[outcome]
        minutes = draw(st.integers(0, item.minutes + 30)) if outcome != "s" else 0
        entries.append(LogEntry(item.key, unit_of(graph, item), status, item.minutes, minutes, item.date))
    return Life(graph, request, plan, ledger_of(plan, entries), today)


def again(life: Life) -> Replan:
    return replan(life.graph, life.plan, life.ledger, life.today)


def work(items: tuple[StudyItem, ...]) -> list[StudyItem]:
    return [item for item in items if item.activity is not Activity.REVIEW]


@PROPERTY
@given(lives())
def test_what_is_done_stays_as_it_was(life: Life) -> None:
    plan = life.plan
    ledger = life.ledger
    today = life.today
    after = {item.key: item for item in again(life).plan.items}
    for item in plan.items:
        if item.key in ledger.done:
            assert after[item.key] == replace(item, date=min(item.date, today), parts=after[item.key].parts) or (
                after[item.key] == item
            )


@PROPERTY
@given(lives())
def test_nothing_open_is_left_in_the_past_and_the_next_days_stay_unless_something_comes_first(life: Life) -> None:
    graph = life.graph
    plan = life.plan
    ledger = life.ledger
    today = life.today
    result = again(life)
    after = {item.key: item for item in result.plan.items}
    late = {item.topic for item in missed(plan, ledger, today)}
    for topic_id in graph.study_order(graph.topics.keys()):
        if any(edge.id in late for edge in graph.topics[topic_id].prerequisites):
            late.add(topic_id)
    if late:
        assert all(item.date >= today for item in work(result.plan.items) if item.key not in ledger.done)
    for item in work(plan.items):
        if today <= item.date < today + timedelta(days=FROZEN_DAYS) and item.topic not in late:
            assert after[item.key].date == item.date or item.key in ledger.done


@PROPERTY
@given(lives())
def test_every_prerequisite_comes_before_its_dependent(life: Life) -> None:
    graph = life.graph
    ledger = life.ledger
    result = again(life)
    assert [item.date for item in result.plan.items] == sorted(item.date for item in result.plan.items)
    # The past is what it was, in whatever order it was done.
    left = [item for item in work(result.plan.items) if item.key not in ledger.done]
    first: dict[str, int] = {}
    last: dict[str, int] = {}
    for place, item in enumerate(left):
        if item.activity in (Activity.READ, Activity.PRACTISE):
            first.setdefault(item.topic, place)
            last[item.topic] = place
    for topic_id, begin in first.items():
        for edge in graph.topics[topic_id].prerequisites:
            if edge.id in last:
                assert last[edge.id] < begin


@PROPERTY
@given(lives())
def test_no_day_holds_more_than_its_cap_and_nothing_is_after_the_deadline(life: Life) -> None:
    request = life.request
    ledger = life.ledger
    today = life.today
    result = again(life)
    calendar = availability_for(request)
    minutes: dict[date, int] = defaultdict(int)
    for item in result.plan.items:
        if item.key not in ledger.done:
            minutes[item.date] += item.minutes
            assert item.date <= (request.deadline or date.max)
    for day, total in minutes.items():
        assert day < today + timedelta(days=FROZEN_DAYS) or total <= calendar.cap(day)


@PROPERTY
@given(lives())
def test_the_work_left_is_all_there_or_said_to_be_left_out(life: Life) -> None:
    graph = life.graph
    plan = life.plan
    ledger = life.ledger
    result = again(life)
    left_out = {(one.topic, one.activity is Activity.PROJECT) for one in result.plan.unscheduled}
    before: Counter[tuple[str, bool]] = Counter()
    after: Counter[tuple[str, bool]] = Counter()
    for item in work(plan.items):
        if item.activity is not Activity.QUIZ:
            before[unit_of(graph, item), item.activity is Activity.PROJECT] += ledger.minutes_left(item)
    for item in work(result.plan.items):
        if item.activity is not Activity.QUIZ and item.key not in ledger.done:
            after[unit_of(graph, item), item.activity is Activity.PROJECT] += item.minutes
    # Who has done the dependents out of order no longer needs what they rest on: that is dropped, and told.
    dropped = {unit_of(graph, c.item) for c in result.changes if c.kind is ChangeKind.DROPPED}
    rests_on = {
        e.id for (one, kind), left in after.items() if left and not kind for e in graph.topics[one].prerequisites
    }
    goals = set(life.request.targets or graph.topics) | life.request.pinned
    needless = {unit for unit in dropped - rests_on - goals if not after[unit, False]}
    modules = {f"project:{module.id}": module.topics[-1].id for module in graph.modules}
    for (unit, is_project), minutes in before.items():
        if minutes and after[unit, is_project] < minutes and unit not in needless:
            names = {one for one, kind in left_out if kind is is_project}
            members = {t.id for m in graph.modules if f"project:{m.id}" == unit for t in m.topics} or {unit}
            assert names & members or modules.get(unit) in names, (unit, minutes, after[unit, is_project])


@PROPERTY
@given(lives())
def test_the_diff_tells_everything_and_names_are_given_once(life: Life) -> None:
    plan = life.plan
    ledger = life.ledger
    result = again(life)
    keys = [item.key for item in result.plan.items]
    assert len(set(keys)) == len(keys)
    changed = {change.item.key for change in result.changes}
    old = {item.key: item for item in plan.items}
    for item in result.plan.items:
        was = old.get(item.key)
        same = was is not None and (was.date, was.minutes) == (item.date, item.minutes)
        assert same or item.key in changed or item.key in ledger.done or ledger.spent.get(item.key)
    gone = {key for key, item in old.items() if key not in keys and item.activity is not Activity.REVIEW}
    assert gone <= changed
    for change in result.changes:
        assert change.reason.endswith(".")
        assert (change.before is None, change.after is None) == (
            change.kind is ChangeKind.ADDED, change.kind is ChangeKind.DROPPED,
        )  # fmt: skip
    assert result.unchanged == len(keys) - sum(change.after is not None for change in result.changes)


@PROPERTY
@given(lives())
def test_without_anything_missed_nothing_changes(life: Life) -> None:
    graph = life.graph
    plan = life.plan
    today = life.today
    done = ledger_of(
        plan,
        [
            LogEntry(item.key, item.topic, EntryStatus.DONE, item.minutes, item.minutes, item.date)
            for item in plan.items
            if item.date < today
        ],
    )
    result = replan(graph, plan, done, today)
    assert (result.plan, result.changes, result.unchanged) == (plan, (), len(plan.items))


@PROPERTY
@given(lives())
def test_replanning_again_at_once_changes_nothing_and_the_same_input_gives_the_same(life: Life) -> None:
    graph = life.graph
    ledger = life.ledger
    today = life.today
    result = again(life)
    assert again(life) == result
    if not missed(result.plan, ledger, today):
        assert replan(graph, result.plan, ledger, today).changes == ()


THREE = curriculum(topic("a"), topic("b", hard=["a"]), topic("c"), topic("d"))
"""An hour each; at an hour a day, one topic a day."""
DAILY = plain(TUESDAY, 420, weekday_minutes=(60,) * 7)


def log(plan: StudyPlan, *keys: str, **spent: int) -> Ledger:
    items = {item.key: item for item in plan.items}
    entries = [LogEntry(key, items[key].topic, EntryStatus.DONE, 60, 60, TUESDAY) for key in keys]
    return ledger_of(plan, entries)


def days(plan: StudyPlan) -> dict[str, int]:
    return {item.key: (item.date - TUESDAY).days for item in plan.items}


def test_a_missed_item_goes_where_something_can_wait_and_its_dependents_follow() -> None:
    plan = make_plan(THREE, replace(DAILY, session_minutes=60))
    assert days(plan) == {
        "a:read:1": 0, "a:practise:1": 0, "b:read:1": 1, "b:practise:1": 1, "c:read:1": 2, "c:practise:1": 2,
        "d:read:1": 3, "d:practise:1": 3, "d:quiz:1": 4,
    }  # fmt: skip
    result = replan(THREE, plan, log(plan), TUESDAY + timedelta(days=1))
    assert result.makes_room
    moved = {change.item.key: change.reason for change in result.changes if change.kind is ChangeKind.MOVED}
    assert moved["a:read:1"] == "It was missed on its day."
    order = days(result.plan)
    assert order["a:practise:1"] <= order["b:read:1"]
    # c was planned for the day after tomorrow and nothing builds on it; d need not move at all.
    assert {"d:read:1", "d:practise:1"} & moved.keys() == set()


def test_a_deadline_that_is_over_is_said_so() -> None:
    plan = make_plan(THREE, replace(DAILY, deadline=TUESDAY + timedelta(days=6)))
    with pytest.raises(InvalidInput, match="choose a later deadline"):
        replan(THREE, plan, log(plan), TUESDAY + timedelta(days=9))


def test_what_no_longer_fits_is_dropped_with_the_reason_and_the_ways_out() -> None:
    plan = make_plan(THREE, replace(DAILY, deadline=TUESDAY + timedelta(days=4)))
    assert plan.feasible
    result = replan(THREE, plan, log(plan), TUESDAY + timedelta(days=2))
    assert not result.plan.feasible
    assert result.plan.ways_out is not None
    assert result.plan.verdict.startswith("This needs 2 h 10 min; you have 1 h by 5 December 2026.")
    dropped = {change.item.key: change.reason for change in result.changes if change.kind is ChangeKind.DROPPED}
    assert dropped["b:read:1"] == "Takes 1 h, which do not fit before the deadline, 5 December 2026."


def test_a_changed_request_is_planned_from_now_on() -> None:
    plan = make_plan(THREE, DAILY)
    ledger = log(plan, "a:read:1", "a:practise:1")
    wanted = replace(DAILY, excluded=frozenset({"c"}))
    result = replan(THREE, plan, ledger, TUESDAY + timedelta(days=1), request=wanted)
    assert {change.item.key: change.reason for change in result.changes if change.kind is ChangeKind.DROPPED} == {
        "c:read:1": "You left it out.", "c:practise:1": "You left it out.",
    }  # fmt: skip
    assert result.plan.excluded == ("c",)


def test_the_learned_pace_moves_the_forecast_and_no_item() -> None:
    plan = make_plan(THREE, DAILY)
    ledger = log(plan)
    slow = replan(THREE, plan, ledger, TUESDAY, pace=Pace(3.0, 0.1, 600))
    assert slow.changes == ()
    assert slow.plan.items == plan.items
    assert slow.plan.finish_p50 > plan.finish_p50
    assert slow.plan.finish_p80 > slow.plan.finish_p50 - timedelta(days=1)


def test_what_is_about_to_be_studied_is_not_taken_for_known() -> None:
    plan = make_plan(THREE, replace(DAILY, session_minutes=60))
    ledger = log(plan, "a:read:1", "a:practise:1")
    without_c = replace(DAILY, session_minutes=60, excluded=frozenset({"c"}))
    result = replan(THREE, plan, ledger, TUESDAY, request=without_c)
    # a is done; b stays tomorrow, and nobody has read it yet.
    assert days(result.plan)["b:read:1"] == 1
    assert result.plan.known == ("a",)
    assert "1 topic you already know is left out." in result.plan.verdict
    again = replan(THREE, result.plan, log(result.plan, "a:read:1", "a:practise:1"), TUESDAY, anew=True)
    assert "b" not in {change.item.topic for change in again.changes if change.kind is ChangeKind.DROPPED}

"""What is proposed for today: three topics of an hour, b builds on a."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from assistant.planning import StudyPlan, make_plan
from assistant.progress import EntryStatus, LogEntry
from assistant.replanning import Ledger, ledger_of, propose
from assistant.replanning.today import SHORT_REVIEW_MINUTES
from tests.assistant.planning.builders import TUESDAY, curriculum, plain, topic

GRAPH = curriculum(topic("a"), topic("b", hard=["a"]), topic("c"))
PLAN = make_plan(GRAPH, plain(TUESDAY, 420, weekday_minutes=(60,) * 7))
NEXT = TUESDAY + timedelta(days=1)


def log(*keys: str, plan: StudyPlan = PLAN, status: EntryStatus = EntryStatus.DONE, minutes: int = 30) -> Ledger:
    planned = {item.key: item.minutes for item in plan.items}
    return ledger_of(plan, [LogEntry(key, key[0], status, planned[key], minutes, TUESDAY) for key in keys])


def proposed(ledger: Ledger, minutes: int | None = None, today: object = NEXT, plan: StudyPlan = PLAN) -> list[object]:
    assert today is not None
    found = propose(GRAPH, plan, ledger, today, minutes)  # type: ignore[arg-type]
    return [(each.item.key, each.minutes, each.is_whole, each.is_late) for each in found]


def test_what_the_plan_says_for_today_after_what_was_missed() -> None:
    assert proposed(log("a:read:1")) == [
        ("a:practise:1", 25, True, True), ("b:read:1", 35, True, False), ("b:practise:1", 25, True, False),
    ]  # fmt: skip
    assert proposed(log("a:read:1", "a:practise:1", "b:read:1", "b:practise:1")) == []


def test_a_few_minutes_go_to_what_comes_next_and_it_may_be_begun_only() -> None:
    assert proposed(log(), 25) == [("a:read:1", 25, False, True)]
    assert proposed(log("a:read:1"), 40) == [("a:practise:1", 25, True, True), ("b:read:1", 15, False, False)]
    assert proposed(log("a:read:1", status=EntryStatus.PARTLY), 25) == [
        ("a:read:1", 5, True, True), ("a:practise:1", 20, False, True),
    ]  # fmt: skip
    assert proposed(log(), 4) == []


def test_what_builds_on_something_open_elsewhere_is_not_proposed() -> None:
    late = replace(PLAN, weeks=tuple(replace(week, items=week.items[2:]) for week in PLAN.weeks))
    keys = [key for key, *_ in proposed(log(), 200, plan=late)]  # type: ignore[misc]
    assert keys == ["b:read:1", "b:practise:1", "c:read:1", "c:practise:1", "c:quiz:1"]


def test_a_review_that_is_due_takes_at_most_a_third() -> None:
    plan = make_plan(GRAPH, replace(plain(TUESDAY, 420, weekday_minutes=(60,) * 7), review_percent=30))
    day = next(item for item in plan.items if item.activity.value == "review").date
    done = [item.key for item in plan.items if item.date < day]
    first, *_ = propose(GRAPH, plan, log(*done, plan=plan), day, 30)
    assert (first.item.activity.value, first.minutes, first.is_whole) == ("review", 10, False)
    first, *_ = propose(GRAPH, plan, log(*done, plan=plan), day, 12)
    assert first.item.activity.value != "review"


def test_what_was_missed_is_not_reviewed() -> None:
    plan = make_plan(GRAPH, replace(plain(TUESDAY, 420, weekday_minutes=(60,) * 7), review_percent=30))
    review = next(item for item in plan.items if item.activity.value == "review")
    for minutes in (None, 60):
        proposals = propose(GRAPH, plan, log(plan=plan), review.date, minutes)
        assert "review" not in {each.item.activity.value for each in proposals}
    done = [item.key for item in plan.items if item.date < review.date]
    assert review in [each.item for each in propose(GRAPH, plan, log(*done, plan=plan), review.date)]


def test_a_review_of_what_is_well_known_is_short_and_nothing_else_changes() -> None:
    plan = make_plan(GRAPH, replace(plain(TUESDAY, 420, weekday_minutes=(60,) * 7), review_percent=30))
    review = next(item for item in plan.items if item.activity.value == "review")
    ledger = log(*[item.key for item in plan.items if item.date < review.date], plan=plan)
    usual = propose(GRAPH, plan, ledger, review.date)
    short = propose(GRAPH, plan, ledger, review.date, well_known={review.topic})
    assert review.minutes > SHORT_REVIEW_MINUTES
    assert [(each.item, each.is_whole) for each in short] == [(each.item, each.is_whole) for each in usual]
    for before, after in zip(usual, short, strict=True):
        if after.item == review:
            assert (before.is_shortened, after.is_shortened, after.minutes) == (False, True, SHORT_REVIEW_MINUTES)
        elif after.item.activity.value != "review":
            assert after == before
    first, *_ = propose(GRAPH, plan, ledger, review.date, 60, {item.topic for item in plan.items})
    assert (first.item.activity.value, first.minutes, first.is_whole) == ("review", SHORT_REVIEW_MINUTES, True)

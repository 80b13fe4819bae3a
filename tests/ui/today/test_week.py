"""The week so far, to the minute."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from assistant.planning import StudyPlan, make_plan
from assistant.progress import EntryStatus, LogEntry
from assistant.ui.today.week import WeekSoFar, week_so_far, week_text
from tests.assistant.planning.builders import curriculum, plain, topic

MONDAY = date(2026, 11, 30)


def entry(day: date, minutes: int, status: EntryStatus = EntryStatus.DONE) -> LogEntry:
    return LogEntry("x:read:1", "x", status, minutes, minutes, day)


def plan_from(start: date, hours: float = 20.0) -> StudyPlan:
    return make_plan(curriculum(topic("x", hours=hours)), plain(start, 300))


def test_only_this_week_counts_and_skipping_is_not_studying() -> None:
    entries = [
        entry(MONDAY - timedelta(days=1), 90),
        entry(MONDAY, 40),
        entry(MONDAY, 20),
        entry(MONDAY + timedelta(days=2), 30),
        entry(MONDAY + timedelta(days=3), 0, EntryStatus.SKIPPED),
    ]
    found = week_so_far(plan_from(MONDAY), entries, MONDAY + timedelta(days=3))
    assert found == WeekSoFar(90, 300, 2)
    assert found.share == 0.3


def test_a_plan_that_begins_midweek_has_less_in_it() -> None:
    thursday = MONDAY + timedelta(days=3)
    plan = plan_from(thursday)
    assert week_so_far(plan, [], thursday).planned == sum(
        item.minutes for item in plan.items if item.date <= MONDAY + timedelta(days=6)
    )


@pytest.mark.parametrize(
    ("week", "text", "share"),
    [
        (WeekSoFar(90, 360, 2), "This week: 1.5 h of 6 h, on 2 days", 0.25),
        (WeekSoFar(400, 360, 1), "This week: 6 h 40 min of 6 h, on 1 day", 1.0),
        (WeekSoFar(30, 0, 1), "This week: 30 min, on 1 day", 1.0),
        (WeekSoFar(0, 360, 0), "This week: nothing yet of 6 h", 0.0),
        (WeekSoFar(0, 0, 0), "This week is free", 1.0),
    ],
)
def test_words(week: WeekSoFar, text: str, share: float) -> None:
    assert week_text(week) == text
    assert week.share == share

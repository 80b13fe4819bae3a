"""What the log says of a plan, also after a replan has changed its items."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from assistant.planning import make_plan
from assistant.progress import EntryStatus, LogEntry
from assistant.replanning import ledger_of, propose, replan
from tests.assistant.planning.builders import TUESDAY, curriculum, plain, topic

GRAPH = curriculum(topic("a"), topic("b", hard=["a"]))
PLAN = make_plan(GRAPH, plain(TUESDAY, 420, weekday_minutes=(60,) * 7))
LATER = TUESDAY + timedelta(days=3)


def entry(status: EntryStatus, minutes: int) -> LogEntry:
    first = PLAN.items[0]
    return LogEntry(first.key, "a", status, first.minutes, minutes, TUESDAY)


def test_minutes_that_a_replan_took_off_are_not_taken_off_again() -> None:
    entries = [entry(EntryStatus.PARTLY, 15)]
    before = ledger_of(PLAN, entries)
    assert before.minutes_left(PLAN.items[0]) == PLAN.items[0].minutes - 15
    new = replan(GRAPH, PLAN, before, LATER).plan
    item = next(item for item in new.items if item.key == PLAN.items[0].key)
    assert item.minutes == PLAN.items[0].minutes - 15
    assert ledger_of(new, entries).minutes_left(item) == item.minutes
    more = [*entries, replace(entries[0], planned_minutes=item.minutes, minutes=5)]
    assert ledger_of(new, more).minutes_left(item) == item.minutes - 5


def test_what_was_skipped_is_due_again_on_its_new_day() -> None:
    entries = [entry(EntryStatus.SKIPPED, 0)]
    before = ledger_of(PLAN, entries)
    key = PLAN.items[0].key
    assert before.skipped == {key}
    assert key not in [each.item.key for each in propose(GRAPH, PLAN, before, TUESDAY)]
    new = replan(GRAPH, PLAN, before, LATER).plan
    day = next(item.date for item in new.items if item.key == key)
    assert key in [each.item.key for each in propose(GRAPH, new, ledger_of(new, entries), day)]

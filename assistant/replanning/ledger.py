"""What the log says of a plan: which items are done, and how much was spent on each unit of work.

Owns: reading the log's entries against the plan's items. Refuses: keeping the log (``assistant.progress``).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from assistant.curriculum import Curriculum
from assistant.planning.plan import Activity, StudyItem, StudyPlan
from assistant.planning.scope import PROJECT_PREFIX
from assistant.progress import EntryStatus, LogEntry

LEARNING = frozenset({Activity.READ, Activity.PRACTISE})
"""Activities whose end means that the topic is finished."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """The state of a plan's items, by key.

    ``done`` are finished, ``spent`` are minutes of those that were begun and not finished, ``skipped`` were passed over
    on purpose and are still to be done (a review excepted). ``finished`` are the topics of which every item to read
    and to practise is done.
    """

    done: frozenset[str]
    spent: Mapping[str, int]
    skipped: frozenset[str]
    finished: frozenset[str]

    def minutes_left(self, item: StudyItem) -> int:
        """Minutes that an item still needs, 0 if it is done; one that was begun needs at least five."""
        if item.key in self.done:
            return 0
        return max(min(5, item.minutes), item.minutes - self.spent.get(item.key, 0))


def ledger_of(plan: StudyPlan, entries: Sequence[LogEntry]) -> Ledger:
    """Read the entries, oldest first; of several on one item the last one says how it ended.

    A replan takes the minutes spent off an item and gives a skipped one another day. So what was logged of other
    minutes than the item has now is taken off already, and what was skipped before its day is due again.
    """
    items = {item.key: item for item in plan.items}
    last: dict[str, LogEntry] = {}
    spent: dict[str, int] = {}
    for entry in entries:
        if entry.item in items:
            last[entry.item] = entry
            if entry.planned_minutes == items[entry.item].minutes:
                spent[entry.item] = spent.get(entry.item, 0) + entry.minutes
    done = frozenset(key for key, entry in last.items() if entry.status is EntryStatus.DONE)
    return Ledger(
        done=done,
        spent={key: minutes for key, minutes in spent.items() if minutes and key not in done},
        skipped=frozenset(
            key for key, entry in last.items() if entry.status is EntryStatus.SKIPPED and entry.day >= items[key].date
        ),
        finished=finished_topics(plan, done),
    )


def finished_topics(plan: StudyPlan, done: Collection[str]) -> frozenset[str]:
    """The topics of which the plan has items to read or practise, all of them among ``done``."""
    begun = {item.topic for item in plan.items if item.activity in LEARNING}
    open_ones = {item.topic for item in plan.items if item.activity in LEARNING and item.key not in done}
    return frozenset(begun - open_ones)


def unit_of(curriculum: Curriculum, item: StudyItem) -> str:
    """The unit of work that an item's minutes count for: its topic, or ``project:<module id>``."""
    if item.activity is Activity.PROJECT:
        return f"{PROJECT_PREFIX}{curriculum.module(item.module).id}"
    return item.topic

"""To which days items move when some of them were missed: as few moves as possible, by making room.

Owns: the search. Pure. Refuses: knowing what the items are, and reviews.

A missed item wants a day before everything that builds on it. Where such a day has no room, the item there that can
best wait is moved behind and looks for a day of its own, and so on. Only where no such item exists do dependents move.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Task:
    """An item to be placed; ``before`` are the keys that must not come after it.

    ``day`` is where it stands, None if it must be placed anew. ``fixed`` stands where it stands.
    """

    key: str
    minutes: int
    day: date | None
    before: frozenset[str]
    fixed: bool = False


class _NoRoom(Exception):
    """No day holds a task."""


def place(tasks: Sequence[Task], days: Sequence[date], room: Mapping[date, int]) -> Mapping[str, date] | None:
    """A day for every task, None where that is not possible.

    ``tasks`` are in an order in which every task comes after its ``before``; ``days`` are the days that may be used,
    in order, ``room`` their minutes. Tasks that are not fixed and have a day keep it wherever they can.
    """
    placing = _Placing(tasks, days, room)
    try:
        placing.run()
    except _NoRoom:
        return None
    return placing.day_of


class _Placing:
    def __init__(self, tasks: Sequence[Task], days: Sequence[date], room: Mapping[date, int]) -> None:
        self._tasks = {task.key: task for task in tasks}
        self._rank = {task.key: number for number, task in enumerate(tasks)}
        self._days = days
        self._left = {day: room[day] for day in days}
        self._after: dict[str, list[str]] = {task.key: [] for task in tasks}
        for task in tasks:
            for key in task.before & self._tasks.keys():
                self._after[key].append(task.key)
        self.day_of: dict[str, date] = {}
        self._on: dict[date, dict[str, None]] = {}
        self._moved: set[str] = set()
        self._steps = 50 * len(tasks) + 1000

    def run(self) -> None:
        for task in self._tasks.values():
            if task.day is not None and (task.fixed or self._left.get(task.day, -1) >= task.minutes):
                self._put(task, task.day)
        for task in self._tasks.values():
            if task.key not in self.day_of:
                self._insert(task)
        self._push_dependents()

    def _insert(self, task: Task) -> None:
        """Find the task a day, moving others if need be."""
        self._steps -= 1
        if self._steps < 0:
            raise _NoRoom
        self._moved.add(task.key)
        first, last = self._earliest(task), self._latest(task)
        day = next((day for day in self._between(first, last) if self._left[day] >= task.minutes), None)
        if day is not None:
            self._put(task, day)
            return
        swap = self._best_swap(task, first, last)
        if swap is not None:
            day, other = swap
            self._take(other)
            self._put(task, day)
            self._insert(other)
            return
        day = next((day for day in self._between(first, None) if self._left[day] >= task.minutes), None)
        if day is None:
            raise _NoRoom
        # Whatever builds on it is too early now; ``_push_dependents`` moves it behind.
        self._put(task, day)

    def _best_swap(self, task: Task, first: date | None, last: date | None) -> tuple[date, Task] | None:
        """A day, and the one task on it that makes room and can wait longest; of several, the one least too big."""
        best: tuple[tuple[date, int, int], date, Task] | None = None
        for day in self._between(first, last):
            for other in self._standing_on(day):
                if other.minutes + self._left[day] < task.minutes or not self._may_wait(other, task, day):
                    continue
                value = (self._latest(other) or date.max, -other.minutes, self._rank[other.key])
                if best is None or value > best[0]:
                    best = (value, day, other)
        return best and (best[1], best[2])

    def _may_wait(self, other: Task, task: Task, day: date) -> bool:
        if other.fixed or other.key in self._moved or self._rank[other.key] < self._rank[task.key]:
            return False
        latest = self._latest(other)
        return other.key not in self._all_after(task.key) and (latest is None or latest > day)

    def _push_dependents(self) -> None:
        """Move what stands before something it builds on; in order, so that one pass is enough."""
        for task in self._tasks.values():
            earliest = self._earliest(task)
            if earliest is None or self.day_of[task.key] >= earliest:
                continue
            if task.fixed:
                raise _NoRoom
            self._take(task)
            self._moved.add(task.key)
            day = next((day for day in self._between(earliest, None) if self._left[day] >= task.minutes), None)
            if day is None:
                raise _NoRoom
            self._put(task, day)

    def _earliest(self, task: Task) -> date | None:
        return max((self.day_of[key] for key in task.before if key in self.day_of), default=None)

    def _latest(self, task: Task) -> date | None:
        return min((self.day_of[key] for key in self._after[task.key] if key in self.day_of), default=None)

    def _all_after(self, key: str) -> set[str]:
        found: set[str] = set()
        stack = [key]
        while stack:
            for other in self._after[stack.pop()]:
                if other not in found:
                    found.add(other)
                    stack.append(other)
        return found

    def _between(self, first: date | None, last: date | None) -> Iterator[date]:
        return (day for day in self._days if (first is None or day >= first) and (last is None or day <= last))

    def _standing_on(self, day: date) -> list[Task]:
        return [self._tasks[key] for key in self._on.get(day, ())]

    def _put(self, task: Task, day: date) -> None:
        self.day_of[task.key] = day
        self._on.setdefault(day, {})[task.key] = None
        if day in self._left:
            self._left[day] -= task.minutes

    def _take(self, task: Task) -> None:
        day = self.day_of.pop(task.key)
        del self._on[day][task.key]
        if day in self._left:
            self._left[day] += task.minutes

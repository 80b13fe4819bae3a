"""To which days items move when some of them were missed: few moves, and what others build on first.

Owns: the search. Pure. Refuses: knowing what the items are, and reviews.

The days are filled one after another. An item that was missed is put in when something that builds on it is due, and
not before, unless there is time left over. Where a day then holds too much, the item goes that can wait longest: most
often the rest of a project, on which nothing builds. So a gap is closed by what can wait, and the days after it stay as
they are. What fits nowhere whole is cut into pieces. It is a greedy search; the tests measure it against the fewest
possible moves.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import inf

from assistant.planning.weekdays import SHORTEST_ITEM_MINUTES

_MOST_VISITS = 1_000_000
"""About a second. Counted in steps, not in seconds, so that a slow machine finds the same plan."""


@dataclass(frozen=True, slots=True)
class Task:
    """An item to be placed; ``before`` are the keys that must not come after it.

    ``day`` is where it stands, None if it must be placed anew. Items of one ``unit`` wait together.
    """

    key: str
    minutes: int
    day: date | None
    before: frozenset[str]
    unit: object


@dataclass(frozen=True, slots=True)
class Room:
    """A day that may be used: its ``minutes``, and how many more an item may take that fits on no day otherwise."""

    minutes: int
    reserve: int = 0


Pieces = tuple[tuple[date, int], ...]
"""Days with minutes, in order; almost always one."""


def place(tasks: Sequence[Task], days: Mapping[date, Room]) -> Mapping[str, Pieces] | None:
    """A day for every task, or several for one that fits only in pieces; None where that is not possible or
    the search gets long, because so much waits that hardly anything would stay where it is.

    ``tasks`` are in an order in which every task comes after its ``before``, ``days`` in the order of dates. Tasks
    that have a day keep it where that is not at the cost of others that cannot wait.
    """
    sweep = _Sweep(tasks, days)
    for day in days:
        sweep.fill(day)
        if sweep.visits > _MOST_VISITS:
            return None
    pieces: dict[str, Pieces] = {key: ((day, sweep.minutes[key]),) for key, day in sweep.day_of.items()}
    for task in sweep.waiting():
        cut = sweep.cut(task, pieces) or sweep.cut(task, pieces, with_reserve=True)
        if not cut:
            return None
        pieces[task.key] = cut
    return pieces


class _Sweep:
    """``day_of``: what is placed; ``pending``: what still needs a day; ``visits``: how often one task
    was looked at for another, which is what takes the time."""

    def __init__(self, tasks: Sequence[Task], days: Mapping[date, Room]) -> None:
        self.day_of: dict[str, date] = {}
        self.minutes = {task.key: task.minutes for task in tasks}
        self._days = days
        self._left = {day: room.minutes for day, room in days.items()}
        self._biggest = max((room.minutes for room in days.values()), default=0)
        self._rank = {task.key: number for number, task in enumerate(tasks)}
        self._standing: dict[date, list[Task]] = {}
        self._after: dict[str, list[Task]] = {task.key: [] for task in tasks}
        self._known = self._after.keys()
        self.pending: dict[str, Task] = {}
        self.visits = 0
        for task in tasks:
            for key in task.before & self._known:
                self._after[key].append(task)
            if task.day is not None and task.day in days:
                self._standing.setdefault(task.day, []).append(task)
            else:
                self.pending[task.key] = task

    def fill(self, day: date) -> None:
        """Choose what is done on this day; what stood here and is not chosen waits."""
        standing = self._standing.pop(day, [])
        # Needs are looked up before the day's own items are let go.
        needs = self._needs(self.pending.values(), standing, day)
        due = [task for task in self.pending.values() if needs[task.key] <= day.toordinal()]
        chosen = self._possible(sorted([*standing, *due], key=lambda task: self._rank[task.key]))
        chosen = self._shortened(chosen, standing, day)
        self._settle(chosen, standing, day)
        if self.pending:
            self._use_rest(chosen, day)

    def waiting(self) -> list[Task]:
        """What has no day yet, in study order; ``pending`` is in the order in which things were put off."""
        return sorted(self.pending.values(), key=lambda task: self._rank[task.key])

    def cut(self, task: Task, pieces: Mapping[str, Pieces], *, with_reserve: bool = False) -> Pieces:
        """Pieces of a task for the gaps that are left after all that it builds on; empty where they do not suffice."""
        reserve = {day: room.reserve if with_reserve else 0 for day, room in self._days.items()}
        earliest = max((pieces[key][-1][0] for key in task.before & pieces.keys()), default=date.min)
        cut: list[tuple[date, int]] = []
        rest = task.minutes
        for day, left in self._left.items():
            minutes = min(left + reserve[day], rest)
            if day < earliest or minutes < min(SHORTEST_ITEM_MINUTES, rest):
                continue
            if 0 < rest - minutes < SHORTEST_ITEM_MINUTES:
                minutes -= SHORTEST_ITEM_MINUTES - (rest - minutes)
            if minutes >= min(SHORTEST_ITEM_MINUTES, rest):
                cut.append((day, minutes))
                rest -= minutes
            if not rest:
                break
        for day, minutes in cut if not rest else ():
            self._left[day] -= minutes
        return () if rest else tuple(cut)

    def _possible(self, tasks: Iterable[Task]) -> list[Task]:
        """Those of the tasks, in study order, of which all that comes before is placed or among them."""
        possible: dict[str, Task] = {}
        for task in tasks:
            if all(key in self.day_of or key in possible for key in task.before & self._known):
                possible[task.key] = task
        return list(possible.values())

    def _shortened(self, chosen: list[Task], standing: Sequence[Task], day: date) -> list[Task]:
        """As many of the chosen as the day holds; those that can wait longest go, with what builds on them."""
        if self._fits(chosen, day):
            return chosen
        need = self._needs(chosen, standing, day, own_day=False)
        while chosen and not self._fits(chosen, day):
            over = sum(task.minutes for task in chosen) - self._days[day].minutes
            latest = max(need[task.key] for task in chosen)
            candidates = [task for task in chosen if need[task.key] == latest]
            enough = [task for task in candidates if task.minutes >= over]
            going = min(enough, key=lambda task: task.minutes) if enough else candidates[-1]
            chosen = self._possible(task for task in chosen if task is not going)
        return chosen

    def _settle(self, chosen: Sequence[Task], standing: Sequence[Task], day: date) -> None:
        for task in standing:
            self.pending[task.key] = task
        for task in chosen:
            self.pending.pop(task.key, None)
            self.day_of[task.key] = day
            self._left[day] -= task.minutes

    def _use_rest(self, chosen: list[Task], day: date) -> None:
        """Fill what is left of the day with what waits, the most needed first."""
        needs = self._needs(self.pending.values(), (), day)
        waiting = sorted(self.pending.values(), key=lambda task: (needs[task.key], self._rank[task.key]))
        for task in waiting:
            ready = all(key in self.day_of for key in task.before & self._known)
            if ready and self._fits([*chosen, task], day):
                chosen = [*chosen, task]
                self._settle([task], (), day)

    def _fits(self, tasks: Sequence[Task], day: date) -> bool:
        room = self._days[day]
        minutes = sum(task.minutes for task in tasks)
        # An item that is longer than any day's study takes some of the day's time for review.
        oversized = any(task.minutes > self._biggest for task in tasks)
        return minutes <= room.minutes + (room.reserve if oversized else 0)

    def _needs(
        self, tasks: Iterable[Task], standing: Sequence[Task], day: date, *, own_day: bool = True
    ) -> Mapping[str, float]:
        """For each task the day, as an ordinal, of the first standing item that builds on it; infinite if none does.

        Later items of its own unit wait with it, so only what builds on those counts. Without ``own_day`` the items of
        this day do not count. What waits is passed through, each once: hundreds of tasks may wait for years.
        """
        here = {task.key: day.toordinal() for task in standing}
        passed = dict(self.pending)
        if not own_day:
            passed |= {task.key: task for task in standing}
        # The first day beyond a task for what builds on it, and the same with its own unit's later items.
        need: dict[str, float] = {}
        beyond: dict[str, float] = {}
        every = {**passed, **{task.key: task for task in tasks}}
        for task in sorted(every.values(), key=lambda task: self._rank[task.key], reverse=True):
            nearest = nearest_with_unit = inf
            self.visits += len(self._after[task.key])
            for other in self._after[task.key]:
                key = other.key
                if key in self.day_of:
                    continue
                if key in passed:
                    found = beyond[key]
                elif key in here:
                    found = here[key]
                else:
                    found = other.day.toordinal() if other.day is not None else inf
                nearest_with_unit = min(nearest_with_unit, found)
                if other.unit == task.unit:
                    found = need.get(key, inf)
                nearest = min(nearest, found)
            need[task.key], beyond[task.key] = nearest, nearest_with_unit
        return need

"""On which day each topic is studied, and how its time is split into activities.

Owns: filling days in study order, splitting a topic's time, and numbering the parts.
Refuses: choosing topics (``scope``, ``dropping``), reviews (``reviews``), and explaining (``rationale``).

Days are filled without gaps, so the finish depends on nothing but the sum of the minutes and the days' caps. Crumbs are
avoided where that costs no day: by leaving time unused that would be over on the finishing day anyway, or by swapping
a few minutes of study with the review of the next day.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.planning.availability import Availability
from assistant.planning.plan import Activity
from assistant.planning.units import GRID_MINUTES, Unit
from assistant.planning.weekdays import SHORTEST_ITEM_MINUTES

_READ_PERCENT = 60
_SPLIT_LEEWAY_MINUTES = 10
"""How far the turn from reading to practising may move to avoid a crumb or a part."""


@dataclass(frozen=True, slots=True)
class Slot:
    """Minutes of one day."""

    date: date
    minutes: int


@dataclass(frozen=True, slots=True)
class Sitting:
    """Minutes of one day for one activity; ``part`` counts from 1 to ``parts`` within the activity."""

    date: date
    minutes: int
    activity: Activity
    part: int
    parts: int


@dataclass(frozen=True, slots=True)
class LaidOut:
    """The days of each duration, and by how many minutes each day's time for review differs from its usual share."""

    slots: Sequence[Sequence[Slot]]
    review_changes: Mapping[date, int]


def lay_out(durations: Sequence[int], availability: Availability) -> LaidOut:
    """Days for each duration (minutes), one after another from the start, no day above its cap.

    The last day used is ``availability.day_reaching(sum(durations))``.
    """
    total = sum(durations)
    spare = availability.minutes_until(availability.day_reaching(total)) - total
    filler = _DayFiller(availability, total, spare)
    return LaidOut([filler.take(minutes) for minutes in durations], filler.review_changes)


class _DayFiller:
    """Hands out the days' minutes in order; ``spare`` minutes may stay unused without finishing later."""

    def __init__(self, availability: Availability, total: int, spare: int) -> None:
        self.review_changes: dict[date, int] = {}
        self._availability = availability
        self._days = availability.days()
        self._following = next(self._days, None)
        self._to_come = total
        self._spare = spare
        self._day = availability.start
        self._left = 0

    def take(self, minutes: int) -> list[Slot]:
        slots: list[Slot] = []
        self._to_come -= minutes
        if minutes and 0 < self._left < SHORTEST_ITEM_MINUTES and (self._give_up(self._left) or self._put_off()):
            self._left = 0
        while minutes:
            if self._left <= 0:
                self._turn_page()
            chunk = min(self._left, minutes)
            self._left -= chunk
            chunk += self._brought_forward(chunk, minutes - chunk)
            chunk -= self._held_back(chunk, minutes - chunk)
            slots.append(Slot(self._day, chunk))
            minutes -= chunk
        return slots

    def _turn_page(self) -> None:
        if self._following is None:
            raise ValueError("more minutes than the calendar holds")
        self._day, study = self._following
        self._left = study - self.review_changes.get(self._day, 0)
        self._following = next(self._days, None)

    def _review(self, day: date) -> int:
        return self._availability.review(day) + self.review_changes.get(day, 0)

    def _swap(self, minutes: int) -> None:
        """Give today's review so many minutes of the next day's (less, if negative)."""
        if self._following is not None:
            for day, change in ((self._day, minutes), (self._following[0], -minutes)):
                self.review_changes[day] = self.review_changes.get(day, 0) + change

    def _put_off(self) -> bool:
        """Study the crumb that is left of today on the next day, and review more today instead."""
        if self._following is None or self._review(self._following[0]) < self._left or self._review(self._day) == 0:
            return False
        self._swap(self._left)
        return True

    def _brought_forward(self, chunk: int, rest: int) -> int:
        """Minutes of the next day to study today already, instead of a crumb of ``rest`` then; review more then."""
        # The very last minutes stay: the finish must be the day that the sums say.
        if not 0 < rest < SHORTEST_ITEM_MINUTES or not chunk or not self._to_come or self._following is None:
            return 0
        if self._review(self._day) < rest or self._following[1] < rest + SHORTEST_ITEM_MINUTES:
            return 0
        self._swap(-rest)
        return rest

    def _held_back(self, chunk: int, rest: int) -> int:
        """Minutes to move from today to the topic's last day, which would otherwise be a crumb of ``rest``."""
        short = SHORTEST_ITEM_MINUTES - rest
        worthwhile = 0 < rest < SHORTEST_ITEM_MINUTES <= chunk - short
        return short if worthwhile and self._give_up(short) else 0

    def _give_up(self, minutes: int) -> bool:
        if minutes > self._spare:
            return False
        self._spare -= minutes
        return True


def sittings_of(unit: Unit, slots: Sequence[Slot]) -> list[Sitting]:
    """The unit's time cut into sittings; a topic is read and practised, a quiz or project is of one piece."""
    if unit.activity is Activity.READ:
        return split_activities(slots, unit.spent)
    return _numbered([(unit.activity, slot) for slot in slots])


def split_activities(slots: Sequence[Slot], spent: int = 0) -> list[Sitting]:
    """Reading first, about 60 % of the time, then practising; their minutes add up to the slots' exactly.

    Minutes ``spent`` before count as reading done. The turn from one to the other is on the five-minute grid and
    moves by up to ten minutes where that leaves fewer crumbs or fewer parts. What is too short for two items is one.
    """
    total = sum(slot.minutes for slot in slots)
    ideal = (((total + spent) * _READ_PERCENT + 50 * GRID_MINUTES) // 100 - spent) // GRID_MINUTES * GRID_MINUTES
    if ideal <= 0 or total < 2 * SHORTEST_ITEM_MINUTES:
        activity = Activity.READ if ideal > 0 else Activity.PRACTISE
        return _numbered([(activity, slot) for slot in slots])
    turns = range(ideal - _SPLIT_LEEWAY_MINUTES, ideal + _SPLIT_LEEWAY_MINUTES + 1, GRID_MINUTES)
    possible = [turn for turn in turns if SHORTEST_ITEM_MINUTES <= turn <= total - SHORTEST_ITEM_MINUTES]
    cuts = {turn: _cut(slots, turn) for turn in possible}
    best = min(cuts, key=lambda turn: (_crumbs(cuts[turn]), len(cuts[turn]), abs(turn - ideal), turn))
    return _numbered(cuts[best])


def _cut(slots: Sequence[Slot], read_minutes: int) -> list[tuple[Activity, Slot]]:
    pieces: list[tuple[Activity, Slot]] = []
    for slot in slots:
        reading = min(slot.minutes, read_minutes)
        read_minutes -= reading
        if reading:
            pieces.append((Activity.READ, Slot(slot.date, reading)))
        if slot.minutes > reading:
            pieces.append((Activity.PRACTISE, Slot(slot.date, slot.minutes - reading)))
    return pieces


def _crumbs(pieces: Sequence[tuple[Activity, Slot]]) -> int:
    return sum(slot.minutes < SHORTEST_ITEM_MINUTES for _, slot in pieces)


def _numbered(pieces: Sequence[tuple[Activity, Slot]]) -> list[Sitting]:
    parts = {activity: sum(other is activity for other, _ in pieces) for activity in Activity}
    sittings: list[Sitting] = []
    counted = dict.fromkeys(Activity, 0)
    for activity, slot in pieces:
        counted[activity] += 1
        sittings.append(Sitting(slot.date, slot.minutes, activity, counted[activity], parts[activity]))
    return sittings

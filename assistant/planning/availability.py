"""How many minutes of study each day holds.

Owns: laying a week's minutes onto its days, and adding days up. Refuses: knowing topics.

Two promises, tested over random weeks, are what the planner's guarantees rest on: no day's cap shrinks when the week's
minutes grow, and a week's caps never add up to more than its minutes. Without the first, studying more could
finish later.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from assistant.errors import InvalidInput

SHORTEST_ITEM_MINUTES = 10
"""Less than this is a crumb: sitting down takes longer than what it brings."""
_STEP_MINUTES = 15
_DAYS = 7
_PREFERRED_WEEKDAYS = (1, 3, 5, 6, 0, 2, 4)
"""Tuesday, Thursday, Saturday, Sunday, Monday, Wednesday, Friday (Monday is 0): days of rest in between first."""


def minutes_by_weekday(minutes_per_week: int, session_minutes: int) -> tuple[int, ...]:
    """The cap of each weekday in minutes, Monday first.

    Preferred days fill up to a session one after another; a week with seven full sessions grows on all days in turn
    by a quarter of an hour. What is left for the last day is dropped if it would be a crumb.
    """
    caps = [0] * _DAYS
    left = minutes_per_week
    for weekday in _PREFERRED_WEEKDAYS:
        caps[weekday] = min(session_minutes, left)
        left -= caps[weekday]
        # The first day is kept however short it is: otherwise a tiny week would hold nothing at all.
        if caps[weekday] < SHORTEST_ITEM_MINUTES and weekday != _PREFERRED_WEEKDAYS[0]:
            caps[weekday] = 0
    rounds, rest = divmod(left, _STEP_MINUTES * _DAYS)
    for place, weekday in enumerate(_PREFERRED_WEEKDAYS):
        caps[weekday] += rounds * _STEP_MINUTES + min(_STEP_MINUTES, max(0, rest - place * _STEP_MINUTES))
    return tuple(caps)


@dataclass(frozen=True, slots=True)
class Availability:
    """The days of study from ``start`` on; ``weekday_minutes`` are the caps, Monday first, not all zero."""

    start: date
    weekday_minutes: tuple[int, ...]

    def cap(self, day: date) -> int:
        """Minutes of study that ``day`` holds, 0 before the start."""
        return self.weekday_minutes[day.weekday()] if day >= self.start else 0

    def minutes_until(self, last: date) -> int:
        """Minutes from the start to ``last`` inclusive."""
        weeks, days = divmod((last - self.start).days + 1, _DAYS)
        return weeks * sum(self.weekday_minutes) + sum(self._first_days()[:days])

    def day_reaching(self, minutes: int) -> date:
        """The first day by whose end this many minutes have passed; the start for 0.

        Raises:
            InvalidInput: that day is beyond the calendar's last year, 9999.
        """
        if minutes <= 0:
            return self.start
        weeks, rest = divmod(minutes - 1, sum(self.weekday_minutes))
        ordinal = self.start.toordinal() + weeks * _DAYS - 1
        for cap in self._first_days():
            ordinal += 1
            rest -= cap
            if rest < 0:
                break
        if ordinal > date.max.toordinal():
            raise InvalidInput("At this pace the plan would run past the year 9999; give it more time a week.")
        return date.fromordinal(ordinal)

    def days(self) -> Iterator[tuple[date, int]]:
        """Each day that holds any study, with its cap in minutes."""
        for ordinal in range(self.start.toordinal(), date.max.toordinal() + 1):
            day = date.fromordinal(ordinal)
            if self.cap(day):
                yield day, self.cap(day)

    def _first_days(self) -> tuple[int, ...]:
        first = self.start.weekday()
        return self.weekday_minutes[first:] + self.weekday_minutes[:first]

"""How many minutes of study and of review each day holds.

Owns: days off, exceptions, the share kept for review, and adding days up. Refuses: knowing topics, and laying a
week's minutes onto its days (``weekdays``).

The share kept for review is a function of the day's date and cap alone, and what is left for study never shrinks as
the cap grows; so more hours never mean less study by any date, whatever is reviewed.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import accumulate

from assistant.errors import InvalidInput
from assistant.planning.request import DAYS_PER_WEEK, PlanRequest
from assistant.planning.weekdays import week_of

SHORTEST_REVIEW_MINUTES = 3
_DAYS_BEFORE_REVIEWS = 3
"""Nothing is old enough to be reviewed earlier. Calendar days, because days of study come sooner with more hours."""
_LAST_ORDINAL = date.max.toordinal()


def review_minutes(cap: int, percent: int) -> int:
    """Minutes of a day's cap that are kept free of new study; none where they would be too few for a review.

    ``cap - review_minutes(cap)`` never shrinks as the cap grows. Just above the smallest cap with a review this takes
    one or two minutes that nothing can use: giving them to study would take them back from a longer day.
    """
    share = (cap * percent + 50) // 100
    if share < SHORTEST_REVIEW_MINUTES:
        return 0
    smallest_cap = -((50 - SHORTEST_REVIEW_MINUTES * 100) // percent)
    return cap - max(cap - share, smallest_cap - 1)


@dataclass(frozen=True)
class Availability:
    """The days from ``start`` on.

    ``weekday_minutes`` are the caps of the week, Monday first, not all zero; ``single_days`` the caps of days that
    differ from their weekday's. Sums and searches over years take microseconds.
    """

    start: date
    weekday_minutes: tuple[int, ...]
    single_days: Mapping[date, int]
    review_percent: int = 0

    def cap(self, day: date) -> int:
        """Minutes of study and review that ``day`` holds, 0 before the start."""
        if day < self.start:
            return 0
        return self.single_days.get(day, self.weekday_minutes[day.weekday()])

    def review(self, day: date) -> int:
        """Minutes of ``day`` kept for review."""
        if (day - self.start).days < _DAYS_BEFORE_REVIEWS:
            return 0
        return review_minutes(self.cap(day), self.review_percent)

    def study(self, day: date) -> int:
        """Minutes of ``day`` for new study."""
        return self.cap(day) - self.review(day)

    def minutes_until(self, last: date) -> int:
        """Minutes of study from the start to ``last`` inclusive."""
        return self._study.until(last.toordinal())

    def review_until(self, last: date) -> int:
        """Minutes kept for review from the start to ``last`` inclusive."""
        return self._caps.until(last.toordinal()) - self._study.until(last.toordinal())

    def cap_between(self, first: date, last: date) -> int:
        """Minutes of study and review from ``first`` to ``last``, both inclusive."""
        return self._caps.until(last.toordinal()) - self._caps.until(first.toordinal() - 1)

    def day_reaching(self, minutes: int) -> date:
        """The first day by whose end so many minutes of study have passed; the start for 0.

        Raises:
            InvalidInput: that day is beyond the calendar's last year, 9999.
        """
        if minutes <= 0:
            return self.start
        ordinals = range(self.start.toordinal(), _LAST_ORDINAL + 1)
        place = bisect_left(ordinals, minutes, key=self._study.until)
        if place == len(ordinals):
            raise InvalidInput("At this pace the plan would run past the year 9999; give it more time a week.")
        return date.fromordinal(ordinals[place])

    def days(self) -> Iterator[tuple[date, int]]:
        """Each day that holds any study, with its minutes for it."""
        for ordinal in range(self.start.toordinal(), _LAST_ORDINAL + 1):
            day = date.fromordinal(ordinal)
            minutes = self.study(day)
            if minutes:
                yield day, minutes

    @cached_property
    def _caps(self) -> _Sums:
        return _Sums.of(self.start, self.weekday_minutes, {day: self.cap(day) for day in self.single_days})

    @cached_property
    def _study(self) -> _Sums:
        week = tuple(cap - review_minutes(cap, self.review_percent) for cap in self.weekday_minutes)
        first = self.start.toordinal()
        early = range(first, min(first + _DAYS_BEFORE_REVIEWS, _LAST_ORDINAL + 1))
        special = {*self.single_days, *map(date.fromordinal, early)}
        return _Sums.of(self.start, week, {day: self.study(day) for day in special})


@dataclass(frozen=True, slots=True)
class _Sums:
    """Sums of minutes over a repeating week, corrected on single days."""

    first: int
    week: tuple[int, ...]
    special: tuple[int, ...]
    corrections: tuple[int, ...]

    @classmethod
    def of(cls, start: date, weekday_minutes: tuple[int, ...], single_days: Mapping[date, int]) -> _Sums:
        turn = start.weekday()
        days = sorted(day for day in single_days if day >= start)
        changes = (single_days[day] - weekday_minutes[day.weekday()] for day in days)
        return cls(
            first=start.toordinal(),
            week=(0, *accumulate(weekday_minutes[turn:] + weekday_minutes[:turn])),
            special=tuple(day.toordinal() for day in days),
            corrections=(0, *accumulate(changes)),
        )

    def until(self, ordinal: int) -> int:
        """Minutes from the first day to this one inclusive, 0 before the first."""
        if ordinal < self.first:
            return 0
        weeks, days = divmod(ordinal - self.first + 1, DAYS_PER_WEEK)
        return weeks * self.week[-1] + self.week[days] + self.corrections[bisect_right(self.special, ordinal)]


def availability_for(request: PlanRequest, minutes_per_week: int | None = None) -> Availability:
    """The request's days, at its own hours a week or at others."""
    single_days = dict(request.exceptions) | dict.fromkeys(request.days_off, 0)
    return Availability(request.start, week_of(request, minutes_per_week), single_days, request.review_percent)

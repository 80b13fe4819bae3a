"""What a learner asks of the planner.

Owns: the request and its limits. Refuses: resolving what was typed to topic ids (``Curriculum.resolve``) and
defaulting the start to today (the caller has the clock).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from assistant.errors import InvalidInput
from assistant.planning.wording import date_text

MAX_HOURS_PER_WEEK = 112
"""Sixteen hours on every day; more leaves no time to sleep."""
MAX_MINUTES_PER_WEEK = MAX_HOURS_PER_WEEK * 60
DAYS_PER_WEEK = 7
MAX_MINUTES_PER_DAY = MAX_MINUTES_PER_WEEK // DAYS_PER_WEEK
DEFAULT_SESSION_MINUTES = 90
DEFAULT_REVIEW_PERCENT = 17
DEFAULT_PACE_PERCENT = 100
_SESSION_LIMITS_MINUTES = (15, 960)
_REVIEW_LIMITS_PERCENT = (0, 50)
PACE_LIMITS_PERCENT = (25, 400)

_Key = TypeVar("_Key", str, date)


def weekly_minutes(hours_per_week: float) -> int:
    """Whole minutes for a number of hours a week, fractions allowed (6.5 gives 390).

    Raises:
        InvalidInput: not a number, not above 0, above 112, or less than half a minute.
    """
    if math.isnan(hours_per_week):
        raise InvalidInput("Hours a week must be a number, such as 6 or 7.5.")
    if hours_per_week <= 0:
        raise InvalidInput(f"Hours a week must be more than 0, not {hours_per_week:g}.")
    if hours_per_week > MAX_HOURS_PER_WEEK:
        raise InvalidInput(
            f"{hours_per_week:g} hours a week is more than anyone can study; the most is {MAX_HOURS_PER_WEEK}."
        )
    minutes = math.floor(hours_per_week * 60 + 0.5)
    if minutes == 0:
        raise InvalidInput(f"{hours_per_week:g} hours a week is less than a minute; give at least 0.1.")
    return minutes


@dataclass(frozen=True, slots=True)
class PlanRequest:
    """Hours, dates, goals and wishes; two requests that mean the same are equal.

    ``minutes_per_week`` is 1 to 6,720 (see ``weekly_minutes``). ``weekday_minutes`` are the learner's own days, Monday
    first, each at most 960, and add up to ``minutes_per_week``; without them the planner lays the week out, and a day
    gets up to ``session_minutes`` before another day is used. ``exceptions`` give single days other minutes than
    their weekday's, and nothing is studied on ``days_off`` whatever an exception says. ``deadline`` is the last day
    of study.

    ``targets``, ``known``, ``excluded`` and ``pinned`` are topic ids; no targets means the whole roadmap, and a pinned
    topic is wanted even if no target needs it. What hard-depends on an excluded topic is left out with it, unless the
    excluded topic is known. ``goal`` is the learner's own words, carried into the plan.

    ``review_percent`` (0 to 50) of every day is kept for review. ``pace_percent`` (25 to 400) is how long this learner
    takes relative to the estimates. ``projects`` plans the project of every module that is studied whole, except
    ``excluded_projects`` (module ids). ``done_minutes`` are minutes already spent on a topic id or on
    ``project:<module id>``; naming a project there plans what is left of it even if its topics are all known.

    Raises:
        InvalidInput: a value is outside its limits; the message is a sentence for the learner.
    """

    start: date
    minutes_per_week: int
    weekday_minutes: tuple[int, ...] = ()
    deadline: date | None = None
    goal: str = ""
    targets: tuple[str, ...] = ()
    known: frozenset[str] = frozenset()
    excluded: frozenset[str] = frozenset()
    pinned: frozenset[str] = frozenset()
    days_off: frozenset[date] = frozenset()
    exceptions: tuple[tuple[date, int], ...] = ()
    session_minutes: int = DEFAULT_SESSION_MINUTES
    review_percent: int = DEFAULT_REVIEW_PERCENT
    pace_percent: int = DEFAULT_PACE_PERCENT
    projects: bool = True
    excluded_projects: frozenset[str] = frozenset()
    done_minutes: tuple[tuple[str, int], ...] = ()

    def __post_init__(self) -> None:
        _check_week(self.minutes_per_week, self.weekday_minutes)
        _check_between("A session lasts", self.session_minutes, _SESSION_LIMITS_MINUTES, " minutes")
        _check_between("The share of time for review is", self.review_percent, _REVIEW_LIMITS_PERCENT, " %")
        _check_between("The pace is", self.pace_percent, PACE_LIMITS_PERCENT, " % of the estimates")
        if self.deadline is not None and self.deadline < self.start:
            raise InvalidInput(
                f"The deadline, {date_text(self.deadline)}, is before the start, {date_text(self.start)}; "
                "choose a later deadline or an earlier start."
            )
        both = sorted(self.pinned & self.excluded)
        if both:
            raise InvalidInput(f"{', '.join(map(repr, both))} cannot be both pinned and left out; choose one.")
        object.__setattr__(self, "exceptions", _sorted_once(self.exceptions, "day", date_text))
        object.__setattr__(self, "done_minutes", _sorted_once(self.done_minutes, "unit of work", repr))
        for day, minutes in self.exceptions:
            if not 0 <= minutes <= MAX_MINUTES_PER_DAY:
                raise InvalidInput(f"{date_text(day)} cannot hold {minutes} minutes; a day holds 0 to 960.")
        for key, minutes in self.done_minutes:
            if minutes < 0:
                raise InvalidInput(f"The minutes spent on {key!r} cannot be less than 0.")


def _check_week(minutes_per_week: int, weekday_minutes: tuple[int, ...]) -> None:
    if minutes_per_week <= 0:
        raise InvalidInput("Time a week must be more than 0 minutes.")
    if minutes_per_week > MAX_MINUTES_PER_WEEK:
        raise InvalidInput(f"The most a week can hold is {MAX_HOURS_PER_WEEK} hours of study.")
    if not weekday_minutes:
        return
    if len(weekday_minutes) != DAYS_PER_WEEK:
        raise InvalidInput("Give minutes for all seven days of the week, Monday first.")
    for minutes in weekday_minutes:
        if not 0 <= minutes <= MAX_MINUTES_PER_DAY:
            raise InvalidInput(f"A day of the week cannot hold {minutes} minutes; it holds 0 to {MAX_MINUTES_PER_DAY}.")
    if sum(weekday_minutes) != minutes_per_week:
        raise InvalidInput(
            f"The days of the week add up to {sum(weekday_minutes)} minutes, not to the week's {minutes_per_week}."
        )


def _check_between(subject: str, value: int, limits: tuple[int, int], unit: str) -> None:
    low, high = limits
    if not low <= value <= high:
        raise InvalidInput(f"{subject} {low} to {high}{unit}, not {value}.")


def _sorted_once(pairs: Iterable[tuple[_Key, int]], noun: str, name: object) -> tuple[tuple[_Key, int], ...]:
    result = tuple(sorted(pairs))
    repeated = [key for key, count in Counter(key for key, _ in result).items() if count > 1]
    if repeated:
        shown = name(repeated[0]) if callable(name) else repeated[0]
        raise InvalidInput(f"Minutes are given twice for the {noun} {shown}.")
    return result

"""What a learner asks of the planner.

Owns: the request and its limits. Refuses: resolving what was typed to topic ids (``Curriculum.resolve``) and
defaulting the start to today (the caller has the clock).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date

from assistant.errors import InvalidInput
from assistant.planning.wording import date_text

MAX_HOURS_PER_WEEK = 112
"""Sixteen hours on every day; more leaves no time to sleep."""
MAX_MINUTES_PER_WEEK = MAX_HOURS_PER_WEEK * 60
DEFAULT_SESSION_MINUTES = 90
_SESSION_LIMITS_MINUTES = (15, 960)


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
    """Hours, dates and goals.

    ``minutes_per_week`` is 1 to 6,720 (see ``weekly_minutes``). ``deadline`` is the last day of study. ``targets``
    and ``known`` are topic ids; no targets means the whole roadmap. ``goal`` is the learner's own words, carried
    into the plan. A day gets up to ``session_minutes`` before another day is used.

    Raises:
        InvalidInput: a value is outside its limits; the message is a sentence for the learner.
    """

    start: date
    minutes_per_week: int
    deadline: date | None = None
    targets: tuple[str, ...] = ()
    known: frozenset[str] = frozenset()
    goal: str = ""
    session_minutes: int = DEFAULT_SESSION_MINUTES

    def __post_init__(self) -> None:
        if self.minutes_per_week <= 0:
            raise InvalidInput("Time a week must be more than 0 minutes.")
        if self.minutes_per_week > MAX_MINUTES_PER_WEEK:
            raise InvalidInput(f"The most a week can hold is {MAX_HOURS_PER_WEEK} hours of study.")
        shortest, longest = _SESSION_LIMITS_MINUTES
        if not shortest <= self.session_minutes <= longest:
            raise InvalidInput(f"A session lasts {shortest} to {longest} minutes, not {self.session_minutes}.")
        if self.deadline is not None and self.deadline < self.start:
            raise InvalidInput(
                f"The deadline, {date_text(self.deadline)}, is before the start, {date_text(self.start)}; "
                "choose a later deadline or an earlier start."
            )

"""What a learner's sentence says about the plan they want, with the words each part came from.

Owns: the value objects. Refuses: reading text, and judging values (``assistant.wishes.checks``).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Part(StrEnum):
    """The parts of a form; the values are the names of ``PlanRequest``'s fields where it has one."""

    HOURS = "minutes_per_week"
    SESSION = "session_minutes"
    START = "start"
    DEADLINE = "deadline"
    DAYS_OFF = "days_off"
    KNOWN = "known"
    EXCLUDED = "excluded"
    PINNED = "pinned"
    GOAL = "goal"


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of the learner's text: ``text[start:end]`` and these words."""

    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class Reading:
    """One thing that was understood: which part of the form, from which words, and what they were read as."""

    part: Part
    span: Span
    meaning: str


@dataclass(frozen=True, slots=True)
class Wishes:
    """A form filled from free text; what was not said is None or empty.

    ``weekday_minutes`` is () or the minutes of Monday to Sunday; ``minutes_per_week`` is then their sum.
    ``free_weekdays`` are days without study, Monday 0. ``start`` is the first and ``deadline`` the last day of study.
    ``days_off`` are sorted, topic ids in the roadmap's order. ``ready_goal`` is the id of a ready-made goal that the
    goal names, or empty. ``not_understood`` are pieces that said something nobody could use; ``notes`` are sentences
    on what was guessed or refused. ``reader`` is "grammar" or the model's name.
    """

    text: str
    minutes_per_week: int | None = None
    weekday_minutes: tuple[int, ...] = ()
    free_weekdays: tuple[int, ...] = ()
    session_minutes: int | None = None
    start: date | None = None
    deadline: date | None = None
    days_off: tuple[date, ...] = ()
    known: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    pinned: tuple[str, ...] = ()
    goal: str = ""
    ready_goal: str = ""
    readings: tuple[Reading, ...] = ()
    not_understood: tuple[Span, ...] = ()
    notes: tuple[str, ...] = ()
    reader: str = "grammar"

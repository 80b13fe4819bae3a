"""Requests for plans, in a learner's words or as options, and what must be true of the plan.

Owns: the shape of ``cases/plans.jsonl``, and the request that a case's options make. Refuses: judging plans
(``evals.plans.suite``, ``evals.plans.lint``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from enum import StrEnum
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, StringConstraints, model_validator

from assistant.curriculum import Curriculum
from assistant.errors import InvalidInput
from assistant.planning import PlanRequest, weekly_minutes
from assistant.ready_goals import ReadyGoal
from evals.cases import Case

Reference = Annotated[str, StringConstraints(min_length=1)]
"""A topic id, a module id, a module number, or ``goal:<id of a ready-made goal>``."""
Days = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d\d-\d\d(\.\.\d{4}-\d\d-\d\d)?$")]
"""A day, or the first and the last of several: ``2026-12-24`` or ``2026-12-24..2027-01-02``."""
GOAL_PREFIX = "goal:"


class PlanKind(StrEnum):
    """What a request is there to try."""

    WHOLE = "whole"
    ROLE = "role"
    PART = "part"
    TIGHT = "tight"
    IMPOSSIBLE = "impossible"
    DAYS_OFF = "days_off"
    HOURS = "hours"
    KNOWN = "known"
    EXCLUDED = "excluded"
    PINNED = "pinned"
    CALENDAR = "calendar"
    ERROR = "error"


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class OtherDay(_Part):
    """Minutes of one day that differ from its weekday's."""

    date: date
    minutes: int


class Options(_Part):
    """A request field by field; ``hours_per_week`` or ``weekday_minutes`` is needed, the rest as in ``PlanRequest``."""

    hours_per_week: float | None = None
    weekday_minutes: tuple[int, ...] = ()
    start: date
    deadline: date | None = None
    targets: tuple[Reference, ...] = ()
    known: tuple[Reference, ...] = ()
    excluded: tuple[Reference, ...] = ()
    pinned: tuple[Reference, ...] = ()
    days_off: tuple[Days, ...] = ()
    exceptions: tuple[OtherDay, ...] = ()
    session_minutes: int | None = None
    review_percent: int | None = None
    pace_percent: int | None = None
    projects: bool = True


class Reading(_Part):
    """What each field of the form must be read as; a field that is not given was not said.

    ``goal`` is compared by its stems. ``lost`` are words that must be among what was not understood.
    """

    minutes_per_week: int | None = None
    weekday_minutes: tuple[int, ...] = ()
    free_weekdays: tuple[int, ...] = ()
    session_minutes: int | None = None
    start: date | None = None
    deadline: date | None = None
    days_off: tuple[Days, ...] = ()
    known: tuple[Reference, ...] = ()
    excluded: tuple[Reference, ...] = ()
    pinned: tuple[Reference, ...] = ()
    goal: str = ""
    ready_goal: str = ""
    lost: tuple[str, ...] = ()


class Expected(_Part):
    """What must be true of the plan; what is not given is not asked.

    ``error`` are words of the sentence with which the request must be refused. ``holds`` must be studied, ``lacks``
    must not be in the plan at all, ``reported`` must be left out with a reason. ``finish_by`` and ``finish_from`` bound
    the finish, both inclusive. ``nothing_to_do``: the plan must be empty.
    """

    error: str = ""
    feasible: bool | None = None
    holds: tuple[Reference, ...] = ()
    lacks: tuple[Reference, ...] = ()
    reported: tuple[Reference, ...] = ()
    finish_by: date | None = None
    finish_from: date | None = None
    nothing_to_do: bool = False

    @model_validator(mode="after")
    def _asks_something(self) -> Self:
        if not self.model_fields_set:
            raise ValueError("a case expects something")
        if self.error and self.model_fields_set != {"error"}:
            raise ValueError("a request that is refused has no plan to expect anything of")
        return self


class PlanCase(Case):
    """One request. ``text`` is read on ``today``, and ``goal_topics`` are what its goal stands for, so that no index
    is needed; matching goals to topics is measured elsewhere.
    """

    kind: PlanKind
    text: str = ""
    today: date | None = None
    goal_topics: tuple[Reference, ...] = ()
    reads: Reading | None = None
    options: Options | None = None
    expected: Expected

    @model_validator(mode="after")
    def _is_said_in_one_way(self) -> Self:
        if bool(self.text) == (self.options is not None):
            raise ValueError("a request is either a text or options")
        if bool(self.text) != (self.today is not None) or bool(self.text) != (self.reads is not None):
            raise ValueError("a text, and only a text, has a day on which it is read and what it is read as")
        return self


def topics_of(curriculum: Curriculum, goals: Sequence[ReadyGoal], references: Iterable[str]) -> frozenset[str]:
    """The topic ids that references name.

    Raises:
        InvalidInput: nothing has that name.
    """
    by_id = {f"{GOAL_PREFIX}{goal.id}": goal.topics for goal in goals}
    return frozenset(
        topic for name in references for topic in (by_id[name] if name in by_id else curriculum.resolve(name))
    )


def days_of(ranges: Iterable[str]) -> frozenset[date]:
    """Every day of the ranges."""
    return frozenset(day for text in ranges for day in _days(*map(date.fromisoformat, text.split(".."))))


def _days(first: date, last: date | None = None) -> Iterator[date]:
    for step in range(((last or first) - first).days + 1):
        yield first + timedelta(days=step)


def request_of_options(options: Options, curriculum: Curriculum, goals: Sequence[ReadyGoal]) -> PlanRequest:
    """The request that these options make.

    Raises:
        InvalidInput: they make none; the message is a sentence for the learner.
    """
    if options.hours_per_week is None and not options.weekday_minutes:
        raise InvalidInput("Say how many hours a week, or how many minutes on each weekday.")
    hours = options.hours_per_week
    names = ("session_minutes", "review_percent", "pace_percent")
    given: dict[str, Any] = {name: getattr(options, name) for name in names if getattr(options, name) is not None}
    targets = topics_of(curriculum, goals, options.targets)
    return PlanRequest(
        start=options.start,
        minutes_per_week=sum(options.weekday_minutes) if hours is None else weekly_minutes(hours),
        weekday_minutes=options.weekday_minutes,
        deadline=options.deadline,
        targets=tuple(topic for topic in curriculum.topics if topic in targets),
        known=topics_of(curriculum, goals, options.known),
        excluded=topics_of(curriculum, goals, options.excluded),
        pinned=topics_of(curriculum, goals, options.pinned),
        days_off=days_of(options.days_off),
        exceptions=tuple((one.date, one.minutes) for one in options.exceptions),
        projects=options.projects,
        **given,
    )

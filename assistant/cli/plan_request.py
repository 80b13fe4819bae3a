"""The options of ``study plan`` and what they ask of the planner.

Owns: reading options into a ``PlanRequest``. Refuses: making the plan.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Annotated

import typer

from assistant.cli.completing import complete_references
from assistant.curriculum import Curriculum
from assistant.domain import Level
from assistant.errors import InvalidInput
from assistant.planning import PlanRequest, WayOut, weekly_minutes

_DATE = ["%Y-%m-%d"]
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_RANGE = re.compile(r"(\d{4}-\d{2}-\d{2})(?:\.\.(\d{4}-\d{2}-\d{2}))?")
_LONGEST_RANGE_DAYS = 400

_REFERENCES = "Topic ids, module ids or numbers, or levels, separated by commas"
HoursPerWeek = Annotated[
    float | None, typer.Option("--hours-per-week", help="Time to study, for example 6 or 7.5.", show_default=False)
]
Weekdays = Annotated[
    list[str] | None,
    typer.Option("--on", metavar="DAY=MIN", help="Minutes on a weekday, such as sat=180; once for each day."),
]
Start = Annotated[datetime | None, typer.Option("--start", formats=_DATE, help="First day; today by default.")]
Deadline = Annotated[datetime | None, typer.Option("--deadline", formats=_DATE, help="Last day.")]
Goal = Annotated[str, typer.Option("--goal", help="What to be able to do, in your words; the whole roadmap if empty.")]
Role = Annotated[str, typer.Option("--role", metavar="NAME", help="A ready-made goal; `study goals` lists them.")]
Topics = Annotated[
    str,
    typer.Option("--topics", metavar="ID,...", help=f"{_REFERENCES}, to aim at.", autocompletion=complete_references),
]
Known = Annotated[
    str,
    typer.Option(
        "--known", metavar="ID,...", help=f"{_REFERENCES}, that you know already.", autocompletion=complete_references
    ),
]
Without = Annotated[
    str,
    typer.Option(
        "--without", metavar="ID,...", help=f"{_REFERENCES}, to leave out.", autocompletion=complete_references
    ),
]
Pinned = Annotated[
    str,
    typer.Option(
        "--pin", metavar="ID,...", help=f"{_REFERENCES}, to keep and study first.", autocompletion=complete_references
    ),
]
DaysOff = Annotated[
    list[str] | None,
    typer.Option("--off", metavar="DATE[..DATE]", help="A day, or a range of days, without study; may be repeated."),
]
Session = Annotated[int, typer.Option("--session", metavar="MIN", help="A day gets up to this before another is used.")]
Review = Annotated[int, typer.Option("--review", metavar="PERCENT", help="Share of every day that is kept for review.")]
Pace = Annotated[int, typer.Option("--pace", metavar="PERCENT", help="How long you take, relative to the estimates.")]
Projects = Annotated[bool, typer.Option("--projects/--no-projects", help="Plan the modules' projects, too.")]
TakeWayOut = Annotated[
    WayOut | None, typer.Option("--way-out", help="Take this way out where the plan does not fit its deadline.")
]


def topics_of(curriculum: Curriculum, references: str) -> frozenset[str]:
    """The topic ids behind a comma-separated list of references.

    Raises:
        InvalidInput: one of them names nothing in the roadmap.
    """
    each = [reference.strip() for reference in references.split(",") if reference.strip()]
    return frozenset(topic for reference in each for topic in _topics(curriculum, reference))


def _topics(curriculum: Curriculum, reference: str) -> tuple[str, ...]:
    if reference.lower() in list(Level):
        return tuple(topic.id for topic in curriculum.topics.values() if topic.level == reference.lower())
    return curriculum.resolve(reference)


def days_off(values: Sequence[str]) -> frozenset[date]:
    """The days in texts such as ``2026-12-24`` and ``2026-12-24..2026-12-31``.

    Raises:
        InvalidInput: one is neither, or is longer than 400 days.
    """
    days: set[date] = set()
    for value in values:
        found = _RANGE.fullmatch(value.strip())
        try:
            first, last = map(date.fromisoformat, (found[1], found[2] or found[1]) if found else ())
        except ValueError:
            first, last = date.max, date.min
        if not 0 <= (last - first).days <= _LONGEST_RANGE_DAYS:
            raise InvalidInput(f"{value!r} is no day off. Write 2026-12-24, or 2026-12-24..2026-12-31 for a range.")
        days.update(map(date.fromordinal, range(first.toordinal(), last.toordinal() + 1)))
    return frozenset(days)


def weekday_minutes(values: Sequence[str]) -> tuple[int, ...]:
    """Minutes of each weekday, Monday first, from texts such as ``sat=180``; empty without any.

    Raises:
        InvalidInput: one is not of that form.
    """
    if not values:
        return ()
    minutes = dict.fromkeys(_WEEKDAYS, 0)
    for value in values:
        day, _, amount = value.lower().partition("=")
        if day.strip()[:3] not in minutes or not amount.strip().isdecimal():
            raise InvalidInput(f"{value!r} is no weekday with minutes. Write mon=60 or sat=180.")
        minutes[day.strip()[:3]] = int(amount)
    return tuple(minutes.values())


def with_week(request: PlanRequest, hours: float | None, on: Sequence[str]) -> PlanRequest:
    """The request with another week, where one was given.

    Raises:
        InvalidInput: both are given and do not agree, or a value cannot be used.
    """
    days = weekday_minutes(on)
    if days:
        if hours is not None and weekly_minutes(hours) != sum(days):
            raise InvalidInput("The minutes of --on do not add up to --hours-per-week; give one of the two.")
        return replace(request, minutes_per_week=sum(days), weekday_minutes=days)
    if hours is not None:
        return replace(request, minutes_per_week=weekly_minutes(hours), weekday_minutes=())
    return request

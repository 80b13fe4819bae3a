"""What no form may say, whoever filled it: the same checks for the grammar and for a model.

Owns: limits of hours and dates, and subjects that stand in two lists. A value that fails is taken out, its words are
handed back as not understood, and a note says why. Refuses: reading text.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from assistant.wishes.amounts import spoken
from assistant.wishes.form import Part, Wishes
from assistant.wishes.subjects import Subjects

MOST_MINUTES_A_DAY = 24 * 60
MOST_MINUTES_A_WEEK = 7 * MOST_MINUTES_A_DAY
LEAST_SESSION_MINUTES, MOST_SESSION_MINUTES = 5, 480
LONGEST_DAYS = 3660
"""About ten years: a deadline beyond them is a slip."""


def checked(wishes: Wishes, today: date, subjects: Subjects) -> Wishes:
    """The form without what fails, with its lists in the roadmap's order and its notes once each."""
    wishes = _hours(wishes)
    wishes = _dates(wishes, today)
    wishes = _lists(wishes, subjects)
    return replace(wishes, notes=tuple(dict.fromkeys(wishes.notes)))


def _without(wishes: Wishes, part: Part, note: str, **changes: object) -> Wishes:
    """The form with a part taken back."""
    gone = tuple(reading.span for reading in wishes.readings if reading.part is part)
    return replace(
        wishes,
        readings=tuple(reading for reading in wishes.readings if reading.part is not part),
        not_understood=tuple(sorted({*wishes.not_understood, *gone}, key=lambda span: span.start)),
        notes=(*wishes.notes, note),
        **changes,  # type: ignore[arg-type]
    )


def _hours(wishes: Wishes) -> Wishes:
    if wishes.weekday_minutes:
        week = tuple(0 if day in wishes.free_weekdays else each for day, each in enumerate(wishes.weekday_minutes))
        wishes = replace(wishes, weekday_minutes=week)
    total = sum(wishes.weekday_minutes) if wishes.weekday_minutes else wishes.minutes_per_week
    if total is not None:
        problem = ""
        if total <= 0:
            problem = "No time at all leaves nothing to plan with."
        elif total > MOST_MINUTES_A_WEEK or max(wishes.weekday_minutes, default=0) > MOST_MINUTES_A_DAY:
            problem = f"{spoken(total)} a week is more than there is."
        if problem:
            wishes = _without(wishes, Part.HOURS, problem, minutes_per_week=None, weekday_minutes=())
        else:
            wishes = replace(wishes, minutes_per_week=total)
    session = wishes.session_minutes
    if session is not None and not LEAST_SESSION_MINUTES <= session <= MOST_SESSION_MINUTES:
        note = f"A session lasts {LEAST_SESSION_MINUTES} min to {spoken(MOST_SESSION_MINUTES)}, not {spoken(session)}."
        wishes = _without(wishes, Part.SESSION, note, session_minutes=None)
    if len(set(wishes.free_weekdays)) == 7:  # noqa: PLR2004 - days of a week
        wishes = _without(
            wishes, Part.DAYS_OFF, "Every day of the week off leaves none.", free_weekdays=(), days_off=()
        )
    return wishes


def _dates(wishes: Wishes, today: date) -> Wishes:
    latest = today + timedelta(days=LONGEST_DAYS)
    if wishes.start is not None and not today <= wishes.start <= latest:
        note = f"The first day {wishes.start.isoformat()} {_outside(wishes.start, today)}."
        wishes = _without(wishes, Part.START, note, start=None)
    if wishes.deadline is not None and not today <= wishes.deadline <= latest:
        note = f"The last day {wishes.deadline.isoformat()} {_outside(wishes.deadline, today)}."
        wishes = _without(wishes, Part.DEADLINE, note, deadline=None)
    if wishes.start and wishes.deadline and wishes.deadline < wishes.start:
        note = f"The last day {wishes.deadline.isoformat()} comes before the first, {wishes.start.isoformat()}."
        wishes = _without(wishes, Part.DEADLINE, note, deadline=None)
    return replace(wishes, days_off=tuple(sorted(day for day in set(wishes.days_off) if day >= today)))


def _outside(day: date, today: date) -> str:
    return "lies in the past" if day < today else "is more than ten years away"


def _lists(wishes: Wishes, subjects: Subjects) -> Wishes:
    known, pinned = set(wishes.known), set(wishes.pinned)
    excluded = set(wishes.excluded)
    notes = []
    if both := excluded & pinned:
        notes.append(f"{subjects.said(both)}: named as a must and as left out; kept as a must.")
        excluded -= both
    if both := known & pinned:
        notes.append(f"{subjects.said(both)}: named as known and as a must; planned as a must.")
        known -= both
    if both := known & excluded:
        notes.append(f"{subjects.said(both)}: named as known and as left out; taken as known.")
        excluded -= both
    return replace(
        wishes,
        known=subjects.ordered(known),
        excluded=subjects.ordered(excluded),
        pinned=subjects.ordered(pinned),
        notes=(*wishes.notes, *notes),
    )

"""Free text to a form without a model: the order in which the parts are read.

Owns: that order, and putting the parts together. Refuses: the parts (``hours``, ``when``, ``lists``, ``rest``).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from assistant.ready_goals import ReadyGoal, named_goal
from assistant.wishes.checks import checked
from assistant.wishes.form import Part, Reading, Span, Wishes
from assistant.wishes.hours import read_time
from assistant.wishes.lists import read_lists
from assistant.wishes.rest import read_rest
from assistant.wishes.subjects import Subjects
from assistant.wishes.unread import Unread
from assistant.wishes.when import read_days_off, read_limits

MOST_CHARS = 2_000


def read_wishes(text: str, today: date, subjects: Subjects, goals: Sequence[ReadyGoal] = ()) -> Wishes:
    """The form that the text fills; every piece that says something is in a reading or in ``not_understood``.

    Days off go first, so that "not on Fridays" is no day of study; the goal is what is left at the end. Of a text
    longer than ``MOST_CHARS`` the beginning is read, and a note says so.
    """
    unread = Unread(text[:MOST_CHARS])
    when = read_days_off(unread, today)
    time = read_time(unread)
    read_limits(unread, when)
    lists = read_lists(unread, subjects)
    goal, not_understood = read_rest(unread, subjects, goals)
    said = ", ".join(piece.words for piece in goal)
    named = named_goal(goals, said) or named_goal(goals, text)
    notes = [*when.notes, *time.notes, *lists.notes]
    if len(text) > MOST_CHARS:
        notes.append(f"Only the first {MOST_CHARS} characters were read.")
    readings = [*when.readings, *time.readings, *lists.readings]
    readings += [Reading(Part.GOAL, piece, piece.words) for piece in goal]
    wishes = Wishes(
        text=text,
        minutes_per_week=time.per_week,
        weekday_minutes=time.week,
        free_weekdays=tuple(sorted(when.free_weekdays)),
        session_minutes=time.session,
        start=when.start,
        deadline=when.deadline,
        days_off=tuple(sorted(when.days_off)),
        known=tuple(lists.topics[Part.KNOWN]),
        excluded=tuple(lists.topics[Part.EXCLUDED]),
        pinned=tuple(lists.topics[Part.PINNED]),
        goal=said,
        ready_goal=named.id if named else "",
        readings=tuple(sorted(readings, key=lambda reading: (reading.span.start, reading.part))),
        not_understood=_in_order([*when.lost, *time.lost, *lists.lost, *not_understood]),
        notes=tuple(notes),
    )
    return checked(wishes, today, subjects)


def _in_order(spans: Sequence[Span]) -> tuple[Span, ...]:
    return tuple(sorted(set(spans), key=lambda span: (span.start, span.end)))

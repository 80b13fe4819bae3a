"""The filled form for people, and as the fields of a plan's request.

Owns: the lines of the form and the meaning of a free weekday in a calendar. Refuses: planning.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from assistant.ready_goals import ReadyGoal
from assistant.wishes.amounts import spoken
from assistant.wishes.form import Wishes
from assistant.wishes.hours import WEEKDAY_NAMES
from assistant.wishes.subjects import Subjects

_HORIZON_DAYS = 730
"""How far free weekdays are laid out where no last day is known."""


def wishes_text(wishes: Wishes, subjects: Subjects, goals: Iterable[ReadyGoal] = ()) -> str:
    """The form, one line for each part that was understood, then what was not, then the notes."""
    titles = {goal.id: goal.title for goal in goals}
    goal = wishes.goal
    if wishes.ready_goal:
        goal = f"{goal} (ready-made: {titles.get(wishes.ready_goal, wishes.ready_goal)})".strip()
    lines = [
        ("Time", _time(wishes)),
        ("Session", spoken(wishes.session_minutes) if wishes.session_minutes else ""),
        ("First day", _day(wishes.start)),
        ("Last day", _day(wishes.deadline)),
        ("Days off", _days_off(wishes)),
        ("Known", subjects.said(wishes.known)),
        ("Left out", subjects.said(wishes.excluded)),
        ("A must", subjects.said(wishes.pinned)),
        ("Goal", goal),
        ("Not understood", "; ".join(f"“{span.words}”" for span in wishes.not_understood)),
        *(("Note", note) for note in wishes.notes),
    ]
    return "\n".join(f"{name}: {value}" for name, value in lines if value)


def _time(wishes: Wishes) -> str:
    if wishes.minutes_per_week is None:
        return ""
    total = f"{spoken(wishes.minutes_per_week)} a week"
    named = zip(WEEKDAY_NAMES, wishes.weekday_minutes, strict=False)
    days = ", ".join(f"{name} {spoken(each)}" for name, each in named if each)
    return f"{total} ({days})" if days else total


def _day(day: date | None) -> str:
    return f"{day.isoformat()} ({WEEKDAY_NAMES[day.weekday()]})" if day else ""


def _days_off(wishes: Wishes) -> str:
    parts = [f"every {WEEKDAY_NAMES[day]}" for day in wishes.free_weekdays]
    for first, last in _runs(wishes.days_off):
        parts.append(first.isoformat() if first == last else f"{first.isoformat()} to {last.isoformat()}")
    return ", ".join(parts)


def _runs(days: Iterable[date]) -> list[tuple[date, date]]:
    """Sorted days as stretches without a gap."""
    runs: list[tuple[date, date]] = []
    for day in days:
        if runs and day - runs[-1][1] == timedelta(days=1):
            runs[-1] = (runs[-1][0], day)
        else:
            runs.append((day, day))
    return runs


def request_fields(wishes: Wishes, today: date) -> dict[str, object]:
    """What the form says, under the names of ``PlanRequest``'s fields; a part that was not said is left out.

    ``start`` is always there, ``today`` where none was named. ``targets`` are not: a ready-made goal has its topics,
    any other goal is matched by ``assistant.goals``. A free weekday becomes days off, up to the last day or for two
    years, unless the minutes of each weekday are known and already leave it out.
    """
    start = wishes.start or today
    fields: dict[str, object] = {"start": start, "goal": wishes.goal}
    days_off = set(wishes.days_off)
    if wishes.free_weekdays and not wishes.weekday_minutes:
        last = wishes.deadline or start + timedelta(days=_HORIZON_DAYS)
        every = (start + timedelta(days=step) for step in range((last - start).days + 1))
        days_off |= {day for day in every if day.weekday() in wishes.free_weekdays}
    optional = {
        "minutes_per_week": wishes.minutes_per_week,
        "weekday_minutes": wishes.weekday_minutes,
        "deadline": wishes.deadline,
        "session_minutes": wishes.session_minutes,
        "known": frozenset(wishes.known),
        "excluded": frozenset(wishes.excluded),
        "pinned": frozenset(wishes.pinned),
        "days_off": frozenset(days_off),
    }
    return fields | {name: value for name, value in optional.items() if value}

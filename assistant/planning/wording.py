"""Dates, durations and counts as a learner reads them.

Owns: their wording, in English whatever the machine's locale. Refuses: whole sentences (``verdict``, ``rationale``).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def day_text(day: date) -> str:
    """A day within a known year: ``Tue 1 December``."""
    return f"{_WEEKDAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]}"


def date_text(day: date) -> str:
    """A full date: ``1 December 2026``."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def short_date_text(day: date) -> str:
    """A full date where there is little room: ``1 Dec 2026``."""
    return f"{day.day} {_MONTHS[day.month - 1][:3]} {day.year}"


def duration_text(minutes: int) -> str:
    """An exact duration: ``45 min``, ``6 h``, ``10.5 h`` or ``10 h 25 min``."""
    hours, rest = divmod(minutes, 60)
    if hours == 0 and rest:
        return f"{rest} min"
    if rest == 0:
        return f"{hours} h"
    return f"{hours}.5 h" if rest == 30 else f"{hours} h {rest} min"  # noqa: PLR2004 - half of the 60 above


def count_text(number: int, noun: str) -> str:
    """A number with its noun in the right form: ``1 topic``, ``1,195 topics``."""
    return f"{number} {noun}" if number == 1 else f"{number:,} {noun}s"


def list_text(names: Sequence[str]) -> str:
    """Names in one phrase: ``a``, ``a and b``, ``a, b and c``."""
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))

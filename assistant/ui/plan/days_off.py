"""Days off as a learner types them.

Owns: reading and writing one day or range on a line. Pure. Refuses: what follows from a day off
(``assistant.planning.availability``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from assistant.errors import InvalidInput

_RANGE = re.compile(r"(\d{4}-\d{2}-\d{2})(?:\s*(?:to|until|–|—|\.\.|\s-\s)\s*(\d{4}-\d{2}-\d{2}))?")
_MOST_DAYS = 366


def days_of(text: str) -> frozenset[date]:
    """The days of a text with one day, or a first and a last day, on each line or between commas.

    Raises:
        InvalidInput: a piece is no day, a range runs backwards or is longer than a year.
    """
    pieces = (piece.strip() for piece in re.split(r"[\n,;]", text))
    return frozenset(day for piece in pieces if piece for day in _days(piece))


def text_of(days: Iterable[date]) -> str:
    """The days, with those that follow each other as one range, one on each line."""
    return "\n".join(
        str(first) if first == last else f"{first} to {last}" for first, last in _ranges(sorted(set(days)))
    )


def _days(piece: str) -> Iterator[date]:
    match = _RANGE.fullmatch(piece)
    try:
        first = date.fromisoformat(match[1] if match else piece)
        last = date.fromisoformat(match[2]) if match and match[2] else first
    except ValueError:
        raise InvalidInput(f"“{piece}” is no day. Write 2026-12-24, or 2026-12-24 to 2027-01-02.") from None
    length = (last - first).days
    if length < 0:
        raise InvalidInput(f"“{piece}” ends before it begins. Put the first day first.")
    if length > _MOST_DAYS:
        raise InvalidInput(f"“{piece}” is longer than a year. Start the plan later instead.")
    yield from (first + timedelta(days=number) for number in range(length + 1))


def _ranges(days: list[date]) -> Iterator[tuple[date, date]]:
    start = 0
    for place, day in enumerate(days):
        if place + 1 == len(days) or days[place + 1] - day > timedelta(days=1):
            yield days[start], day
            start = place + 1

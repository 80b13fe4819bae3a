"""A log of answers, written short.

Owns: the first day of these tests, and answers counted from it.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from assistant.practice_store import Confidence, PracticeAnswer

DAY = date(2026, 11, 2)


def on(days: int) -> date:
    return DAY + timedelta(days=days)


def answer(
    key: str = "k",
    days: int = 0,
    *,
    right: bool = True,
    sure: Confidence | None = Confidence.THINK_SO,
    topic: str = "t",
    at: time = time(20),
    seconds: int | None = None,
) -> PracticeAnswer:
    """The answer to ``key`` so many days after ``DAY``; ids are not needed here."""
    return PracticeAnswer(topic, key, right, datetime.combine(on(days), at, UTC), sure, seconds)


def utc_day(moment: datetime) -> date:
    return moment.date()

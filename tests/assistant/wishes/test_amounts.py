from __future__ import annotations

import re

import pytest

from assistant.wishes.amounts import AMOUNT, minutes, spoken


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("6h", 360),
        ("6 hrs", 360),
        ("six hours", 360),
        ("1.5 hours", 90),
        ("1,5 h", 90),
        ("45 min", 45),
        ("45m", 45),
        ("an hour", 60),
        ("half an hour", 30),
        ("a quarter of an hour", 15),
        ("an hour and a half", 90),
        ("two and a half hours", 150),
        ("1h30", 90),
        ("1h 30min", 90),
        ("1 hour and 15 minutes", 75),
        ("1:30 h", 90),
        ("forty-five minutes", 45),
        ("a couple of hours", 120),
        ("30-minute", 30),
        ("0 hours", 0),
    ],
)
def test_durations(text: str, expected: int) -> None:
    assert re.fullmatch(AMOUNT, text, re.IGNORECASE)
    assert minutes(text) == expected


@pytest.mark.parametrize("text", ["6", "6 months", "march", "hours", "6 weeks"])
def test_no_durations(text: str) -> None:
    assert re.fullmatch(AMOUNT, text, re.IGNORECASE) is None


def test_spoken() -> None:
    assert [spoken(each) for each in (0, 45, 60, 90)] == ["0 min", "45 min", "1 h", "1 h 30 min"]

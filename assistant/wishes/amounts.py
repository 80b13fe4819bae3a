"""Numbers and durations in words and figures.

Owns: what "six", "1.5 h", "half an hour" and "1h30" come to. Pure. Refuses: what the time is meant for.
"""

from __future__ import annotations

import re

_WORDS = (
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
)
_NUMBERS = {word: number for number, word in enumerate(_WORDS)} | {
    "a": 1,
    "an": 1,
    "a couple of": 2,
    "twenty-five": 25,
    "thirty": 30,
    "forty": 40,
    "forty-five": 45,
    "fifty": 50,
    "sixty": 60,
    "ninety": 90,
}
_NUMBER_WORDS = "|".join(sorted((re.escape(word) for word in _NUMBERS), key=len, reverse=True))

NUMBER = rf"(?:\d+(?:[.,]\d+)?|(?:{_NUMBER_WORDS})\b)"
"""A number in figures or words; "a" and "an" count as one."""
_HOUR = r"(?:hours?|hrs?|h)\b"
_MINUTE = r"(?:minutes?|mins?|m)\b"
AMOUNT = (
    rf"(?:half an? hour|(?:an? )?quarter of an hour|three quarters of an hour|an hour and a half|"
    rf"{NUMBER} and a half hours?|\d+:\d\d ?{_HOUR}|\d+ ?h ?\d\d?\b(?: ?{_MINUTE})?|"
    rf"{NUMBER}[ -]?{_HOUR}(?:(?: and)? {NUMBER} ?{_MINUTE})?|{NUMBER}[ -]?{_MINUTE})"
)
"""A duration in hours or minutes, as a pattern without groups; match it without regard to case."""

_PHRASES = {
    "half an hour": 30,
    "half a hour": 30,
    "quarter of an hour": 15,
    "a quarter of an hour": 15,
    "three quarters of an hour": 45,
    "an hour and a half": 90,
}
_CLOCK = re.compile(rf"(\d+)(?: ?h ?|:)(\d\d?)(?: ?(?:{_HOUR}|{_MINUTE}))?")
_AND_A_HALF = re.compile(rf"({NUMBER}) and a half hours?")
_PARTS = re.compile(rf"({NUMBER})[ -]?(?:({_HOUR})|{_MINUTE})")


def number(text: str) -> float:
    """The value of what ``NUMBER`` matches."""
    low = " ".join(text.lower().split())
    return float(_NUMBERS[low]) if low in _NUMBERS else float(low.replace(",", "."))


def minutes(text: str) -> int:
    """The minutes, rounded, of what ``AMOUNT`` matches."""
    low = " ".join(text.lower().split())
    if low in _PHRASES:
        return _PHRASES[low]
    if match := _CLOCK.fullmatch(low):
        return int(match[1]) * 60 + int(match[2])
    if match := _AND_A_HALF.fullmatch(low):
        return round(number(match[1]) * 60 + 30)
    return round(sum(number(part[1]) * (60 if part[2] else 1) for part in _PARTS.finditer(low)))


def spoken(minutes_: int) -> str:
    """The duration for people: "45 min", "6 h", "1 h 30 min"."""
    hours, rest = divmod(minutes_, 60)
    return " ".join(
        part for part in (f"{hours} h" if hours else "", f"{rest} min" if rest or not hours else "") if part
    )

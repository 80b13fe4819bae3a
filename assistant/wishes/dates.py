"""Dates in words: "1 March 2027", "in 8 weeks", "end of Q1", "20 to 27 December", "before Christmas".

Owns: which days an expression means, seen from a given day and never before it. Pure, and no clock: ``today`` is an
argument. Refuses: whether the days are a start, a deadline or days off.

Of dateparser 1.5, which was tried instead: it reads "March" as the 27th when today is one, "6h a week" as a date,
"01/03/2027" without a word about its two readings, and neither "end of March", "Q1" nor Christmas.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from assistant.wishes.amounts import NUMBER, number

MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
MONTHS |= {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
DAYS = {name.lower(): number for number, name in enumerate(calendar.day_name)}
DAYS |= {"mon": 0, "tue": 1, "tues": 1, "wed": 2, "thu": 3, "thur": 3, "thurs": 3, "fri": 4, "sat": 5, "sun": 6}
_FEASTS = {
    "christmas eve": (12, 24),
    "christmas": (12, 25),
    "xmas": (12, 25),
    "boxing day": (12, 26),
    "new year's eve": (12, 31),
    "new year's day": (1, 1),
    "new year": (1, 1),
    "valentine's day": (2, 14),
    "halloween": (10, 31),
}
_SEASONS = {"summer": 6, "autumn": 9, "winter": 12}
"""The month that each begins with; spring is a framework, and to fall a verb, more often than a date here."""


def _any_of(names: object) -> str:
    return "|".join(sorted(map(re.escape, names), key=len, reverse=True))  # type: ignore[call-overload]


MONTH = rf"(?:{_any_of(MONTHS)})\b\.?"
DAY_NAME = rf"(?:{_any_of(DAYS)})\b"
_DAY = r"(?:[0-3]?\d)(?:st|nd|rd|th)?\b"
_YEAR = r"(?:20\d\d)\b"
_UNIT = r"(?:days?|weeks?|months?|years?)\b"
_FEAST = rf"(?:{_any_of(_FEASTS)}|easter)\b"
_SEASON = rf"(?:{_any_of(_SEASONS)})\b"
_WHOLE = rf"(?:{MONTH}(?: {_YEAR})?|Q[1-4]\b(?: {_YEAR})?|(?:this|next|the)? ?(?:year|month|week)\b|{_YEAR})"
DATE = (
    rf"(?:20\d\d-\d\d?-\d\d?\b|\d\d?[./]\d\d?[./]20\d\d\b"
    rf"|(?:{DAY_NAME},? )?(?:the )?{_DAY}(?: of)? {MONTH}(?:,? {_YEAR})?|{MONTH} (?:the )?{_DAY}(?![:\d])(?:,? "
    rf"{_YEAR})?"
    rf"|(?:the )?(?:very )?(?:end|start|beginning|middle) of (?:the )?{_WHOLE}|(?:mid|early|late)[ -]{_WHOLE}"
    rf"|the day after tomorrow|tomorrow|today|now\b|{NUMBER} {_UNIT}(?:'? time| from now)?"
    rf"|(?:next |this |coming |the )?{_FEAST}(?: {_YEAR})?|(?:next |this |coming |the )?{_SEASON}(?: {_YEAR})?"
    rf"|(?:next |this |coming )?{DAY_NAME}|next (?:year|month|week)\b|this (?:year|month|week)\b"
    rf"|Q[1-4]\b(?: {_YEAR})?|(?:next |this |coming )?{MONTH}(?: {_YEAR})?)"
)
"""Any expression that ``read_days`` reads, as a pattern without groups; match it without regard to case."""
DAY_RANGE = (
    rf"(?:(?:the )?{_DAY} ?(?:-|to|till|until|through|and) ?(?:the )?{_DAY}(?: of)? {MONTH}(?:,? {_YEAR})?"
    rf"|{MONTH} {_DAY} ?(?:-|to|till|until|through|and) ?{_DAY}(?:,? {_YEAR})?"
    rf"|{DATE} ?(?:-|to|till|until|through) ?{DATE})"
)
"""Two days with everything between them, as a pattern without groups."""


@dataclass(frozen=True, slots=True)
class Days:
    """The days from ``first`` to ``last``; ``note`` is a sentence where there was another way to read them."""

    first: date
    last: date
    note: str = ""


_UNDER_WAY_DAYS = 60
"""A range that began this long ago may still be meant, as long as it has not ended."""


class NoSuchDay(Exception):
    """The words look like a day that no calendar has, or that lies before today; the text is a sentence on it."""


def read_days(text: str, today: date) -> Days:
    """The days that what ``DATE`` matches stands for; without a year, the next ones from ``today`` on.

    Raises:
        NoSuchDay: it is not in the calendar, or is over.
    """
    low = " ".join(text.lower().split())
    for pattern, read in _FORMS:
        if match := re.fullmatch(pattern, low, re.IGNORECASE):
            try:
                return _not_over(read(match, today), today, text)
            except (ValueError, OverflowError):
                break
    raise NoSuchDay(f"“{text}” is no day of the calendar.")


def read_range(text: str, today: date) -> Days:
    """The days that what ``DAY_RANGE`` matches stands for, both ends included.

    Raises:
        NoSuchDay: an end is not in the calendar, or is over.
    """
    low = " ".join(text.lower().split())
    joint = r" ?(?:-|to|till|until|through|and) ?"
    if match := re.fullmatch(rf"(?:the )?({_DAY}){joint}((?:the )?{_DAY}(?: of)? ({MONTH}(?:,? {_YEAR})?))", low):
        first, last = f"{match[1]} {match[3]}", match[2]
    elif match := re.fullmatch(rf"(({MONTH}) {_DAY}){joint}({_DAY})((?:,? {_YEAR})?)", low):
        first, last = f"{match[1]}{match[4]}", f"{match[2]} {match[3]}{match[4]}"
    elif match := re.fullmatch(rf"({DATE}){joint}({DATE})", low, re.IGNORECASE):
        first, last = match[1], match[2]
    else:
        raise NoSuchDay(f"“{text}” is no range of days.")
    return _between(first, last, today)


def _between(first: str, last: str, today: date) -> Days:
    """The next such range, or one that is under way."""
    start, end = read_days(first, today), read_days(last, today)
    if start.first > end.last:
        before = read_days(first, today - timedelta(days=_UNDER_WAY_DAYS))
        if before.first <= today and re.search(MONTH, first):
            start = before
        else:
            end = read_days(last, start.first)
    return Days(start.first, end.last, start.note or end.note)


def _not_over(days: Days, today: date, text: str) -> Days:
    if days.last < today:
        raise NoSuchDay(f"“{text}” lies in the past ({days.last.isoformat()}).")
    return days


def _next(today: date, year: str | None, make: Callable[[int], Days]) -> Days:
    """The days in the given year, or in the first year in which they are not over."""
    if year:
        return make(int(year))
    for candidate in range(today.year, today.year + 9):
        try:
            days = make(candidate)
        except ValueError:  # 29 February
            continue
        if days.last >= today:
            return days
    raise ValueError("no such day")


def _one(day: date) -> Days:
    return Days(day, day)


def _ordinal(text: str) -> int:
    return int(re.sub(r"\D", "", text))


def _month_number(text: str) -> int:
    return MONTHS[text.rstrip(".")]


def _month(year: int, month: int) -> Days:
    return Days(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]))


def _iso(match: re.Match[str], _today: date) -> Days:
    return _one(date(int(match[1]), int(match[2]), int(match[3])))


def _slashed(match: re.Match[str], today: date) -> Days:
    first, second, year = int(match[1]), int(match[2]), int(match[3])
    pairs = ((first, second), (second, first))
    readings = [date(year, month, day) for day, month in pairs if _fits(year, month, day)]
    ahead = [day for day in readings if day >= today] or readings
    if not ahead:
        raise ValueError("no such day")
    other = ahead[1:] and ahead[1] != ahead[0]
    note = f"“{match[0]}” was read as {_said(ahead[0])}, not {_said(ahead[1])}." if other else ""
    return Days(ahead[0], ahead[0], note)


def _fits(year: int, month: int, day: int) -> bool:
    return month in MONTHS.values() and 1 <= day <= calendar.monthrange(year, month)[1]


def _said(day: date) -> str:
    return f"{day.day} {calendar.month_name[day.month]} {day.year}"


def _day_month(match: re.Match[str], today: date) -> Days:
    day = _next(today, match[4], lambda year: _one(date(year, _month_number(match[3]), _ordinal(match[2])))).first
    if match[1] and DAYS[match[1]] != day.weekday():
        return Days(day, day, f"{_said(day)} is a {calendar.day_name[day.weekday()]}, not a {match[1].capitalize()}.")
    return _one(day)


def _month_day(match: re.Match[str], today: date) -> Days:
    return _next(today, match[3], lambda year: _one(date(year, _month_number(match[1]), _ordinal(match[2]))))


def _part_of(match: re.Match[str], today: date) -> Days:
    which, whole = match[1], _whole(match[2], today)
    span = (whole.last - whole.first).days + 1
    if which == "end":
        return _one(whole.last)
    if which in {"start", "beginning"}:
        # Of a month that has begun, the start of the next such month is meant.
        if whole.first < today and match[2].split()[0] in MONTHS and not re.search(_YEAR, match[2]):
            return _one(whole.first.replace(year=whole.first.year + 1))
        return _one(whole.first)
    third = span // 3
    # Early and late mean the end of that third: whoever names one needs the days before it.
    offset = {"early": third - 1, "late": span - 1}.get(which, span // 2 - 1)
    day = whole.first + timedelta(days=offset)
    return Days(day, day, f"“{match[0]}” was read as {_said(day)}.")


def _whole(text: str, today: date) -> Days:
    low = text.removeprefix("the ").removeprefix("this ").removeprefix("coming ").strip()
    later = low.startswith("next ")
    low = low.removeprefix("next ")
    if low == "week":
        monday = today + timedelta(days=7 * later - today.weekday())
        return Days(monday, monday + timedelta(days=6))
    if low == "month":
        first = _plus_months(today.replace(day=1), int(later))
        return _month(first.year, first.month)
    if low == "year" or re.fullmatch(_YEAR, low):
        year = today.year + later if low == "year" else int(low)
        return Days(date(year, 1, 1), date(year, 12, 31))
    name, _, year_text = low.partition(" ")
    if name.startswith("q") and name[1:].isdigit():
        quarter = int(name[1:])
        return _next(
            today,
            year_text or None,
            lambda year: Days(_month(year, 3 * quarter - 2).first, _month(year, 3 * quarter).last),
        )
    return _next(today, year_text or None, lambda year: _month(year, _month_number(name)))


def _plain_whole(match: re.Match[str], today: date) -> Days:
    return _whole(match[0], today)


def _plus_months(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _ahead(match: re.Match[str], today: date) -> Days:
    count, unit = number(match[1]), match[2].rstrip("s")
    if unit in {"day", "week"}:
        return _one(today + timedelta(days=round(count * (7 if unit == "week" else 1))))
    return _one(_plus_months(today, round(count * (12 if unit == "year" else 1))))


def _feast(match: re.Match[str], today: date) -> Days:
    if match[1] == "easter":
        return _next(today, match[2], lambda year: _one(_easter(year)))
    month, day = _FEASTS[match[1]]
    return _next(today, match[2], lambda year: _one(date(year, month, day)))


def _season(match: re.Match[str], today: date) -> Days:
    """The three months of a season on the northern half of the earth."""

    def of(year: int) -> Days:
        first = date(year, _SEASONS[match[1]], 1)
        return Days(first, _plus_months(first, 3) - timedelta(days=1))

    return _next(today, match[2], of)


def _easter(year: int) -> date:
    """Western Easter Sunday, by the Gregorian computus."""
    century, golden = year // 100, year % 19
    epact = (century - century // 4 - (8 * century + 13) // 25 + 19 * golden + 15) % 30
    epact -= (epact // 28) * (1 - (29 // (epact + 1)) * ((21 - golden) // 11))
    weekday = (year + year // 4 + epact + 2 - century + century // 4) % 7
    offset = epact - weekday
    month = 3 + (offset + 40) // 44
    return date(year, month, offset + 28 - 31 * (month // 4))


def _weekday(match: re.Match[str], today: date) -> Days:
    """The next such day, today included; "next Monday" is never today."""
    ahead = (DAYS[match[2]] - today.weekday()) % 7
    return _one(today + timedelta(days=ahead or 7 * ((match[1] or "").strip() == "next")))


def _near(match: re.Match[str], today: date) -> Days:
    return _one(today + timedelta(days={"tomorrow": 1, "the day after tomorrow": 2}.get(match[0], 0)))


_FORMS: tuple[tuple[str, Callable[[re.Match[str], date], Days]], ...] = (
    (r"(20\d\d)-(\d\d?)-(\d\d?)", _iso),
    (r"(\d\d?)[./](\d\d?)[./](20\d\d)", _slashed),
    (rf"(?:({DAY_NAME}),? )?(?:the )?({_DAY})(?: of)? ({MONTH})(?:,? ({_YEAR}))?", _day_month),
    (rf"({MONTH}) (?:the )?({_DAY})(?:,? ({_YEAR}))?", _month_day),
    (rf"(?:the )?(?:very )?(end|start|beginning|middle) of (?:the )?({_WHOLE})", _part_of),
    (rf"(mid|early|late)[ -]({_WHOLE})", _part_of),
    (r"the day after tomorrow|tomorrow|today|now", _near),
    (rf"({NUMBER}) ({_UNIT})(?:'? time| from now)?", _ahead),
    (rf"(?:next |this |coming |the )?({_FEAST})(?: ({_YEAR}))?", _feast),
    (rf"(?:next |this |coming |the )?({_SEASON})(?: ({_YEAR}))?", _season),
    (rf"(next |this |coming )?({DAY_NAME})", _weekday),
    (rf"(?:(?:next |this |coming )?{MONTH}(?: {_YEAR})?|{_WHOLE})", _plain_whole),
)

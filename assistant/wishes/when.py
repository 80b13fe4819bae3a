"""When study happens: the first day, the last day, and days off.

Owns: the words that make a date one of the three. Refuses: the dates themselves (``assistant.wishes.dates``).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

from assistant.wishes.amounts import NUMBER
from assistant.wishes.dates import DATE, DAY_NAME, DAY_RANGE, Days, NoSuchDay, read_days, read_range
from assistant.wishes.form import Part, Reading, Span
from assistant.wishes.hours import DAY_LIST, WEEKDAY_NAMES, weekdays_of
from assistant.wishes.unread import TAKEN, Unread

_I = re.IGNORECASE
_ONE_DAY = timedelta(days=1)
_LONGEST_LEAVE_DAYS = 366
_SPAN = rf"(?:between {DATE} and {DATE}|{DAY_RANGE})"
_DATES = rf"{DATE}(?:(?:, | and |, and | or ){DATE})*"
_OFF = (
    r"(?:days? off|off|away|out of office|on (?:holidays?|vacation|leave)|holidays?|vacation|travell?ing|busy|"
    r"unavailable|"
    r"not available|no (?:study|studying|learning|work|time)|(?:can't|cannot|can not|won't|don't|do not|not)"
    r"(?: (?:study|learn|work|do anything))?|except|excluding|never|no|without|but not|skip)"
)
_AWAY = re.compile(
    rf"\b(?:but |and )?(?:(?:i'm|i am|i'll be|i will be|i|be|with|taking|take|have|having) )?(?:a )?{_OFF}:? "
    rf"(?:(?:from|on|during|over|for|in)(?: the)? |the )?(?:({_SPAN})|({DAY_LIST})(?! \d)|({_DATES}))",
    _I,
)
_DAYS_ARE_OFF = re.compile(
    rf"\b(?:(?:i'm|i am|with|have|on|every|from|the) )?(?:({_SPAN})|({DAY_LIST})|({_DATES})) (?:is |are |as "
    rf")?(?:a )?(?:off|free|days? off|holidays?)\b",
    _I,
)
_WINDOW = re.compile(rf"\b(?:from |between |starting )({DATE}) ?(?:-|to|till|until|through|and|up to) ({DATE})", _I)
_START = re.compile(
    rf"\b(?:(?:i )?(?:can |could |will |want to |would like to |to )?(?:start|begin)(?:ing|s)?|from|as of|as "
    rf"from|commencing|not before|beginning)"
    rf"(?: (?:on|in|at|from|with))? ({DATE})(?: on(?:wards?)?)?\b",
    _I,
)
_AFTER = re.compile(rf"\b(?:(?:start|begin)(?:ing|s)? )?after ({DATE})", _I)
_LIMIT = (
    r"(?:(?:i )?(?:want to |need to |must |have to |should )?(?:be )?(?:finish(?:ed)?|done|ready|"
    r"complete[d]?)(?: it| this| everything)? )?"
)
_UNTIL = re.compile(
    rf"\b{_LIMIT}(?:until|till|til|by|no later than|not later than|(?:the )?deadline(?: is| of|:)?(?: on| in)?|"
    rf"due(?: on| by| in)?) ({DATE})",
    _I,
)
_THROUGH = re.compile(rf"\b{_LIMIT}(?:through|up to and including) ({DATE})", _I)
_BEFORE = re.compile(rf"\b{_LIMIT}before ({DATE})", _I)
_WITHIN = re.compile(
    rf"\b{_LIMIT}(?:in|within|over|during|for)(?: about| around)?(?: the next| the coming)? "
    rf"({NUMBER} (?:days?|weeks?|months?|years?)\b(?:'? time)?)",
    _I,
)
_LEFT = re.compile(
    rf"\b(?:(?:i have|i've got|there are|with) ({NUMBER} (?:days|weeks?|months?|years?)\b)(?: left| time| to "
    rf"go)?|({NUMBER} (?:days|weeks|months?)) left\b)",
    _I,
)
_ALONE = re.compile(rf"(?:^|[,;.!?{TAKEN}]) *((?!today|now\b|{DAY_NAME}){DATE}) *(?=$|[,;.!?{TAKEN}])", _I)
_NO_DATE = re.compile(rf"\b(?:until|till|no later than|(?:the )?deadline(?: is|:)?) [^,;.!?{TAKEN}]+", _I)
_EVENT = re.compile(
    rf"\b(?:interview|exam|examination|test|certification|presentation|job|role|assessment)s? ((?:is |starts? |"
    rf"begins? )?(?:on |in )({DATE}))",
    _I,
)


@dataclass(slots=True)
class When:
    """What was said about days; see ``Wishes`` for the fields."""

    today: date
    start: date | None = None
    deadline: date | None = None
    days_off: set[date] = field(default_factory=set)
    free_weekdays: set[int] = field(default_factory=set)
    readings: list[Reading] = field(default_factory=list)
    lost: list[Span] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def read_days_off(unread: Unread, today: date) -> When:
    """Take the days off; this comes before the hours, so that "not on Fridays" is not read as a day of study."""
    when = When(today)
    for pattern in (_DAYS_ARE_OFF, _AWAY):
        for match in unread.find(pattern):
            _off(unread.take(*match.span()), match, when)
    return when


def read_limits(unread: Unread, when: When) -> None:
    """Take the first and the last day."""
    for match in unread.find(_WINDOW):
        _window(unread.take(*match.span()), match, when)
    _each(unread, _AFTER, when, lambda days, span: _set_start(days.last + _ONE_DAY, span, when))
    _each(unread, _START, when, lambda days, span: _set_start(_within_today(days, when), span, when))
    _each(unread, _BEFORE, when, lambda days, span: _set_deadline(days.first - _ONE_DAY, span, when))
    _each(unread, _THROUGH, when, lambda days, span: _set_deadline(days.last, span, when))
    for match in unread.find(_EVENT):
        span = unread.take(*match.span(1))
        if days := _days(match[2], span, when, read_days):
            relative = re.match(rf"(?:is )?in {NUMBER} ", match[1], _I)
            _set_deadline(_end(days, span, when) - (timedelta() if relative else _ONE_DAY), span, when)
    _each(unread, _UNTIL, when, lambda days, span: _set_deadline(_end(days, span, when), span, when))
    _each(unread, _WITHIN, when, lambda days, span: _set_deadline(days.last, span, when))
    _each(unread, _LEFT, when, lambda days, span: _set_deadline(days.last, span, when))
    for match in unread.find(_ALONE):
        span = unread.take(*match.span(1))
        if days := _days(match[1], span, when, read_days):
            _set_deadline(_end(days, span, when), span, when)
    for match in unread.find(_NO_DATE):
        span = unread.take(*match.span())
        _lose(span, when, f"“{span.words}” names no day that can be found in a calendar.")


def _each(unread: Unread, pattern: re.Pattern[str], when: When, use: Callable[[Days, Span], None]) -> None:
    for match in unread.find(pattern):
        span = unread.take(*match.span())
        if days := _days(next(group for group in match.groups() if group), span, when, read_days):
            use(days, span)


def _days(text: str, span: Span, when: When, read: Callable[[str, date], Days]) -> Days | None:
    try:
        days = read(text, when.today)
    except NoSuchDay as problem:
        when.lost.append(span)
        when.notes.append(str(problem))
        return None
    if days.note:
        when.notes.append(days.note)
    return days


def _window(span: Span, match: re.Match[str], when: When) -> None:
    """ "From Monday until March": the end is the next one from the beginning on."""
    if begin := _days(match[1], span, when, read_days):
        start = _within_today(begin, when)
        if end := _days(match[2], span, when, lambda text, _today: read_days(text, start)):
            _set_start(start, span, when)
            _set_deadline(_end(end, span, when, start), span, when)


def _within_today(days: Days, when: When) -> date:
    return max(days.first, when.today)


def _end(days: Days, span: Span, when: When, start: date | None = None) -> date:
    """The last day that a deadline in these days means: the first of them, if it still lies ahead of the start."""
    if days.first == days.last:
        return days.last
    day = days.first if days.first > (start or when.today) else days.last
    when.notes.append(f"“{span.words}” names no day; {day.isoformat()} was taken.")
    return day


def _set_start(day: date, span: Span, when: When) -> None:
    if when.start is not None:
        _lose(span, when, f"Two first days were named; {when.start.isoformat()} stays.")
        return
    when.start = day
    when.readings.append(Reading(Part.START, span, f"from {day.isoformat()}"))


def _set_deadline(day: date, span: Span, when: When) -> None:
    if day < when.today:
        _lose(span, when, f"“{span.words}” leaves no day of study.")
        return
    if when.deadline is not None and when.deadline != day:
        _lose(span, when, f"Two last days were named; {when.deadline.isoformat()} stays.")
        return
    when.deadline = day
    when.readings.append(Reading(Part.DEADLINE, span, f"until {day.isoformat()}"))


def _lose(span: Span, when: When, note: str) -> None:
    when.lost.append(span)
    when.notes.append(note)


def _off(span: Span, match: re.Match[str], when: When) -> None:
    span_text, weekdays, dates = match.groups()
    if weekdays:
        days = weekdays_of(weekdays)
        when.free_weekdays.update(days)
        names = ", ".join(WEEKDAY_NAMES[day] for day in days)
        when.readings.append(Reading(Part.DAYS_OFF, span, f"never on {names}"))
        if re.fullmatch(DAY_NAME, weekdays, _I) and not weekdays.lower().endswith("s"):
            when.notes.append(f"“{span.words}” was read as every {weekdays.capitalize()}.")
        return
    if span_text:
        text = re.sub(rf"^between ({DATE}) and", r"\1 to", span_text, flags=_I)
        found = [_days(text, span, when, read_range)]
    else:
        found = [_days(text, span, when, read_days) for text in re.split(r", and |, | and | or ", dates)]
    for piece in filter(None, found):
        _add_leave(piece, span, when)


def _add_leave(days: Days, span: Span, when: When) -> None:
    length = (days.last - days.first).days + 1
    if length > _LONGEST_LEAVE_DAYS:
        _lose(span, when, f"“{span.words}” would be more than a year off.")
        return
    when.days_off.update(days.first + timedelta(days=step) for step in range(length))
    said = days.first.isoformat() + (f" to {days.last.isoformat()}" if length > 1 else "")
    when.readings.append(Reading(Part.DAYS_OFF, span, f"off {said}"))

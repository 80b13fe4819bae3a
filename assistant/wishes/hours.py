"""How much time there is: hours a week, minutes on each day of the week, the length of a session.

Owns: reading them. Refuses: dates (``assistant.wishes.when``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from assistant.wishes.amounts import AMOUNT, NUMBER, minutes, number, spoken
from assistant.wishes.dates import DAY_NAME, DAYS
from assistant.wishes.form import Part, Reading, Span
from assistant.wishes.unread import Unread

_I = re.IGNORECASE
_WEEKEND = (5, 6)
WEEKDAY_NAMES = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_DAYS_PLURAL = rf"(?:{DAY_NAME[:-2]}s?\b)"
_GROUPS = r"(?:week ?days?|work(?:ing)? ?days?|week ?ends?)\b"
_ONE_DAY = rf"(?:{_GROUPS}|{_DAYS_PLURAL})"
_AND = r"(?: ?, ?(?:and )?| and | & |/| or )"
DAY_LIST = (
    rf"(?:{_ONE_DAY}(?: ?(?:-|to|through|till) ?{_ONE_DAY})?(?:{_AND}{_ONE_DAY}(?: ?(?:-|to|through|till) "
    rf"?{_ONE_DAY})?)*)"
)
"""Days of the week as a pattern without groups: "Mondays and Wednesdays", "Mon-Fri", "weekends"."""

_ABOUT = r"(?:(?:about|around|roughly|approximately|some|up to|at most|max(?:imum)?|at least|only|just|~|≈) ?)?"
_LED = (
    rf"(?:\b(?:i (?:have|can do|can spend|can study|can spare|study|do)|i've got|for|with|spend|spending|have|"
    rf"got) )?{_ABOUT}"
)
_LOWER = rf"(?:{NUMBER} ?(?:-|to|or) ?)?"
_EACH = r"(?:on the |on |each |every |per |a |an |/ ?)?"
_A_WEEK = r"(?: ?/ ?| (?:a|per|each|every) )(?:week|wk)\b| weekly\b"
_A_DAY = r"(?: ?/ ?| (?:a|per|each|every) )(?:day|night|evening|morning)\b| daily\b"

_SESSION = re.compile(
    rf"\b(?:in |with |of |for )?(?:sessions?|blocks?|chunks?|slots?|sittings?) (?:of|are|should be|at most|up to|"
    rf"under|max) {_ABOUT}({AMOUNT})"
    rf"|\b(?:in |with |of |for )?{_ABOUT}({AMOUNT})(?: |-)(?:long )?(?:study )?(?:sessions?|blocks?|chunks?|"
    rf"slots?|sittings?)\b"
    rf"|{_ABOUT}({AMOUNT}) (?:per|a|each) (?:session|sitting|block)\b"
    rf"|{_ABOUT}({AMOUNT}) (?:at a time|at a stretch|in one go|in one sitting)\b",
    _I,
)
_WEEKLY = re.compile(
    rf"{_LED}({_LOWER})({AMOUNT})(?:{_A_WEEK})|\b(?:weekly|per week|each week|every week):? "
    rf"{_ABOUT}({_LOWER})({AMOUNT})",
    _I,
)
_DAILY = re.compile(
    rf"{_LED}({_LOWER})({AMOUNT})(?:{_A_DAY})(?:,? (?:(?:on )?({NUMBER}) (?:days|times)(?:{_A_WEEK})|(?:on |from "
    rf"(?={_ONE_DAY} ?(?:-|to|through|till) ?{_ONE_DAY}))?({DAY_LIST}))(?!'))?",
    _I,
)
_TIMES = re.compile(
    rf"\b({NUMBER}) (?:times|days|evenings|mornings|sessions)(?:{_A_WEEK})(?:,? (?:for|of|with|at)? "
    rf"?{_ABOUT}({AMOUNT})(?: each)?\b)?",
    _I,
)
_ON_DAYS = re.compile(rf"{_LED}({_LOWER})({AMOUNT}|{NUMBER}(?= (?:on |each |every |per ))) {_EACH}({DAY_LIST})", _I)
_DAYS_FIRST = re.compile(
    rf"\b(?:on |every |each )?({DAY_LIST}):? (?:for |i have |i can do )?{_ABOUT}({_LOWER})({AMOUNT})", _I
)
_BARE = re.compile(rf"{_LED}({AMOUNT})(?! (?:ago|from now|before|after))", _I)


# Words that were taken, the days they are about (None for the whole week), and minutes.
_Stated = Iterator[tuple[Span, tuple[int, ...] | None, int]]


@dataclass(slots=True)
class Time:
    """What was said about time, in minutes; ``by_day`` maps days (Monday 0) to minutes, ``every_day`` is for "
    "the others."""

    per_week: int | None = None
    every_day: int | None = None
    by_day: dict[int, int] = field(default_factory=dict)
    session: int | None = None
    readings: list[Reading] = field(default_factory=list)
    lost: list[Span] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def week(self) -> tuple[int, ...]:
        """Minutes from Monday to Sunday; () if no day was named."""
        if self.every_day is None and not self.by_day:
            return ()
        return tuple(self.by_day.get(day, self.every_day or 0) for day in range(7))


def weekdays_of(text: str) -> tuple[int, ...]:
    """The days (Monday 0) that what ``DAY_LIST`` matches names, in order."""
    found: set[int] = set()
    for part in re.split(_AND, text.lower()):
        ends = [_group(end) for end in re.split(r" ?(?:-|\bto\b|\bthrough\b|\btill\b) ?", part) if end.strip()]
        if len(ends) == 2:  # noqa: PLR2004 - a range has two ends
            first, last = ends[0][0], ends[1][-1]
            found.update((first + step) % 7 for step in range((last - first) % 7 + 1))
        else:
            found.update(ends[0])
    return tuple(sorted(found))


def _group(name: str) -> tuple[int, ...]:
    low = name.strip().replace(" ", "")
    if low.startswith("weekend"):
        return (5, 6)
    if low.startswith(("weekday", "workday", "workingday")):
        return (0, 1, 2, 3, 4)
    return (DAYS[low] if low in DAYS else DAYS[low.removesuffix("s")],)


def read_time(unread: Unread) -> Time:
    """Take what the text says about time."""
    time = Time()
    _sessions(unread, time)
    stated = [*_times_a_week(unread, time), *_daily(unread, time), *_on_days(unread, time), *_weekly(unread, time)]
    for span, days, each in sorted(stated, key=lambda found: found[0].start):
        if days is None:
            _set_week(time, each, span)
        else:
            _add_days(time, days, each, span)
    _without_period(unread, time)
    return time


def _least(lower: str, amount: str, time: Time, said: str) -> int:
    """The minutes; of a range such as "5-6 hours" the lower end, because a plan should hold in the worse week."""
    most = minutes(amount)
    if not lower:
        return most
    unit = 60 if "h" in re.sub(NUMBER, "", amount, flags=_I).lower() else 1
    least = round(number(re.sub(r" ?(?:-|to|or) ?$", "", lower, flags=_I)) * unit)
    if least >= most:
        return most
    time.notes.append(f"“{said}” was read as its lower end, {spoken(least)}.")
    return least


def _sessions(unread: Unread, time: Time) -> None:
    for match in unread.find(_SESSION):
        span = unread.take(*match.span())
        if time.session is not None:
            time.lost.append(span)
            continue
        time.session = minutes(next(group for group in match.groups() if group))
        time.readings.append(Reading(Part.SESSION, span, f"sessions of {spoken(time.session)}"))


def _add_days(time: Time, days: tuple[int, ...], each: int, span: Span) -> None:
    """Single days go before "every day"; what is said twice stays as it was said first."""
    every = len(days) == len(WEEKDAY_NAMES)
    said_before = time.every_day is not None if every else any(day in time.by_day for day in days)
    if said_before or time.per_week is not None:
        _lose(time, span)
        return
    if every:
        time.every_day = each
    else:
        time.by_day |= dict.fromkeys(days, each)
    if not every and days[-2:] == _WEEKEND and "weekend" in span.words.lower().replace(" ", ""):
        time.notes.append(f"“{span.words}” was read as {spoken(each)} on Saturday and as much on Sunday.")
    names = "every day" if every else "on " + ", ".join(WEEKDAY_NAMES[day] for day in days)
    time.readings.append(Reading(Part.HOURS, span, f"{spoken(each)} {names}"))


def _set_week(time: Time, total: int, span: Span) -> None:
    if time.per_week is not None or time.week:
        _lose(time, span)
        return
    time.per_week = total
    time.readings.append(Reading(Part.HOURS, span, f"{spoken(total)} a week"))


def _lose(time: Time, span: Span) -> None:
    time.lost.append(span)
    time.notes.append(f"“{span.words}” does not go together with the hours named before it, which stay.")


def _times_a_week(unread: Unread, time: Time) -> _Stated:
    for match in unread.find(_TIMES):
        each = minutes(match[2]) if match[2] else time.session
        if each is not None:
            yield unread.take(*match.span()), None, round(number(match[1]) * each)


def _daily(unread: Unread, time: Time) -> _Stated:
    for match in unread.find(_DAILY):
        each = _least(match[1], match[2], time, match[0].strip())
        span = unread.take(*match.span())
        if match[3]:
            yield span, None, round(number(match[3]) * each)
        else:
            yield span, weekdays_of(match[4]) if match[4] else tuple(range(7)), each


def _on_days(unread: Unread, time: Time) -> _Stated:
    amount_first, day_first = _ON_DAYS.search(unread.text), _DAYS_FIRST.search(unread.text)
    # "Mon 1h Tue 2h" also holds "1h Tue"; whichever order begins the text goes for all of it.
    if day_first and (not amount_first or day_first.start() < amount_first.start()):
        yield from _days_first(unread, time)
    for match in unread.find(_ON_DAYS):
        # "1 hour on weekdays and 3 on Saturday": the second amount is in hours, too.
        unit = "" if _has_unit(match[2]) else " h"
        each = _least(match[1], match[2] + unit, time, match[0].strip())
        yield unread.take(*match.span()), weekdays_of(match[3]), each
    yield from _days_first(unread, time)


def _days_first(unread: Unread, time: Time) -> _Stated:
    for match in unread.find(_DAYS_FIRST):
        each = _least(match[2], match[3], time, match[0].strip())
        yield unread.take(*match.span()), weekdays_of(match[1]), each


def _has_unit(amount: str) -> bool:
    return bool(re.search(r"[hm]", re.sub(NUMBER, "", amount, flags=_I), _I))


def _weekly(unread: Unread, time: Time) -> _Stated:
    for match in unread.find(_WEEKLY):
        lower, amount = (match[1], match[2]) if match[2] else (match[3], match[4])
        total = _least(lower, amount, time, match[0].strip())
        yield unread.take(*match.span()), None, total


def _without_period(unread: Unread, time: Time) -> None:
    for match in unread.find(_BARE):
        span = unread.take(*match.span())
        time.lost.append(span)
        time.notes.append(f"“{span.words}” does not say whether that is a day or a week.")

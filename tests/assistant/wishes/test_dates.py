from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.wishes.dates import DATE, DAY_RANGE, Days, NoSuchDay, read_days, read_range

TODAY = date(2026, 11, 27)  # a Friday


def days(first: str, last: str = "", note: str = "") -> Days:
    return Days(date.fromisoformat(first), date.fromisoformat(last or first), note)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2027-03-01", days("2027-03-01")),
        ("1 March 2027", days("2027-03-01")),
        ("the 1st of march", days("2027-03-01")),
        ("March 1st", days("2027-03-01")),
        ("Mar 1, 2028", days("2028-03-01")),
        ("27 November", days("2026-11-27")),
        ("next June", days("2027-06-01", "2027-06-30")),
        ("coming March", days("2027-03-01", "2027-03-31")),
        ("summer", days("2027-06-01", "2027-08-31")),
        ("next winter 2027", days("2027-12-01", "2028-02-29")),
        ("26 November", days("2027-11-26")),
        ("29 Feb", days("2028-02-29")),
        ("Monday, 1 March", days("2027-03-01")),
        ("Tuesday 1 March", days("2027-03-01", note="1 March 2027 is a Monday, not a Tuesday.")),
        ("13/03/2027", days("2027-03-13")),
        ("03/13/2027", days("2027-03-13")),
        ("01/03/2027", days("2027-03-01", note="“01/03/2027” was read as 1 March 2027, not 3 January 2027.")),
        ("05.05.2027", days("2027-05-05")),
        ("10/12/2026", days("2026-12-10")),  # 12 October is over
        ("March", days("2027-03-01", "2027-03-31")),
        ("November", days("2026-11-01", "2026-11-30")),
        ("February 2028", days("2028-02-01", "2028-02-29")),
        ("Q1", days("2027-01-01", "2027-03-31")),
        ("q4", days("2026-10-01", "2026-12-31")),
        ("Q2 2028", days("2028-04-01", "2028-06-30")),
        ("end of Q1", days("2027-03-31")),
        ("the end of the year", days("2026-12-31")),
        ("end of next month", days("2026-12-31")),
        ("end of March", days("2027-03-31")),
        ("beginning of November", days("2027-11-01")),
        ("mid-March", days("2027-03-15", note="“mid-march” was read as 15 March 2027.")),
        ("early March", days("2027-03-10", note="“early march” was read as 10 March 2027.")),
        ("late March", days("2027-03-31", note="“late march” was read as 31 March 2027.")),
        ("next week", days("2026-11-30", "2026-12-06")),
        ("this week", days("2026-11-23", "2026-11-29")),
        ("next month", days("2026-12-01", "2026-12-31")),
        ("next year", days("2027-01-01", "2027-12-31")),
        ("8 weeks", days("2027-01-22")),
        ("three months", days("2027-02-27")),
        ("two weeks from now", days("2026-12-11")),
        ("a year", days("2027-11-27")),
        ("Friday", days("2026-11-27")),
        ("next Friday", days("2026-12-04")),
        ("Monday", days("2026-11-30")),
        ("today", days("2026-11-27")),
        ("tomorrow", days("2026-11-28")),
        ("the day after tomorrow", days("2026-11-29")),
        ("Christmas", days("2026-12-25")),
        ("new year", days("2027-01-01")),
        ("New Year's Eve", days("2026-12-31")),
        ("Easter", days("2027-03-28")),
    ],
)
def test_days(text: str, expected: Days) -> None:
    assert re.fullmatch(DATE, text, re.IGNORECASE)
    assert read_days(text, TODAY) == expected


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("31 February", "“31 February” is no day of the calendar."),
        ("2027-02-31", "“2027-02-31” is no day of the calendar."),
        ("13/13/2027", "“13/13/2027” is no day of the calendar."),
        ("1 March 2020", "“1 March 2020” lies in the past (2020-03-01)."),
        ("Q3 2026", "“Q3 2026” lies in the past (2026-09-30)."),
        ("99999 years", "“99999 years” is no day of the calendar."),
    ],
)
def test_days_that_do_not_exist_or_are_over(text: str, problem: str) -> None:
    with pytest.raises(NoSuchDay, match=re.escape(problem)):
        read_days(text, TODAY)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("20 to 27 December", "2026-12-20", "2026-12-27"),
        ("Dec 20-27", "2026-12-20", "2026-12-27"),
        ("24 and 25 December 2027", "2027-12-24", "2027-12-25"),
        ("20 December to 2 January", "2026-12-20", "2027-01-02"),
        ("2027-01-04 to 2027-01-08", "2027-01-04", "2027-01-08"),
        ("5 January to 20 December", "2027-01-05", "2027-12-20"),
        ("20 November until 2 December", "2026-11-20", "2026-12-02"),  # under way
        ("20 to 27 November", "2026-11-20", "2026-11-27"),
        ("Monday to Wednesday", "2026-11-30", "2026-12-02"),
    ],
)
def test_ranges(text: str, first: str, last: str) -> None:
    assert re.fullmatch(DAY_RANGE, text, re.IGNORECASE)
    assert read_range(text, TODAY) == days(first, last)


def test_a_range_has_two_ends() -> None:
    with pytest.raises(NoSuchDay):
        read_range("December", TODAY)


@given(st.dates(date(2026, 1, 1), date(2090, 1, 1)), st.integers(0, 364))
def test_what_has_no_year_never_lies_in_the_past(today: date, ahead: int) -> None:
    day = today + timedelta(days=ahead)
    read = read_days(f"{day.day} {day:%B}", today)
    assert read.first >= today
    assert (read.first.day, read.first.month) == (day.day, day.month)
    assert read_days(f"{day:%B}", today).last >= today
    assert read_days(f"{day:%A}", today) == read_days(f"this {day:%A}", today)


@pytest.mark.parametrize(
    "day", ["2027-03-28", "2028-04-16", "2035-03-25", "2038-04-25", "2049-04-18", "2076-04-19", "2095-04-24"]
)
def test_easter(day: str) -> None:
    assert read_days(f"easter {day[:4]}", TODAY) == days(day)

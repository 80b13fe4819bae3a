"""Minutes of study and review on days: days off, exceptions, and sums that agree with walking the calendar."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import islice, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import InvalidInput
from assistant.planning import PlanRequest
from assistant.planning.availability import Availability, availability_for, review_minutes
from tests.assistant.planning.builders import PROPERTY, TUESDAY, cases

SIX_HOURS = (0, 90, 0, 90, 0, 90, 90)


@pytest.mark.parametrize(
    ("cap", "percent", "kept"),
    [
        *((90, 17, 15), (60, 17, 10), (45, 17, 8), (30, 17, 5), (14, 17, 0), (15, 17, 1), (16, 17, 2), (17, 17, 3)),
        *((90, 0, 0), (90, 50, 45), (4, 50, 0), (5, 50, 1), (6, 50, 2), (7, 50, 3), (960, 20, 192), (0, 17, 0)),
    ],
)
def test_the_share_kept_for_review(cap: int, percent: int, kept: int) -> None:
    assert review_minutes(cap, percent) == kept


@pytest.mark.parametrize("percent", range(51))
def test_study_never_shrinks_as_the_day_grows(percent: int) -> None:
    study = [cap - review_minutes(cap, percent) for cap in range(961)]
    assert all(before <= after <= before + 1 for before, after in pairwise(study))


def test_seventeen_percent_is_between_fifteen_and_twenty_of_every_day_from_twenty_minutes_on() -> None:
    shares = {cap: review_minutes(cap, 17) / cap for cap in range(20, 961)}
    assert all(0.15 <= share <= 0.20 for share in shares.values())


@PROPERTY
@given(cases(), st.integers(0, 2000))
def test_sums_over_days_agree_with_walking_the_calendar(case: tuple[object, PlanRequest], minutes: int) -> None:
    availability = availability_for(case[1])
    start = availability.start
    study = review = 0
    for offset in range(-2, 90):
        day = start + timedelta(days=offset)
        study += availability.study(day)
        review += availability.review(day)
        assert (availability.minutes_until(day), availability.review_until(day)) == (study, review)
        assert availability.study(day) + availability.review(day) == availability.cap(day)
        assert availability.cap_between(start, day) == study + review
    reached = availability.day_reaching(minutes)
    assert availability.minutes_until(reached) >= minutes
    assert reached == start or availability.minutes_until(reached - timedelta(days=1)) < minutes


def test_days_off_and_exceptions() -> None:
    request = PlanRequest(
        date(2026, 12, 1),
        360,
        days_off=frozenset({date(2026, 12, 3), date(2026, 12, 6)}),
        exceptions=((date(2026, 12, 6), 60), (date(2026, 12, 7), 40), (date(2026, 11, 30), 500)),
        review_percent=0,
    )
    assert list(islice(availability_for(request).days(), 4)) == [
        (date(2026, 12, 1), 90),
        (date(2026, 12, 5), 90),
        (date(2026, 12, 7), 40),
        (date(2026, 12, 8), 90),
    ]
    assert availability_for(request).cap(date(2026, 11, 30)) == 0


def test_reviews_begin_on_the_fourth_day_whatever_the_hours() -> None:
    availability = Availability(TUESDAY, (90,) * 7, {}, 17)
    assert [availability.review(TUESDAY + timedelta(days=offset)) for offset in range(5)] == [0, 0, 0, 15, 15]


def test_leap_days_are_ordinary() -> None:
    availability = Availability(date(2028, 2, 28), SIX_HOURS, {})
    assert list(islice(availability.days(), 3)) == [
        (date(2028, 2, 29), 90),
        (date(2028, 3, 2), 90),
        (date(2028, 3, 4), 90),
    ]


def test_the_calendar_ends_with_the_year_9999() -> None:
    availability = Availability(date(9999, 12, 28), SIX_HOURS, {}, 17)
    assert [day for day, _ in availability.days()] == [date(9999, 12, 28), date(9999, 12, 30)]
    assert availability.day_reaching(180) == date(9999, 12, 30)
    with pytest.raises(InvalidInput, match="past the year 9999"):
        availability.day_reaching(181)


def test_many_days_off_for_years_are_one_holiday() -> None:
    days_off = frozenset(TUESDAY + timedelta(days=offset) for offset in range(2000))
    request = PlanRequest(TUESDAY, 360, days_off=days_off)
    assert availability_for(request).day_reaching(1) == date(2032, 5, 23)

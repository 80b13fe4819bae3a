"""Minutes on days: exact weeks, and the two promises the planner rests on."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import islice, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.planning.availability import Availability, minutes_by_weekday
from tests.assistant.planning.builders import PROPERTY, WEEKLY_MINUTES


@pytest.mark.parametrize(
    ("weekly", "monday_first"),
    [
        (360, (0, 90, 0, 90, 0, 90, 90)),
        (150, (0, 90, 0, 60, 0, 0, 0)),
        (98, (0, 90, 0, 0, 0, 0, 0)),
        (100, (0, 90, 0, 10, 0, 0, 0)),
        (4, (0, 4, 0, 0, 0, 0, 0)),
        (630, (90, 90, 90, 90, 90, 90, 90)),
        (636, (90, 96, 90, 90, 90, 90, 90)),
        (675, (90, 105, 90, 105, 90, 105, 90)),
        (735, (105, 105, 105, 105, 105, 105, 105)),
        (6720, (960, 960, 960, 960, 960, 960, 960)),
    ],
)
def test_a_weeks_minutes_on_its_days(weekly: int, monday_first: tuple[int, ...]) -> None:
    assert minutes_by_weekday(weekly, 90) == monday_first


@pytest.mark.parametrize("session", [15, 50, 90, 960])
def test_no_cap_shrinks_as_the_week_grows_and_a_week_is_never_over(session: int) -> None:
    weeks = [minutes_by_weekday(weekly, session) for weekly in range(1, 6721)]
    for smaller, larger in pairwise(weeks):
        assert all(before <= after for before, after in zip(smaller, larger, strict=True))
    assert all(weekly - 10 < sum(caps) <= weekly for weekly, caps in enumerate(weeks, start=1))


@PROPERTY
@given(st.dates(date(2024, 1, 1), date(2024, 12, 31)), WEEKLY_MINUTES, st.integers(0, 2000))
def test_sums_over_days_agree_with_walking_the_calendar(start: date, weekly: int, minutes: int) -> None:
    availability = Availability(start, minutes_by_weekday(weekly, 90))
    walked = 0
    for offset in range(60):
        day = start + timedelta(days=offset)
        walked += availability.cap(day)
        assert availability.minutes_until(day) == walked
    reached = availability.day_reaching(minutes)
    assert availability.minutes_until(reached) >= minutes
    assert reached == start or availability.minutes_until(reached - timedelta(days=1)) < minutes


def test_days_without_study_are_passed_over() -> None:
    availability = Availability(date(2028, 2, 28), minutes_by_weekday(360, 90))
    assert list(islice(availability.days(), 3)) == [
        (date(2028, 2, 29), 90),
        (date(2028, 3, 2), 90),
        (date(2028, 3, 4), 90),
    ]
    assert availability.cap(date(2028, 2, 27)) == 0
    assert availability.cap(date(2028, 2, 29)) == 90

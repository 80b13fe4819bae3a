"""A week's minutes on its days: exact weeks, and the two promises the planner rests on."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.planning import PlanRequest
from assistant.planning.weekdays import minutes_by_weekday, stretched, week_of
from tests.assistant.planning.builders import PROPERTY, TUESDAY


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


def test_a_learners_own_days_are_stretched_in_proportion() -> None:
    assert stretched((60, 0, 30, 0, 0, 0, 0), 0) == (60, 0, 30, 0, 0, 0, 0)
    assert stretched((60, 0, 30, 0, 0, 0, 0), 45) == (90, 0, 45, 0, 0, 0, 0)
    assert stretched((60, 0, 60, 0, 0, 0, 0), 7) == (65, 0, 62, 0, 0, 0, 0)
    assert stretched((950, 0, 0, 0, 0, 0, 1), 100) == (960, 0, 0, 0, 0, 0, 91)


def test_days_that_are_full_take_no_more() -> None:
    assert stretched((960, 0, 955, 0, 0, 0, 0), 60) == (960, 0, 960, 0, 0, 0, 0)


@PROPERTY
@given(st.tuples(*[st.integers(0, 960)] * 7).filter(any), st.integers(0, 400), st.integers(0, 60))
def test_no_own_day_shrinks_as_the_week_grows_and_none_is_lost(days: tuple[int, ...], more: int, extra: int) -> None:
    smaller, larger = stretched(days, more), stretched(days, more + extra)
    assert all(a <= b <= c <= 960 for a, b, c in zip(days, smaller, larger, strict=True))
    room = sum(960 - cap for cap in days if cap)
    assert sum(smaller) == sum(days) + min(more, room)


def test_a_request_has_its_own_days_or_the_planners() -> None:
    assert week_of(PlanRequest(TUESDAY, 150)) == (0, 90, 0, 60, 0, 0, 0)
    assert week_of(PlanRequest(TUESDAY, 150), 240) == (0, 90, 0, 90, 0, 60, 0)
    own = PlanRequest(TUESDAY, 90, (60, 0, 30, 0, 0, 0, 0))
    assert week_of(own) == (60, 0, 30, 0, 0, 0, 0)
    assert week_of(own, 135) == (90, 0, 45, 0, 0, 0, 0)

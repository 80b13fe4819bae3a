"""Limits of a request, and what the learner is told."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from assistant.errors import InvalidInput
from assistant.planning import PlanRequest, weekly_minutes
from tests.assistant.planning.builders import TUESDAY


@pytest.mark.parametrize(
    ("hours", "minutes"), [(6, 360), (6.5, 390), (0.1, 6), (0.0084, 1), (1 / 3, 20), (112, 6720), (2.999, 180)]
)
def test_hours_become_whole_minutes(hours: float, minutes: int) -> None:
    assert weekly_minutes(hours) == minutes


@pytest.mark.parametrize(
    ("hours", "message"),
    [
        (0, "Hours a week must be more than 0, not 0."),
        (-3, "Hours a week must be more than 0, not -3."),
        (float("-inf"), "Hours a week must be more than 0, not -inf."),
        (float("nan"), "Hours a week must be a number, such as 6 or 7.5."),
        (112.5, "112.5 hours a week is more than anyone can study; the most is 112."),
        (200, "200 hours a week is more than anyone can study; the most is 112."),
        (float("inf"), "inf hours a week is more than anyone can study; the most is 112."),
        (0.001, "0.001 hours a week is less than a minute; give at least 0.1."),
    ],
)
def test_hours_that_cannot_be_planned_are_refused(hours: float, message: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        weekly_minutes(hours)
    assert caught.value.user_message == message


@pytest.mark.parametrize("minutes", [0, -1, 6721])
def test_minutes_outside_the_limits_are_refused(minutes: int) -> None:
    with pytest.raises(InvalidInput):
        PlanRequest(TUESDAY, minutes)


@pytest.mark.parametrize("minutes", [0, 14, 961])
def test_sessions_outside_the_limits_are_refused(minutes: int) -> None:
    with pytest.raises(InvalidInput, match="15 to 960 minutes"):
        PlanRequest(TUESDAY, 360, session_minutes=minutes)


def test_a_deadline_before_the_start_is_refused() -> None:
    with pytest.raises(InvalidInput) as caught:
        PlanRequest(TUESDAY, 360, deadline=date(2026, 11, 30))
    assert caught.value.user_message == (
        "The deadline, 30 November 2026, is before the start, 1 December 2026; "
        "choose a later deadline or an earlier start."
    )


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"weekday_minutes": (60, 60)}, "Give minutes for all seven days of the week, Monday first."),
        ({"weekday_minutes": (0,) * 7}, "The days of the week add up to 0 minutes, not to the week's 360."),
        ({"weekday_minutes": (-1, 361, 0, 0, 0, 0, 0)}, "A day of the week cannot hold -1 minutes; it holds 0 to 960."),
        ({"weekday_minutes": (60,) * 7}, "The days of the week add up to 420 minutes, not to the week's 360."),
        ({"review_percent": 51}, "The share of time for review is 0 to 50 %, not 51."),
        ({"pace_percent": 24}, "The pace is 25 to 400 % of the estimates, not 24."),
        ({"exceptions": ((TUESDAY, 961),)}, "1 December 2026 cannot hold 961 minutes; a day holds 0 to 960."),
        ({"exceptions": ((TUESDAY, 1), (TUESDAY, 2))}, "Minutes are given twice for the day 1 December 2026."),
        ({"done_minutes": (("a", -1),)}, "The minutes spent on 'a' cannot be less than 0."),
        ({"done_minutes": (("a", 1), ("a", 1))}, "Minutes are given twice for the unit of work 'a'."),
        (
            {"pinned": frozenset("ab"), "excluded": frozenset("bc")},
            "'b' cannot be both pinned and left out; choose one.",
        ),
    ],
)
def test_wishes_that_contradict_or_exceed_are_refused(fields: dict[str, Any], message: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        PlanRequest(TUESDAY, 360, **fields)
    assert caught.value.user_message == message


def test_the_order_of_pairs_does_not_matter() -> None:
    later = date(2026, 12, 9)
    assert PlanRequest(TUESDAY, 360, exceptions=((later, 1), (TUESDAY, 2)), done_minutes=(("b", 1), ("a", 2))) == (
        PlanRequest(TUESDAY, 360, exceptions=((TUESDAY, 2), (later, 1)), done_minutes=(("a", 2), ("b", 1)))
    )

"""Filling days and splitting a topic's time."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.planning import Activity
from assistant.planning.availability import Availability
from assistant.planning.scheduling import Slot, lay_out, sittings_of, split_activities
from assistant.planning.units import Unit
from tests.assistant.planning.builders import PROPERTY, TUESDAY, topic

EVERY_DAY_30 = Availability(TUESDAY, (30,) * 7, {})


def day(number: int) -> date:
    return TUESDAY.replace(day=number)


def sizes(durations: list[int], availability: Availability = EVERY_DAY_30) -> list[list[tuple[int, int]]]:
    return [[(slot.date.day, slot.minutes) for slot in slots] for slots in lay_out(durations, availability).slots]


def test_days_are_filled_one_after_another() -> None:
    assert sizes([20, 40, 30]) == [[(1, 20)], [(1, 10), (2, 30)], [(3, 30)]]


def test_a_crumb_at_the_end_of_a_day_is_left_free_when_the_finishing_day_has_room() -> None:
    assert sizes([25, 30]) == [[(1, 25)], [(2, 30)]]


def test_a_crumb_stays_when_leaving_it_free_would_finish_later() -> None:
    assert sizes([25, 35]) == [[(1, 25)], [(1, 5), (2, 30)]]


def test_a_last_crumb_of_a_topic_takes_minutes_from_the_day_before() -> None:
    assert sizes([35]) == [[(1, 25), (2, 10)]]
    assert sizes([35, 25]) == [[(1, 30), (2, 5)], [(2, 25)]]


REVIEWED = Availability(day(1), (36,) * 7, {}, 17)
"""Thirty minutes of study and six of review from the fourth day on, 36 of study before."""


def changes(durations: list[int]) -> dict[int, int]:
    return {when.day: minutes for when, minutes in lay_out(durations, REVIEWED).review_changes.items()}


def test_a_crumb_at_the_end_of_a_day_is_swapped_with_the_next_days_review() -> None:
    assert sizes([108, 25, 65], REVIEWED)[1:] == [[(4, 25)], [(5, 35), (6, 30)]]
    assert changes([108, 25, 65]) == {4: 5, 5: -5}


def test_a_last_crumb_of_a_topic_is_swapped_with_the_same_days_review() -> None:
    assert sizes([108, 35, 55], REVIEWED)[1:] == [[(4, 35)], [(5, 25), (6, 30)]]
    assert changes([108, 35, 55]) == {4: -5, 5: 5}


def test_the_very_last_crumb_stays_on_the_finishing_day() -> None:
    assert sizes([108, 35], REVIEWED)[1:] == [[(4, 25), (5, 10)]]
    assert changes([108, 35]) == {}


def test_nothing_to_lay_out() -> None:
    assert sizes([]) == []


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [
        ([10], [("read", 10, 1, 1)]),
        ([15], [("read", 15, 1, 1)]),
        ([20], [("read", 10, 1, 1), ("practise", 10, 1, 1)]),
        ([60], [("read", 35, 1, 1), ("practise", 25, 1, 1)]),
        ([90], [("read", 55, 1, 1), ("practise", 35, 1, 1)]),
        ([30, 30], [("read", 30, 1, 1), ("practise", 30, 1, 1)]),
        ([90, 90], [("read", 90, 1, 2), ("read", 20, 2, 2), ("practise", 70, 1, 1)]),
        ([62, 38], [("read", 50, 1, 1), ("practise", 12, 1, 2), ("practise", 38, 2, 2)]),
        ([5, 15], [("read", 5, 1, 2), ("read", 5, 2, 2), ("practise", 10, 1, 1)]),
    ],
)
def test_reading_takes_about_sixty_percent_and_the_turn_avoids_crumbs(
    minutes: list[int], expected: list[tuple[str, int, int, int]]
) -> None:
    sittings = split_activities([Slot(day(place + 1), count) for place, count in enumerate(minutes)])
    assert [(one.activity.value, one.minutes, one.part, one.parts) for one in sittings] == expected


@pytest.mark.parametrize(
    ("minutes", "spent", "expected"),
    [
        ([60], 30, [("read", 25, 1, 1), ("practise", 35, 1, 1)]),
        ([60], 90, [("practise", 60, 1, 1)]),
        ([15], 5, [("read", 15, 1, 1)]),
        ([15], 60, [("practise", 15, 1, 1)]),
        ([30, 10], 60, [("practise", 30, 1, 2), ("practise", 10, 2, 2)]),
    ],
)
def test_time_spent_before_counts_as_reading(
    minutes: list[int], spent: int, expected: list[tuple[str, int, int, int]]
) -> None:
    sittings = split_activities([Slot(day(place + 1), count) for place, count in enumerate(minutes)], spent)
    assert [(one.activity.value, one.minutes, one.part, one.parts) for one in sittings] == expected


@PROPERTY
@given(st.lists(st.integers(1, 300), min_size=1, max_size=6), st.integers(0, 400))
def test_any_rest_of_a_topic_can_be_split(minutes: list[int], spent: int) -> None:
    slots = [Slot(day(place + 1), count) for place, count in enumerate(minutes)]
    sittings = split_activities(slots, spent)
    assert sum(one.minutes for one in sittings) == sum(minutes)
    assert min(one.minutes for one in sittings) > 0


def test_a_project_is_one_activity_in_parts() -> None:
    unit = Unit(topic("a"), Activity.PROJECT, 50)
    sittings = sittings_of(unit, [Slot(day(1), 30), Slot(day(2), 20)])
    assert [(one.activity, one.minutes, one.part, one.parts) for one in sittings] == [
        (Activity.PROJECT, 30, 1, 2),
        (Activity.PROJECT, 20, 2, 2),
    ]

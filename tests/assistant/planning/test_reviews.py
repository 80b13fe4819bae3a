"""The ladder of reviews, whose turn it is, and what stays free."""

from __future__ import annotations

from datetime import date, timedelta

from assistant.planning.availability import Availability
from assistant.planning.reviews import plan_reviews
from tests.assistant.planning.builders import TUESDAY, topic

DAILY_15 = Availability(TUESDAY, (90,) * 7, {}, 17)
DAILY_50 = Availability(TUESDAY, (300,) * 7, {}, 17)


def day(offset: int) -> date:
    return TUESDAY + timedelta(days=offset)


def turns(finished: list[tuple[str, int, int]], availability: Availability, last: int) -> list[tuple[int, str, int]]:
    """(day, topic, minutes) of reviews; ``finished`` holds (topic, module, day)."""
    topics = [(topic(name, module), day(offset)) for name, module, offset in finished]
    return [
        ((one.day - TUESDAY).days, one.topic.id, one.minutes)
        for one in plan_reviews(topics, availability, day(last), {})
    ]


def test_one_topic_climbs_the_ladder() -> None:
    assert turns([("a", 1, 2)], DAILY_15, 400) == [(offset + 2, "a", 15) for offset in (1, 3, 7, 16, 35, 80)]


def test_nothing_is_reviewed_before_the_lane_begins_and_the_gaps_then_count_from_the_late_review() -> None:
    assert [offset for offset, _, _ in turns([("a", 1, 0)], DAILY_15, 30)] == [3, 5, 9, 18]


def test_the_most_overdue_is_next_and_modules_alternate() -> None:
    finished = [("a", 1, 0), ("b", 1, 0), ("c", 2, 1)]
    assert [name for _, name, _ in turns(finished, DAILY_15, 5)] == ["a", "c", "b"]


def test_a_long_lane_holds_several_reviews_and_the_rest_stays_free() -> None:
    assert turns([("a", 1, 0), ("b", 2, 0)], DAILY_50, 3) == [(3, "a", 17), (3, "b", 17)]


def test_nothing_is_reviewed_on_days_without_study() -> None:
    sundays = Availability(TUESDAY, (0, 0, 0, 0, 0, 0, 90), {}, 17)
    assert [offset for offset, _, _ in turns([("a", 1, 0)], sundays, 40)] == [5, 12, 19, 33]


def test_a_review_says_what_it_is() -> None:
    first, second = plan_reviews([(topic("a"), day(1))], DAILY_15, day(6), {})
    assert (first.number, first.total, first.studied, first.due, first.day) == (1, 2, day(1), day(2), day(3))
    assert (second.number, second.total, second.studied, second.due, second.day) == (2, 2, day(3), day(5), day(5))


def test_without_finished_topics_there_is_nothing_to_review() -> None:
    assert plan_reviews([], DAILY_15, day(100), {}) == []

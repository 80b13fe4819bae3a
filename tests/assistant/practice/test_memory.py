"""FSRS over the log: whole days, what counts, and the deadline."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.practice.aim import LEAST_DAYS, MOST_DAYS, Aim, aim_at
from assistant.practice.memory import Memory, memories
from assistant.practice.rating import Worth, worth
from assistant.practice_store import Confidence, PracticeAnswer
from tests.assistant.practice.answers import DAY, answer, on, utc_day

SURE, THINK_SO, GUESSING = Confidence.SURE, Confidence.THINK_SO, Confidence.GUESSING


def memory(*answers: PracticeAnswer, today: date = DAY, aim: Aim | None = None) -> Memory:
    return memories(answers, today, aim, utc_day)["k"]


@pytest.mark.parametrize(
    ("was_right", "confidence", "expected"),
    [
        (False, SURE, Worth.AGAIN), (False, GUESSING, Worth.AGAIN), (False, None, Worth.AGAIN),
        (True, GUESSING, Worth.HARD), (True, THINK_SO, Worth.GOOD), (True, None, Worth.GOOD), (True, SURE, Worth.EASY),
    ],
)  # fmt: skip
def test_an_answer_is_worth_what_its_confidence_says(
    was_right: bool, confidence: Confidence | None, expected: Worth
) -> None:
    assert worth(was_right=was_right, confidence=confidence) is expected


@pytest.mark.parametrize(
    ("right", "sure", "days"),
    [(False, SURE, 1), (True, GUESSING, 1), (True, THINK_SO, 2), (True, None, 2), (True, SURE, 8)],
)
def test_the_first_gap_in_days(right: bool, sure: Confidence | None, days: int) -> None:
    assert memory(answer(right=right, sure=sure)).due == on(days)


def test_gaps_grow_and_a_wrong_answer_shortens_them() -> None:
    first = answer(sure=THINK_SO)
    second = answer(days=2)
    third = answer(days=13)
    assert [memory(first).due, memory(first, second).due, memory(first, second, third).due] == [on(2), on(13), on(59)]
    assert memory(first, second, third, answer(days=59, right=False)).due == on(62)


def test_days_count_and_not_hours() -> None:
    late, early = answer(at=time(23, 50)), answer(at=time(0, 5))
    assert memory(late) == memory(early)
    assert memory(late, answer(days=2, at=time(0, 1))) == memory(early, answer(days=2, at=time(23)))


def test_what_is_known_falls_and_is_nothing_after_a_wrong_answer() -> None:
    known = [memory(answer(), today=on(days)).known for days in (0, 2, 60)]
    assert known[0] == 1.0
    assert known[1] == pytest.approx(0.9, abs=0.02)
    assert known[2] < 0.7
    wrong = memory(answer(right=False))
    assert (wrong.retrievability, wrong.known) == (1.0, 0.0)


def test_another_pick_after_the_verdict_is_no_answer() -> None:
    wrong = answer(right=False, sure=None)
    assert memory(wrong, answer(sure=None, at=time(20, 5))) == memory(wrong)
    assert memory(wrong, answer(sure=None, at=time(20, 20))).was_right
    assert memory(wrong, answer(sure=SURE, at=time(20, 5))).was_right


def test_an_answer_from_tomorrow_says_that_the_clock_was_wrong_and_nothing_breaks() -> None:
    assert memory(answer(days=3), today=DAY).retrievability == 1.0


def test_a_gap_beyond_the_deadline_is_cut_to_one_of_the_last_days() -> None:
    aim = Aim(on(30), days=7)
    long = answer(sure=SURE)
    assert memory(long).due == on(8)
    twice = (long, answer(days=8, sure=SURE))
    free, aimed = memory(*twice).due, memory(*twice, aim=aim).due
    assert free > aim.deadline
    assert aim.first_day <= aimed < aim.deadline
    assert memory(*twice, aim=aim) == memory(*twice, aim=aim)
    # Answered within the last days, it may come after the deadline.
    assert memory(*twice, answer(days=25, sure=SURE), aim=aim).due > aim.deadline


@given(
    st.lists(st.tuples(st.integers(1, 40), st.sampled_from([*Confidence]), st.booleans()), min_size=1, max_size=8),
    st.integers(0, 200),
    st.text("abc", min_size=1, max_size=4),
)
def test_no_card_passes_the_deadline_without_having_come_in_the_last_days(
    gaps: list[tuple[int, Confidence, bool]], left: int, key: str
) -> None:
    day, log = 0, []
    for gap, sure, right in gaps:
        day += gap
        log.append(answer(key, day, right=right, sure=sure))
    aim = Aim(on(day + left))
    found = memories(log, on(day), aim, utc_day)[key]
    assert found.due <= aim.deadline or found.last >= aim.first_day
    assert found.due > found.last


@pytest.mark.parametrize(
    ("deadline", "cards", "days"),
    [(on(-1), 10, None), (None, 10, None), (on(0), 10, LEAST_DAYS), (on(90), 400, 27), (on(90), 9000, MOST_DAYS)],
)
def test_the_last_days_are_as_many_as_the_cards_take(deadline: date | None, cards: int, days: int | None) -> None:
    aim = aim_at(deadline, DAY, cards, 30.0, 15)
    assert (aim and aim.days) == days
    assert aim is None or aim.deadline - aim.first_day == timedelta(days=aim.days)

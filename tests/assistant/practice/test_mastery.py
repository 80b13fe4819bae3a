"""Mastery and calibration: the formulas, on numbers that can be checked by hand."""

from __future__ import annotations

from datetime import date, time

import pytest

from assistant.practice.calibration import Calibration, calibration, calibration_text
from assistant.practice.mastery import mastery_of
from assistant.practice.memory import Memory
from assistant.practice_store import Confidence
from tests.assistant.practice.answers import DAY, answer, utc_day
from tests.assistant.practice.test_rounds import card

SURE, GUESSING = Confidence.SURE, Confidence.GUESSING


def memory(key: str, retrievability: float, *, right: bool = True) -> Memory:
    return Memory(key, (DAY,), DAY, retrievability, right)


@pytest.mark.parametrize(
    ("found", "share", "well_known", "weak"),
    [
        ([], 0.0, False, False),
        ([("a", 0.8, True)], 0.2, False, False),
        ([("a", 0.8, True), ("b", 1.0, False)], 0.2, False, True),
        ([("a", 0.4, True)], 0.1, False, True),
        ([(key, 0.9, True) for key in "abcd"], 0.9, True, False),
    ],
)
def test_mastery_is_the_mean_over_all_cards_of_a_topic(
    found: list[tuple[str, float, bool]], share: float, well_known: bool, weak: bool
) -> None:
    cards = [card(key, "t") for key in "abcd"]
    mastery = mastery_of("t", cards, {key: memory(key, value, right=right) for key, value, right in found})
    assert mastery is not None
    assert (mastery.share, mastery.met, mastery.cards) == (pytest.approx(share), len(found), 4)
    assert (mastery.is_well_known, mastery.is_weak) == (well_known, weak)


def test_a_topic_without_cards_has_none() -> None:
    assert mastery_of("t", [], {}) is None


def test_calibration_counts_by_confidence_and_month() -> None:
    log = [
        answer("a", 0, sure=SURE), answer("b", 0, sure=SURE, right=False), answer("c", 0, sure=None),
        answer("b", 0, sure=SURE, at=time(21)), answer("d", 40, sure=SURE), answer("e", 40, sure=GUESSING, right=False),
    ]  # fmt: skip
    overall, monthly = calibration(log, utc_day)
    assert overall == (Calibration(SURE, 2, 3), Calibration(GUESSING, 0, 1))
    november, december = date(2026, 11, 1), date(2026, 12, 1)
    assert monthly == (
        Calibration(SURE, 1, 2, november), Calibration(SURE, 1, 1, december), Calibration(GUESSING, 0, 1, december),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("each", "text"),
    [
        (Calibration(SURE, 14, 17), "When you were sure, you were right 82 % of 17 times."),
        (Calibration(Confidence.THINK_SO, 1, 2), "When you thought so, you were right 50 % of 2 times."),
        (Calibration(GUESSING, 0, 1), "When you were guessing, you were right 0 % of the 1 time."),
    ],
)
def test_a_sentence_says_it(each: Calibration, text: str) -> None:
    assert calibration_text(each) == text

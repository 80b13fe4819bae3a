"""Dates, durations and lists as a learner reads them."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.planning.wording import count_text, date_text, day_text, duration_text, list_text, short_date_text


@pytest.mark.parametrize(
    ("minutes", "text"),
    [(0, "0 h"), (30, "30 min"), (45, "45 min"), (60, "1 h"), (630, "10.5 h"), (625, "10 h 25 min")],
)
def test_durations_are_exact(minutes: int, text: str) -> None:
    assert duration_text(minutes) == text


def test_dates_are_english_whatever_the_locale() -> None:
    assert date_text(date(2028, 2, 29)) == "29 February 2028"
    assert day_text(date(2028, 2, 29)) == "Tue 29 February"
    assert short_date_text(date(2028, 2, 29)) == "29 Feb 2028"


def test_counted_nouns_have_the_right_form_and_large_numbers_can_be_read() -> None:
    assert [count_text(number, "topic") for number in (0, 1, 1195)] == ["0 topics", "1 topic", "1,195 topics"]


@pytest.mark.parametrize(
    ("names", "text"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_names_in_one_phrase(names: list[str], text: str) -> None:
    assert list_text(names) == text

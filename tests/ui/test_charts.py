"""The palette all charts share."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from assistant.ui.charts import (
    ACTIVITY_COLORS,
    DARK_INK,
    LIGHT_INK,
    PROGRESS_COLORS,
    PROGRESS_SHAPES,
    Progress,
    ink,
    time_axis,
    values,
)


def test_labels_have_the_ink_of_their_theme() -> None:
    # That they can be read in it, test_contrast.py computes.
    assert (ink(is_dark=False), ink(is_dark=True)) == (LIGHT_INK, DARK_INK)


def test_no_two_states_share_a_colour_or_a_shape() -> None:
    assert len(set(PROGRESS_COLORS.values())) == len(set(PROGRESS_SHAPES.values())) == len(Progress)
    assert len(set(ACTIVITY_COLORS.values())) == len(ACTIVITY_COLORS)


def test_days_go_into_a_chart_as_text() -> None:
    rows = [{"day": date(2026, 12, 1), "minutes": 30, "share": 0.5, "done": True, "none": None}]
    assert values(rows) == {"values": [{"day": "2026-12-01", "minutes": 30, "share": 0.5, "done": True, "none": None}]}


@pytest.mark.parametrize(
    ("days", "interval", "step"),
    [(3, "day", 2), (45, "week", 2), (120, "month", 1), (400, "month", 3), (1000, "month", 6), (5000, "year", 1)],
)
def test_an_axis_has_ticks_that_fit_its_length(days: int, interval: str, step: int) -> None:
    first = date(2026, 12, 1)
    axis = time_axis(first, first + timedelta(days=days)).to_dict()
    assert axis["tickCount"] == {"interval": interval, "step": step}

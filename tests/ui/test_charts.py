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
    QUIET_LINE,
    Progress,
    ink,
    time_axis,
    values,
)

LIGHT, DARK = "#ffffff", "#131a1a"
"""The backgrounds of both themes, as in .streamlit/config.toml."""


def luminance(color: str) -> float:
    channels = [int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("color", sorted({*ACTIVITY_COLORS.values(), *PROGRESS_COLORS.values(), QUIET_LINE}))
def test_marks_stand_out_in_both_themes(color: str) -> None:
    assert contrast(color, LIGHT) >= 3
    assert contrast(color, DARK) >= 3


def test_labels_can_be_read_in_their_theme() -> None:
    assert (ink(is_dark=False), ink(is_dark=True)) == (LIGHT_INK, DARK_INK)
    assert contrast(LIGHT_INK, LIGHT) >= 4.5
    assert contrast(DARK_INK, DARK) >= 4.5


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

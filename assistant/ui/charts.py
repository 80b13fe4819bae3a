"""What all charts share: the palette, the ink of labels, and a figure with its words and its table.

Owns: colours, symbols and the shape of a figure. Refuses: Streamlit, and what is drawn (one file for each view).

Fills and marks keep a contrast of at least 3 to the backgrounds of both themes, and labels one of 4.5 to their own.
A colour never stands alone: marks of another meaning have another shape, and figures say the same in words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Literal, TypeVar

import altair as alt

# Altair asks whether pandas is loaded, and stumbles over one that another thread is just loading. This waits for it.
import pandas as _pandas  # noqa: F401

from assistant.planning import Activity

TEAL, BLUE, ORANGE, VIOLET, PINK, GREY = "#2f8f88", "#4a7fc1", "#c2702e", "#9267c4", "#c2557f", "#7b8a88"
LIGHT_INK, DARK_INK = "#0b1312", "#e6eceb"
_GROUNDS = {LIGHT_INK: "#ffffff", DARK_INK: "#131a1a"}
"""What each ink is written on."""
QUIET_LINE = "#7b8a88"
LABEL_SIZE = 12
_PADDING = {"left": 0, "top": 5, "right": 5, "bottom": 5}

ACTIVITY_COLORS = {
    Activity.READ: TEAL,
    Activity.PRACTISE: BLUE,
    Activity.PROJECT: ORANGE,
    Activity.REVIEW: VIOLET,
    Activity.QUIZ: PINK,
}


class Progress(StrEnum):
    """How far a topic or a module is; the values are what a learner reads."""

    DONE = "Done"
    NEXT = "Next"
    OPEN = "Open"


PROGRESS_COLORS = {Progress.DONE: TEAL, Progress.NEXT: ORANGE, Progress.OPEN: GREY}
PROGRESS_SHAPES = {Progress.DONE: "circle", Progress.NEXT: "triangle-right", Progress.OPEN: "square"}

_TICKS = (
    (10, "day", 2, "%a %d"),
    (60, "week", 2, "%d %b"),
    (180, "month", 1, "%b %Y"),
    (500, "month", 3, "%b %Y"),
    (1100, "month", 6, "%b %Y"),
    (10**9, "year", 1, "%Y"),
)
"""Up to how many days an axis has ticks at which steps, and how they are written."""

Row = Mapping[str, object]
Drawing = alt.Chart | alt.LayerChart | alt.FacetChart
_State = TypeVar("_State", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart (None where there is nothing to draw), what it shows in a sentence with figures, and its data."""

    caption: str
    rows: Sequence[Row]
    chart: Drawing | None = None


def ink(*, is_dark: bool) -> str:
    """The colour of labels inside a chart, which the theme does not reach."""
    return DARK_INK if is_dark else LIGHT_INK


def with_readable_labels(chart: Drawing, color: str) -> Drawing:
    """The same chart with axes and legend in the ink: Streamlit's grey has a contrast of less than 4.5 on white.

    Its sentence follows at once, where Streamlit would leave room for a line.
    """
    quiet: Drawing = chart.configure_axis(labelColor=color, titleColor=color)
    named: Drawing = quiet.configure_legend(labelColor=color, titleColor=color)
    close: Drawing = named.properties(padding=_PADDING)
    return close


def words_over_lines(base: alt.Chart, ink: str, **mark: Any) -> tuple[alt.Chart, alt.Chart]:
    """Words in two layers: lines that pass behind them are covered, so that none runs through a letter.

    What must not be covered, such as bars, is drawn between the two.
    """
    ground = _GROUNDS.get(ink, _GROUNDS[LIGHT_INK])
    under = base.mark_text(color=ground, stroke=ground, strokeWidth=4, strokeJoin="round", **mark)
    return under, base.mark_text(color=ink, **mark)


def values(rows: Sequence[Row]) -> dict[str, Any]:
    """Rows as they go into a chart; dates as ISO texts, because Vega would read others in the wrong time zone."""
    return {"values": [{name: _value(cell) for name, cell in row.items()} for row in rows]}


def scale(colors: Mapping[_State, str]) -> alt.Scale:
    """The palette as a scale over readable names."""
    return alt.Scale(domain=[key.value.capitalize() for key in colors], range=list(colors.values()))


def shapes() -> alt.Scale:
    """A shape for each state."""
    return alt.Scale(domain=[key.value for key in PROGRESS_SHAPES], range=list(PROGRESS_SHAPES.values()))


def time_axis(first: date, last: date, orient: Literal["top", "bottom"] = "bottom") -> alt.Axis:
    """An axis of days with three to eight labels, however long the time is."""
    days = (last - first).days
    _, interval, step, shown = next(ticks for ticks in _TICKS if days <= ticks[0])
    return alt.Axis(
        format=shown,
        tickCount={"interval": interval, "step": step},
        labelAngle=0,
        labelOverlap=True,
        orient=orient,
    )


def _value(cell: object) -> object:
    return cell if cell is None or isinstance(cell, str | int | float | bool) else str(cell)

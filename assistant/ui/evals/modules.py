"""The map of the modules: which do well in what.

Owns: the figure. Pure. Refuses: Streamlit. The number stands in every cell; the colour repeats it.
"""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt

from assistant.eval_numbers import percent
from assistant.eval_report import ModuleLine
from assistant.planning.wording import count_text
from assistant.ui.charts import GREY, ORANGE, TEAL, Drawing, Figure, Row, values

_ROW_HEIGHT = 24
_HEADS_HEIGHT = 90
_LABEL_ROOM = alt.ExprRef("containerSize()[0] > 500 ? 280 : 130")
"""Pixels for a module's name: whole where there is room, and on a phone its beginning."""
_STEPS = (0.5, 0.65, 0.8, 0.9, 1.0)
_FILLS = ((ORANGE, 0.5), (ORANGE, 0.28), (GREY, 0.15), (TEAL, 0.2), (TEAL, 0.36), (TEAL, 0.55))
"""From low to high shares. They let the page's background through, so that its ink can be read on them."""


def figure(modules: Sequence[ModuleLine], ink: str) -> Figure:
    """A line for each module, a column for each measure."""
    if not modules:
        return Figure("This report holds nothing module by module: it was made by an older version.", ())
    measures = list(dict.fromkeys(cell.measure for module in modules for cell in module.cells))
    cells: list[Row] = [
        {
            "Module": f"{module.number}. {module.title}",
            "Measure": cell.measure,
            "Share": cell.value,
            "Cases": cell.n,
            "shown": f"{round(cell.value * 100)}",
            "fill": _FILLS[step][0],
            "alpha": _FILLS[step][1],
        }
        for module in modules
        for cell in module.cells
        for step in [sum(cell.value >= bound for bound in _STEPS)]
    ]
    rows: list[Row] = []
    for module in modules:
        found = {cell.measure: cell for cell in module.cells}
        shown = {name: f"{percent(found[name].value)} ({found[name].n})" for name in measures if name in found}
        rows.append({"Module": f"{module.number}. {module.title}", **{name: shown.get(name, "–") for name in measures}})
    caption = (
        f"{count_text(len(modules), 'module')} in per cent, of a dozen cases each; the table has their numbers. "
        f"{_lowest(modules, measures[0])}"
    )
    return Figure(caption, rows, _chart(cells, measures, len(modules), ink))


def _lowest(modules: Sequence[ModuleLine], measure: str) -> str:
    found = [(cell.value, module.number) for module in modules for cell in module.cells if cell.measure == measure]
    value, number = min(found)
    return f"Lowest in “{measure}”: module {number} with {percent(value)}."


def _chart(cells: Sequence[Row], measures: Sequence[str], count: int, ink: str) -> Drawing:
    base = alt.Chart(values(cells))
    x = alt.X(
        "Measure:N",
        title=None,
        sort=list(measures),
        axis=alt.Axis(orient="top", labelAngle=-60, labelOverlap=False, domain=False, ticks=False, grid=False),
    )
    y = alt.Y(
        "Module:N", title=None, sort=None, axis=alt.Axis(labelLimit=_LABEL_ROOM, domain=False, ticks=False, grid=False)
    )
    fill, opacity = alt.Color("fill:N", scale=None), alt.Opacity("alpha:Q", scale=None)
    tooltip = ["Module:N", "Measure:N", alt.Tooltip("Share:Q", format=".0%"), "Cases:Q"]
    marks = base.mark_rect(cornerRadius=2).encode(x=x, y=y, color=fill, opacity=opacity, tooltip=tooltip)
    labels = base.mark_text(fontSize=11, color=ink).encode(x=x, y=y, text="shown:N")
    return alt.layer(marks, labels).properties(height=_ROW_HEIGHT * count + _HEADS_HEIGHT)

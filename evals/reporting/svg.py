"""Drawing with a dozen shapes: scales, axes, marks.

Owns: the elements. Colours come from the style sheet by class, so that a chart follows the reader's theme.
Refuses: knowing what is drawn (``evals.reporting.charts``).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from evals.reporting.markup import Child, Node, tag

WIDTH = 360
"""The width of every chart: that of a phone, so that letters keep their size there."""


@dataclass(frozen=True, slots=True)
class Scale:
    """From a value in ``low`` to ``high`` to a place from ``start`` to ``end``; what is outside is at the edge."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        """The place of a value, to a tenth of a pixel."""
        share = (min(max(value, self.low), self.high) - self.low) / (self.high - self.low)
        return round(self.start + share * (self.end - self.start), 1)


def drawing(height: float, label: str, *children: Child) -> Node:
    """A chart that says in ``label`` what it shows."""
    root = tag("svg", *children, role="img", aria_label=label)
    root.set("viewBox", f"0 0 {WIDTH} {height:g}")
    return root


def line(x1: float, y1: float, x2: float, y2: float, kind: str) -> Node:
    """A straight line."""
    return tag("line", x1=x1, y1=y1, x2=x2, y2=y2, class_=kind)


def dot(x: float, y: float, radius: float, kind: str, title: str = "") -> Node:
    """A point of a chart; ``title`` is shown to who points at it."""
    return tag("circle", tag("title", title) if title else None, cx=x, cy=y, r=radius, class_=kind)


def diamond(x: float, y: float, radius: float, kind: str, title: str = "") -> Node:
    """A point of another kind."""
    corners = ((x, y - radius), (x + radius, y), (x, y + radius), (x - radius, y))
    return tag("polygon", tag("title", title) if title else None, points=_points(corners), class_=kind)


def curve(points: Iterable[tuple[float, float]], kind: str) -> Node:
    """A line through points."""
    return tag("polyline", points=_points(points), class_=kind)


def label(x: float, y: float, text: str, kind: str = "label", anchor: str = "start") -> Node:
    """Words at a place; ``anchor`` is start, middle or end."""
    return tag("text", text, x=x, y=y, class_=kind, text_anchor=anchor)


def whisker(x1: float, x2: float, y: float, kind: str) -> list[Node]:
    """An interval from left to right with its ends."""
    return [line(x1, y, x2, y, kind), line(x1, y - 4, x1, y + 4, kind), line(x2, y - 4, x2, y + 4, kind)]


def grid(x: Scale, y: Scale, x_ticks: Sequence[float], y_ticks: Sequence[float]) -> list[Node]:
    """Grid lines with their percentages at the left and at the bottom."""
    nodes: list[Node] = []
    for value in y_ticks:
        nodes.append(line(x.start, y(value), x.end, y(value), "grid"))
        nodes.append(label(x.start - 6, y(value) + 4, f"{value:.0%}", "tick", "end"))
    for value in x_ticks:
        nodes.append(line(x(value), y.start, x(value), y.end, "grid"))
        nodes.append(label(x(value), y.start + 16, f"{value:.0%}", "tick", "middle"))
    return nodes


def _points(points: Iterable[tuple[float, float]]) -> str:
    return " ".join(f"{x:g},{y:g}" for x, y in points)

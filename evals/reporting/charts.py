"""The charts of a report.

Owns: how each is drawn, and the sentence that says what it shows. Refuses: computing what is drawn.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

from assistant.eval_numbers import percent, signed
from assistant.eval_report import Bin, Compared, Figure, LimitLine, RiskPoint
from assistant.eval_words import reliability_words, risk_words
from assistant.planning.wording import count_text
from evals.reporting.markup import Node
from evals.reporting.svg import WIDTH, Scale, curve, diamond, dot, drawing, grid, label, line, whisker

_TOP, _LEFT, _RIGHT, _HEIGHT, _BOTTOM = 26, 46, 20, 300, 46
_PLOT_END = _HEIGHT - _BOTTOM
_FIFTHS = (0, 0.2, 0.4, 0.6, 0.8, 1)
_LINE_HEIGHT = 40
_RISK_STEPS = (0.02, 0.05, 0.1, 0.2, 0.5, 1)


def reliability_chart(bins: Sequence[Bin]) -> Node:
    """Stated confidence from left to right, the share that the roadmap does cover upwards, with Wilson intervals."""
    x, y = Scale(0, 1, _LEFT, WIDTH - _RIGHT), Scale(0, 1, _PLOT_END, _TOP)
    nodes = [*grid(x, y, _FIFTHS, _FIFTHS), line(x(0), y(0), x(1), y(1), "ideal")]
    nodes.append(label(_LEFT - 6, 14, "n", "tick", "end"))
    for one in bins:
        place = x((one.low + one.high) / 2)
        nodes.append(label(place, 14, str(one.n), "tick", "middle"))
        nodes.append(line(x(one.confidence), y(one.share_low), x(one.confidence), y(one.share_high), "whisker"))
        title = f"{percent(one.confidence)} stated, {percent(one.share)} of {one.n} true"
        nodes.append(dot(x(one.confidence), y(one.share), 4.5, "mark", title))
    nodes += _axis_titles("Stated confidence", "Covered by the roadmap")
    return drawing(_HEIGHT, reliability_words(bins), *nodes)


def risk_chart(points: Sequence[RiskPoint], operating: RiskPoint | None) -> Node:
    """The share that is answered from left to right, the share of it that should have been refused upwards."""
    highest = max([one.risk for one in points] + ([operating.risk] if operating else []))
    top = next(step for step in _RISK_STEPS if highest <= step)
    x, y = Scale(0, 1, _LEFT, WIDTH - _RIGHT), Scale(0, top, _PLOT_END, _TOP)
    nodes = [*grid(x, y, _FIFTHS, [top * part / 4 for part in range(5)] if top > _RISK_STEPS[0] else (0, 0.01, 0.02))]
    nodes.append(curve([(x(one.coverage), y(one.risk)) for one in points], "curve"))
    if operating:
        place, height = x(operating.coverage), y(operating.risk)
        nodes.append(diamond(place, height, 6, "accent", f"In use: {percent(operating.coverage)} answered"))
        nodes.append(label(place - 10, height - 8, "as it is used", "label", "end"))
    nodes += _axis_titles("Share of questions answered", "Of these, outside the roadmap")
    return drawing(_HEIGHT, risk_words(points, operating), *nodes)


def _axis_titles(below: str, above: str) -> list[Node]:
    return [label((_LEFT + WIDTH - _RIGHT) / 2, _HEIGHT - 8, below, "title", "middle"), _turned(above)]


def _turned(text: str) -> Node:
    middle = (_TOP + _PLOT_END) / 2
    node = label(0, 0, text, "title", "middle")
    node.set("transform", f"translate(10 {middle:g}) rotate(-90)")
    return node


def intervals_words(suite: str, figures: Mapping[str, Figure], limits: Mapping[str, LimitLine]) -> str:
    """What the chart of intervals shows."""
    limited = [limits[name] for name in figures if name in limits]
    broken = sum(not limit.holds for limit in limited)
    held = f"; {len(limited) - broken} of {count_text(len(limited), 'limit')} hold" if limited else ""
    return f"{count_text(len(figures), 'figure')} of the suite {suite} with 95 % intervals, from 0 to 1{held}."


def intervals_chart(suite: str, figures: Mapping[str, Figure], limits: Mapping[str, LimitLine]) -> Node:
    """A line of its own for each figure from 0 to 1: its name and value, its interval, its limit as a bar."""
    scale = Scale(0, 1, 8, WIDTH - 8)
    nodes: list[Node] = []
    for place, (name, figure) in enumerate(figures.items()):
        top = place * _LINE_HEIGHT
        limit = limits.get(name)
        is_broken = limit is not None and not limit.holds
        short = name.removeprefix(f"{suite}.")
        nodes.append(label(8, top + 14, f"✗ {short}" if is_broken else short, "name broken" if is_broken else "name"))
        nodes.append(label(WIDTH - 8, top + 14, f"{figure.value:.3f}", "value", "end"))
        nodes.append(line(scale(0), top + 26, scale(1), top + 26, "track"))
        nodes += whisker(scale(figure.low), scale(figure.high), top + 26, "whisker")
        nodes.append(dot(scale(figure.value), top + 26, 4.5, "bad" if is_broken else "mark", _said(name, figure)))
        for bound, end in ((limit.floor, 1), (limit.ceiling, -1)) if limit else ():
            if bound is not None:
                nodes += _bound(scale(bound), top + 26, end)
    return drawing(len(figures) * _LINE_HEIGHT, intervals_words(suite, figures, limits), *nodes)


def _bound(x: float, y: float, end: int) -> list[Node]:
    """A limit: a bar with a foot that points to the side that is allowed."""
    return [line(x, y - 8, x, y + 8, "limit"), line(x, y + 8, x + 5 * end, y + 8, "limit")]


def _said(name: str, figure: Figure) -> str:
    return f"{name}: {figure.value:.3f}, {figure.low:.3f} to {figure.high:.3f}, n {figure.n}"


def comparison_reach(lines: Sequence[Compared]) -> float:
    """How far the scale goes to both sides."""
    ends = [abs(end) for one in lines for end in (one.low, one.high, one.margin or 0.0)]
    return max(0.01, math.ceil(100 * max(ends)) / 100)


def comparison_charts(lines: Sequence[Compared], less_is_better: Callable[[str], bool]) -> list[Node]:
    """The differences in two halves with the same scale, so that they can stand side by side."""
    half = max(1, -(-len(lines) // 2))
    parts = [lines[start : start + half] for start in range(0, len(lines), half)]
    return [_comparison_chart(part, comparison_reach(lines), less_is_better) for part in parts]


def _comparison_chart(lines: Sequence[Compared], reach: float, less_is_better: Callable[[str], bool]) -> Node:
    """A line for each metric: how far it is from the baseline, with the interval and the loss that is tolerated."""
    scale = Scale(-reach, reach, 8, WIDTH - 8)
    nodes: list[Node] = []
    for place, one in enumerate(lines):
        top = place * _LINE_HEIGHT
        nodes.append(label(8, top + 14, f"✗ {one.metric}" if one.problem else one.metric, _kind("name", one)))
        nodes.append(label(WIDTH - 8, top + 14, signed(one.difference), "value", "end"))
        nodes.append(line(scale(-reach), top + 27, scale(reach), top + 27, "track"))
        nodes.append(line(scale(0), top + 20, scale(0), top + 34, "ideal"))
        nodes += whisker(scale(one.low), scale(one.high), top + 27, "whisker")
        nodes.append(dot(scale(one.difference), top + 27, 4.5, "bad" if one.problem else "mark", one.metric))
        if one.margin:
            worst, inwards = (one.margin, -1) if less_is_better(one.metric) else (-one.margin, 1)
            nodes += _bound(scale(worst), top + 27, inwards)
    return drawing(len(lines) * _LINE_HEIGHT, f"Differences of {count_text(len(lines), 'metric')}.", *nodes)


def _kind(kind: str, one: Compared) -> str:
    return f"{kind} broken" if one.problem else kind

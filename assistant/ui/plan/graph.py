"""What builds on what: the plan's topics of one module with what they need, or all modules.

Owns: the nodes, their places and the figure. Pure. Refuses: Streamlit.

Every node has a line of its own, in study order, and is indented by how long the chain before it is. So no label covers
another at any width, and a line from a node leads down to those that build on it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import altair as alt

from assistant.curriculum import Curriculum
from assistant.planning import StudyPlan
from assistant.planning.wording import count_text
from assistant.ui.charts import (
    LABEL_SIZE,
    PROGRESS_COLORS,
    QUIET_LINE,
    Drawing,
    Figure,
    Progress,
    Row,
    scale,
    shapes,
    values,
    words_over_lines,
)

_ROW_HEIGHT = 28
_MOST_INDENTS = 7
_LEFT, _RIGHT = -0.3, _MOST_INDENTS * 2.2
"""The ends of the axis of indents: a name at the deepest has more than half of the width."""
_LABEL_GAP = 12
_ROOM = alt.ExprRef(f"width * ({_RIGHT} - datum.x) / {_RIGHT - _LEFT} - {_LABEL_GAP}")
"""How many pixels a name has before the chart ends: only what is wider ends in dots."""


@dataclass(frozen=True, slots=True)
class Node:
    """A topic or a module; ``needs`` are ids of nodes that come first."""

    id: str
    label: str
    progress: Progress
    needs: tuple[str, ...] = ()


def topic_nodes(
    curriculum: Curriculum, plan: StudyPlan, module: int, done: Collection[str], following: str | None
) -> list[Node]:
    """The module's planned topics, and the planned or done topics elsewhere that they need or that need them."""
    planned = {item.topic for item in plan.items} & curriculum.topics.keys()
    own = {topic.id for topic in curriculum.module(module).topics} & (planned | set(done))
    near = {edge.id for topic in own for edge in curriculum.topics[topic].prerequisites}
    near |= {topic for topic in planned if any(edge.id in own for edge in curriculum.topics[topic].prerequisites)}
    shown = own | (near & (planned | set(done)))
    return [
        Node(
            topic,
            f"{curriculum.topics[topic].module}. {curriculum.topics[topic].title}",
            _progress(topic in done, topic == following),
            tuple(edge.id for edge in curriculum.topics[topic].prerequisites if edge.id in shown),
        )
        for topic in curriculum.study_order(shown)
    ]


def module_nodes(curriculum: Curriculum, plan: StudyPlan, done: Collection[str], following: str | None) -> list[Node]:
    """The plan's modules in study order, each after those whose topics it needs."""
    topics: dict[int, set[str]] = {}
    for item in plan.items:
        if item.topic in curriculum.topics:
            topics.setdefault(item.module, set()).add(item.topic)
    needs: dict[int, set[int]] = {number: set() for number in topics}
    for number, members in topics.items():
        for topic in members:
            for edge in curriculum.topics[topic].prerequisites:
                other = curriculum.topics[edge.id].module
                # Single topics of two modules may need each other's; only what is begun earlier is drawn.
                if other != number and other in topics and list(topics).index(other) < list(topics).index(number):
                    needs[number].add(other)
    return [
        Node(
            str(number),
            f"{number}. {curriculum.module(number).title}",
            _progress(members <= set(done), following in members),
            tuple(map(str, sorted(needs[number]))),
        )
        for number, members in topics.items()
    ]


def figure(nodes: Sequence[Node], noun: str, ink: str) -> Figure:
    """The nodes, each of them a ``noun``, as a figure."""
    if not nodes:
        return Figure("Nothing in this plan to draw.", ())
    count = {state: sum(node.progress is state for node in nodes) for state in Progress}
    edges = sum(len(node.needs) for node in nodes)
    caption = (
        f"{count_text(len(nodes), noun)} in study order, with {count_text(edges, 'line')} from what is needed down to "
        f"what builds on it: {count[Progress.DONE]} done, {count[Progress.NEXT]} next, {count[Progress.OPEN]} open."
    )
    names = {node.id: node.label for node in nodes}
    rows: list[Row] = [
        {
            "Name": node.label,
            "State": node.progress.value,
            "Needs first": "; ".join(names[other] for other in node.needs) or "–",
            "Opens the way to": "; ".join(other.label for other in nodes if node.id in other.needs) or "–",
        }
        for node in nodes
    ]
    return Figure(caption, rows, _chart(nodes, rows, ink))


def depths(nodes: Sequence[Node]) -> Mapping[str, int]:
    """How many nodes the longest chain before each has; ``nodes`` are in study order."""
    found: dict[str, int] = {}
    for node in nodes:
        found[node.id] = max((found[other] + 1 for other in node.needs if other in found), default=0)
    return found


def _chart(nodes: Sequence[Node], rows: Sequence[Row], ink: str) -> Drawing:
    depth = depths(nodes)
    place = {node.id: number for number, node in enumerate(nodes)}
    indent = {node.id: min(depth[node.id], _MOST_INDENTS) for node in nodes}
    points = [{"x": indent[node.id], "y": place[node.id], **row} for node, row in zip(nodes, rows, strict=True)]
    # From what is needed straight down, then across to what builds on it.
    corners = [
        {"x": x, "y": y, "edge": f"{other}>{node.id}", "step": step}
        for node in nodes
        for other in node.needs
        for step, (x, y) in enumerate(
            ((indent[other], place[other]), (indent[other], place[node.id]), (indent[node.id], place[node.id]))
        )
    ]
    x = alt.X("x:Q", axis=None, scale=alt.Scale(domain=[_LEFT, _RIGHT]))
    y = alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[len(nodes) - 0.4, -0.6], nice=False))
    lines = (
        alt.Chart(values(corners))
        .mark_line(color=QUIET_LINE, strokeWidth=1, opacity=0.7)
        .encode(x=x, y=y, detail="edge:N", order="step:O")
    )
    marks = (
        alt.Chart(values(points))
        .mark_point(size=110, filled=True, opacity=1)
        .encode(
            x=x,
            y=y,
            color=alt.Color("State:N", scale=scale(PROGRESS_COLORS), legend=alt.Legend(title=None, orient="bottom")),
            shape=alt.Shape("State:N", scale=shapes(), legend=alt.Legend(title=None, orient="bottom")),
            tooltip=["Name:N", "State:N", "Needs first:N", "Opens the way to:N"],
        )
    )
    named = alt.Chart(values(points)).encode(x=x, y=y, text="Name:N")
    labels = words_over_lines(named, ink, align="left", dx=_LABEL_GAP, fontSize=LABEL_SIZE, limit=_ROOM)
    return alt.layer(lines, *labels, marks).properties(height=_ROW_HEIGHT * len(nodes))


def _progress(is_done: bool, is_next: bool) -> Progress:
    return Progress.DONE if is_done else Progress.NEXT if is_next else Progress.OPEN

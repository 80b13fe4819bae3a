"""Which topics a plan holds, how long each takes, and in which order they are studied.

Owns: the study order that keeps modules together, minutes per topic, and what fits before a deadline.
Refuses: dates (``availability``, ``scheduling``). What fits is taken in study order; choosing the topics whose loss
hurts the goal least is another strategy that can stand beside ``what_fits`` and return the same ``Selection``.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from assistant.curriculum import Curriculum
from assistant.domain import Topic
from assistant.planning.availability import SHORTEST_ITEM_MINUTES
from assistant.planning.ordering import components, ordered

GRID_MINUTES = 5
"""Durations are multiples of this."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A needed topic that is not scheduled.

    ``missing``: its hard prerequisites that are left out too; when there are none, ``minutes_left`` says how little
    time remained when its turn came.
    """

    topic: Topic
    missing: tuple[Topic, ...]
    minutes_left: int


@dataclass(frozen=True, slots=True)
class Selection:
    """The needed topics in study order: those scheduled, and those left out."""

    scheduled: tuple[Topic, ...]
    left_out: tuple[LeftOut, ...]


def topic_minutes(topic: Topic) -> int:
    """The likely study time in minutes, on the grid; never less than one item."""
    steps = math.floor(topic.hours.likely * 60 / GRID_MINUTES + 0.5)
    return max(SHORTEST_ITEM_MINUTES, steps * GRID_MINUTES)


def study_order(curriculum: Curriculum, topic_ids: Collection[str]) -> tuple[Topic, ...]:
    """The given topics with every hard and soft prerequisite among them before its dependents.

    Modules stay in one piece wherever the graph allows it: modules that need each other in a circle are ordered as
    one group, and within such a group a module is left only when nothing in it is ready. Ties follow the roadmap.
    """
    place = {topic_id: index for index, topic_id in enumerate(curriculum.topics) if topic_id in topic_ids}
    before = {
        topic_id: {edge.id for edge in curriculum.topics[topic_id].prerequisites if edge.id in place}
        for topic_id in place
    }
    module_of = {topic_id: curriculum.topics[topic_id].module for topic_id in place}
    modules_before: dict[int, set[int]] = {module: set() for module in module_of.values()}
    for topic_id, earlier in before.items():
        modules_before[module_of[topic_id]] |= {module_of[other] for other in earlier} - {module_of[topic_id]}

    group_of = components(modules_before)
    members: dict[int, list[str]] = {}
    for topic_id in place:
        members.setdefault(group_of[module_of[topic_id]], []).append(topic_id)
    groups_before: dict[int, set[int]] = {group: set() for group in members}
    for module, others in modules_before.items():
        groups_before[group_of[module]] |= {group_of[other] for other in others} - {group_of[module]}

    result: list[str] = []
    for group in ordered(groups_before, lambda group, _: place[members[group][0]]):
        inside = set(members[group])
        result += ordered(
            {topic_id: before[topic_id] & inside for topic_id in members[group]},
            lambda topic_id, last: (last is not None and module_of[topic_id] != module_of[last], place[topic_id]),
        )
    return tuple(curriculum.topics[topic_id] for topic_id in result)


def what_fits(order: Sequence[Topic], minutes_available: int | None) -> Selection:
    """Take topics in study order while they fit into the minutes; None means there is no limit.

    A topic that is too long is passed over and shorter ones after it may still fit, but never one that has a left-out
    hard prerequisite.
    """
    scheduled: list[Topic] = []
    left_out: dict[str, LeftOut] = {}
    left = math.inf if minutes_available is None else minutes_available
    for topic in order:
        missing = tuple(left_out[edge.id].topic for edge in topic.prerequisites if edge.hard and edge.id in left_out)
        if missing or topic_minutes(topic) > left:
            left_out[topic.id] = LeftOut(topic, missing, int(left))
        else:
            scheduled.append(topic)
            left -= topic_minutes(topic)
    return Selection(tuple(scheduled), tuple(left_out.values()))

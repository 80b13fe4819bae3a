"""The order in which topics are studied.

Owns: the study order that keeps modules together. Refuses: choosing topics (``scope``, ``dropping``) and dates.
"""

from __future__ import annotations

from collections.abc import Collection

from assistant.curriculum import Curriculum
from assistant.domain import Topic
from assistant.planning.ordering import components, ordered


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

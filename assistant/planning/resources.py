"""Which resources of the catalogue go with a topic's reading.

Owns: choosing and ranking them. Refuses: reading the catalogue (``assistant.catalogue``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistant.domain import Level, Resource, Topic

_MOST = 3
_STEPS = {level: step for step, level in enumerate(Level)}


def by_topic(catalogue: Sequence[Resource]) -> Mapping[str, tuple[Resource, ...]]:
    """The resources of each topic id that has any."""
    found: dict[str, list[Resource]] = {}
    for resource in catalogue:
        for topic_id in dict.fromkeys(resource.topics):
            found.setdefault(topic_id, []).append(resource)
    return {topic_id: tuple(resources) for topic_id, resources in found.items()}


def best_fitting(resources: Sequence[Resource], topic: Topic, minutes: int) -> tuple[str, ...]:
    """Ids of up to three resources for so many minutes of reading about the topic, the best first.

    What is mainly about the topic goes before what touches it, then the topic's own level, then what fits into the
    reading together with those before it, then what is free. If nothing fits, the shortest of the best is named:
    a part of it can still be read.
    """
    ranked = sorted(
        resources,
        key=lambda one: (
            one.topics.index(topic.id),
            abs(_STEPS[one.level] - _STEPS[topic.level]),
            one.minutes > minutes,
            not one.free,
            one.minutes,
            one.id,
        ),
    )
    chosen: list[str] = []
    left = minutes
    for resource in ranked:
        if resource.minutes <= left and len(chosen) < _MOST:
            chosen.append(resource.id)
            left -= resource.minutes
    if not chosen and ranked:
        shortest = min(ranked, key=lambda one: (one.topics.index(topic.id), one.minutes, one.id))
        chosen.append(shortest.id)
    return tuple(chosen)

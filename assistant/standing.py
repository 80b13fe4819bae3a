"""How far a learner is: what they know, and the level that follows from it. Pure.

Owns: reading the frontier out of what is known. Refuses: keeping it (``assistant.progress``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from assistant.curriculum import Curriculum
from assistant.domain import Level
from assistant.progress import TopicProgress, TopicState

_MOSTLY = 0.5
"""The share of a level's topics that must be known before the next level is the learner's."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What a learner knows. ``level`` is what answers are written for; None where nothing is known of the learner.

    ``told`` is whether there is a plan or any progress: without, nothing is said about what is not done yet.
    """

    known: frozenset[str] = frozenset()
    told: bool = False
    level: Level | None = None


def known_topics(progress: Mapping[str, TopicProgress], planned_as_known: Iterable[str]) -> frozenset[str]:
    """What is recorded as known or done, and what the plan takes for known unless the record says otherwise."""
    unknown = {topic for topic, each in progress.items() if each.state is TopicState.UNKNOWN}
    recorded = {topic for topic, each in progress.items() if each.state is not TopicState.UNKNOWN}
    return frozenset((recorded | set(planned_as_known)) - unknown)


def standing_of(curriculum: Curriculum, known: frozenset[str], *, told: bool, level: Level | None = None) -> Standing:
    """The learner's standing; ``level`` is what they chose, else it is read off the frontier."""
    return Standing(known, told, level or (frontier_level(curriculum, known) if told else None))


def frontier_level(curriculum: Curriculum, known: frozenset[str]) -> Level:
    """The lowest level of which not even half is known, in topics; the highest where there is none."""
    for level in Level:
        topics = [topic.id for topic in curriculum.topics.values() if topic.level is level]
        if topics and sum(topic in known for topic in topics) < _MOSTLY * len(topics):
            return level
    return list(Level)[-1]

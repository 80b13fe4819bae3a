"""A goal in the learner's words to topics of the roadmap.

Owns: which topics a free text asks for. Refuses: scheduling them.
"""

from __future__ import annotations

from assistant.curriculum import Curriculum
from assistant.errors import InvalidInput
from assistant.retrieval import Retriever

_PASSAGES = 40
_MAX_TOPICS = 6
_RELATIVE_FLOOR = 0.75
_MIN_SIMILARITY = 0.3


def match_goal(retriever: Retriever, curriculum: Curriculum, goal: str) -> tuple[str, ...]:
    """The topic ids closest to the goal, the closest first.

    Raises:
        InvalidInput: the goal is empty or nothing in the roadmap is close to it.
    """
    best: dict[str, float] = {}
    found = retriever.retrieve(goal, _PASSAGES).passages if goal.strip() else ()
    nearest = max((scored.dense or 0.0 for scored in found), default=0.0)
    for scored in found:
        topic = scored.passage.topic
        if topic in curriculum.topics and topic is not None:
            best[topic] = max(best.get(topic, 0.0), scored.score)
    if nearest < _MIN_SIMILARITY or not best:
        raise InvalidInput(
            "No topic of the roadmap is close to that goal. Say it in other words, or name topics: `study topics`."
        )
    floor = _RELATIVE_FLOOR * max(best.values())
    ranked = sorted((topic for topic in best if best[topic] >= floor), key=lambda topic: (-best[topic], topic))
    return tuple(ranked[:_MAX_TOPICS])

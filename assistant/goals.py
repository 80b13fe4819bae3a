"""A goal in the learner's words to topics of the roadmap.

Owns: which topics a free text asks for. Refuses: scheduling them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from assistant.curriculum import Curriculum
from assistant.errors import InvalidInput
from assistant.retrieval import Retriever
from assistant.words import STOPWORDS, words

_PASSAGES = 80
# Two at most, and only near ties: tests/assistant/test_goals.py has the cases that this was measured on.
_TOPICS_FOR_A_SUBJECT = 2
_MIN_SIMILARITY = 0.33
_RELATIVE_FLOOR = 0.9
# A goal often names several subjects: "deploy an LLM app on Kubernetes" asks for both.
_JOINTS = re.compile(r"[,;:.]|\b(?:and|or|on|in|with|using|for|from|to|into|via|plus)\b", re.IGNORECASE)
_WISHES = frozenset(
    {"want", "learn", "become", "understand", "know", "study", "able", "build", "make", "master", "good"}
)


def match_goal(retriever: Retriever, curriculum: Curriculum, goal: str) -> tuple[str, ...]:
    """The topic ids that the goal, and each subject it names, is closest to, in the roadmap's order.

    Raises:
        InvalidInput: the goal is empty or nothing in the roadmap is close to it.
    """
    subjects = _subjects(goal)
    whole = _similarities(retriever, goal) if subjects else {}
    chosen = _closest(whole)
    for subject in subjects if len(subjects) > 1 else ():
        # A subject alone can mean anything ("tools", "memory"); the goal it stands in says which sense is meant.
        alone = _similarities(retriever, subject)
        least = min(whole.values(), default=0.0)
        chosen |= _closest({topic: (alone[topic] + whole.get(topic, least)) / 2 for topic in alone})
    if not chosen:
        raise InvalidInput("No topic of the roadmap is close to that goal. Use other words, or leave the goal empty.")
    return tuple(topic for topic in curriculum.topics if topic in chosen)


def _subjects(goal: str) -> list[str]:
    pieces = [piece.strip() for piece in _JOINTS.split(goal)]
    return [piece for piece in pieces if any(word not in STOPWORDS | _WISHES for word in words(piece))]


def _similarities(retriever: Retriever, text: str) -> dict[str, float]:
    best: dict[str, float] = {}
    retrieval = retriever.retrieve(text, _PASSAGES)
    # Words that stand nowhere are near to something all the same: a vector always is.
    known = [term for term in retrieval.terms if term not in retrieval.unknown and term not in _WISHES]
    for scored in retrieval.passages if known else ():
        if scored.passage.topic is not None and scored.dense is not None:
            best[scored.passage.topic] = max(best.get(scored.passage.topic, 0.0), scored.dense)
    return best


def _closest(similarities: Mapping[str, float]) -> set[str]:
    floor = max(_MIN_SIMILARITY, _RELATIVE_FLOOR * max(similarities.values(), default=0.0))
    ranked = sorted(similarities, key=lambda topic: (-similarities[topic], topic))
    return {topic for topic in ranked[:_TOPICS_FOR_A_SUBJECT] if similarities[topic] >= floor}

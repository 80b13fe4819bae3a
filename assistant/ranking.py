"""From scored passages to the order in which they are read.

Owns: letting the passages of one topic, and of one module, speak for each other, and variety among the best.
Pure. Refuses: the scores of single passages (``assistant.retrieval``).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping

from assistant.domain import Passage

_COMPANY = 0.7
"""Share of a passage's rank that its topic and its module decide; the rest is its own score. Chosen on questions whose
answers the notes' authors had not seen: right module first .864 with it, .847 with none."""
_TOPIC_WEIGHTS = (1.0, 0.5, 0.25)
_MODULE_WEIGHTS = (1.0, 0.5, 0.25, 0.125)
"""What the best, second best ... passage of a group counts for the group."""
_SAME_SECTION = 0.05
_SAME_TOPIC = 0.05
_SAME_MODULE = 0.1
"""What a passage loses for every better one of its section, topic and module, so that they do not fill the page."""

Key = Callable[[Passage], object]


def order(passages: Mapping[str, Passage], scores: Mapping[str, float], k: int) -> list[tuple[str, float]]:
    """The ``k`` best ids with their rank scores (0..1), the best first; ``scores`` are 0..1 for every passage."""
    return _varied(passages, _with_company(passages, scores), k)


def _with_company(passages: Mapping[str, Passage], scores: Mapping[str, float]) -> dict[str, float]:
    topics = _groups(passages, scores, topic_of, _TOPIC_WEIGHTS)
    modules = _groups(passages, scores, _module_of, _MODULE_WEIGHTS)
    return {
        id_: (1 - _COMPANY) * scores[id_]
        + _COMPANY * (topics[topic_of(passage)] + modules[_module_of(passage)]) / 2
        for id_, passage in passages.items()
    }  # fmt: skip


def _groups(
    passages: Mapping[str, Passage], scores: Mapping[str, float], key: Key, weights: tuple[float, ...]
) -> dict[object, float]:
    members: dict[object, list[float]] = defaultdict(list)
    for id_, passage in passages.items():
        members[key(passage)].append(scores[id_])
    return {
        group: sum(weight * score for weight, score in zip(weights, sorted(found, reverse=True), strict=False))
        / sum(weights)
        for group, found in members.items()
    }


def topic_of(passage: Passage) -> object:
    """What a passage is about: its topic, else its module, else the document it stands in."""
    return passage.topic or _module_of(passage)


def _module_of(passage: Passage) -> object:
    return passage.module if passage.module is not None else passage.source


def _varied(passages: Mapping[str, Passage], ranked: Mapping[str, float], k: int) -> list[tuple[str, float]]:
    left = dict(sorted(ranked.items()))
    seen: Counter[object] = Counter()
    chosen: list[tuple[str, float]] = []

    def value(id_: str) -> float:
        passage = passages[id_]
        return (
            left[id_]
            - _SAME_SECTION * seen["section", passage.source, passage.heading]
            - _SAME_TOPIC * seen["topic", topic_of(passage)]
            - _SAME_MODULE * seen["module", _module_of(passage)]
        )

    while left and len(chosen) < k:
        best = max(left, key=value)
        passage = passages[best]
        chosen.append((best, max(0.0, value(best))))
        del left[best]
        seen.update((("section", passage.source, passage.heading), ("topic", topic_of(passage))))
        seen["module", _module_of(passage)] += 1
    return chosen

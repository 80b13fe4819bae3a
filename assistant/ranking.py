"""From scored passages to the order in which they are read.

Owns: letting the passages of one topic, and of one module, speak for each other, and variety among the best.
Pure. Refuses: the scores of single passages (``assistant.retrieval``).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from heapq import heapify, heappop, heapreplace

from assistant.domain import Passage

_COMPANY = 0.7
"""Share of a passage's rank that its topic and its module decide, half each; the rest is its own score."""
_TOPIC_WEIGHTS = (1.0, 0.5, 0.25)
_MODULE_WEIGHTS = (1.0, 0.5, 0.25, 0.125)
"""What the best, second best ... passage of a group counts for the group."""
_SAME_SECTION = 0.05
_SAME_TOPIC = 0.05
_SAME_MODULE = 0.1
"""What a passage loses for every better one of its section, topic and module, so that they do not fill the page."""

_Key = Callable[[Passage], object]


def order(passages: Mapping[str, Passage], scores: Mapping[str, float], k: int) -> list[tuple[str, float]]:
    """The ``k`` best ids with their rank scores (0..1), the best first; ``scores`` are 0..1 for every passage.

    Equally good ones come in the order of their ids.
    """
    return _varied(passages, _with_company(passages, scores), k)


def _with_company(passages: Mapping[str, Passage], scores: Mapping[str, float]) -> dict[str, float]:
    topics = _groups(passages, scores, _topic_of, _TOPIC_WEIGHTS)
    modules = _groups(passages, scores, _module_of, _MODULE_WEIGHTS)
    return {
        id_: (1 - _COMPANY) * scores[id_]
        + _COMPANY * (topics[_topic_of(passage)] + modules[_module_of(passage)]) / 2
        for id_, passage in passages.items()
    }  # fmt: skip


def _groups(
    passages: Mapping[str, Passage], scores: Mapping[str, float], key: _Key, weights: tuple[float, ...]
) -> dict[object, float]:
    members: dict[object, list[float]] = defaultdict(list)
    for id_, passage in passages.items():
        members[key(passage)].append(scores[id_])
    return {
        group: sum(weight * score for weight, score in zip(weights, sorted(found, reverse=True), strict=False))
        / sum(weights)
        for group, found in members.items()
    }


def _topic_of(passage: Passage) -> object:
    """What a passage is about: its topic, else its module, else the document it stands in."""
    return passage.topic or _module_of(passage)


def _module_of(passage: Passage) -> object:
    return passage.module if passage.module is not None else passage.source


def _varied(passages: Mapping[str, Passage], ranked: Mapping[str, float], k: int) -> list[tuple[str, float]]:
    seen: Counter[object] = Counter()
    chosen: list[tuple[str, float]] = []
    # A value only falls while others are chosen. So what is still worth as much as when it was put in is the best.
    heap = [(-score, id_) for id_, score in ranked.items()]
    heapify(heap)
    while heap and len(chosen) < k:
        was, id_ = heap[0]
        places = _places(passages[id_])
        value = ranked[id_] - sum(cost * seen[place] for place, cost in places.items())
        if value < -was:
            heapreplace(heap, (-value, id_))
            continue
        heappop(heap)
        chosen.append((id_, max(0.0, value)))
        seen.update(places.keys())
    return chosen


def _places(passage: Passage) -> dict[tuple[object, ...], float]:
    """Where a passage stands, and what every better passage at the same place costs it."""
    return {
        ("section", passage.source, passage.heading): _SAME_SECTION,
        ("topic", _topic_of(passage)): _SAME_TOPIC,
        ("module", _module_of(passage)): _SAME_MODULE,
    }

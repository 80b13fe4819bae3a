"""Which topics of the roadmap a text names.

Owns: looking titles and aliases up in a text, whatever the endings of their words. Refuses: ranking topics by what a
text is about (``assistant.retrieval``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from assistant.curriculum import Curriculum
from assistant.words import STOPWORDS, stem, words

_LIST = re.compile(r"\s*[,:()/]\s*| vs\.? | or | and ")
_VERSUS = re.compile(r" vs\.? ")
"""What would turn every question on a topic into a comparison."""
_LONGEST = 5


@dataclass(frozen=True, slots=True)
class TopicNames:
    """The topics by each of their names, as the stems of its words; ``titles`` gives each topic's, as a subject."""

    topics: Mapping[tuple[str, ...], frozenset[str]]
    titles: Mapping[str, str] = field(default_factory=dict)

    def named_in(self, text: str) -> frozenset[str]:
        """The ids of every topic that the text calls by a name."""
        found = _stems(text)
        spans = (
            tuple(found[start : start + length])
            for start in range(len(found))
            for length in range(1, min(_LONGEST, len(found) - start) + 1)
        )
        return frozenset[str]().union(*(self.topics.get(span, frozenset()) for span in spans))


def topic_names(curriculum: Curriculum) -> TopicNames:
    """The titles (and what they list) and the aliases of every topic.

    Of what a title lists only names of several words count: "Order" or "test" alone is an everyday word.
    """
    topics: dict[tuple[str, ...], frozenset[str]] = {}
    for topic in curriculum.topics.values():
        listed = [part for part in _LIST.split(topic.title) if len(_stems(part)) > 1]
        for name in (topic.title, topic.id.replace("-", " "), *listed, *topic.aliases):
            if key := tuple(_stems(name)):
                topics[key] = topics.get(key, frozenset()) | {topic.id}
    titles = {topic.id: _VERSUS.sub(", ", topic.title.rstrip("?")) for topic in curriculum.topics.values()}
    return TopicNames(topics, titles)


def _stems(text: str) -> list[str]:
    return [stem(word) for word in words(text) if word not in STOPWORDS]

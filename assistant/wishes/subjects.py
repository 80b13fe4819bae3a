"""Names of subjects to topic ids: titles, aliases, terms of the glossary, modules, levels, ranges of modules.

Owns: what one name means. Refuses: finding the names in a sentence (``assistant.wishes.lists``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from assistant.curriculum import Curriculum
from assistant.domain import Level, Term
from assistant.topic_names import topic_names
from assistant.vocabulary import vocabulary_of
from assistant.words import STOPWORDS, stem, words

# Words that may stand around a name without changing what it names.
_AROUND = frozenset(
    words(
        "already all everything thing things stuff part parts topic topics module modules section sections chapter "
        "chapters level "
        "basics basic fundamentals fundamental intro introduction concepts really quite pretty very well bit little "
        "lot much only "
        "also still good enough any anything more please way ins outs entire whole fully deep deeply related "
        "extremely inside out "
        "design patterns pattern tool tools"
    )
)
_LEVELS = {
    "beginner": Level.BEGINNER,
    "beginners": Level.BEGINNER,
    "intermediate": Level.INTERMEDIATE,
    "advanced": Level.ADVANCED,
    "expert": Level.EXPERT,
}
_LEVEL = re.compile(rf"\b({'|'.join(_LEVELS)})\b", re.IGNORECASE)
_MODULES = re.compile(r"^(?:all|everything|most)? ?(?:in |of |from )?(?:the )?modules?\b(.*)$", re.IGNORECASE)
_NUMBERS = re.compile(r"#?(\d+)(?: ?(?:-|to|through) ?#?(\d+))?")
_LISTING = re.compile(r"(?:\s|,|and|&|#|\d|-|to|through|plus)*", re.IGNORECASE)
_LONGEST = 6
_SHOWN = 3


class Subjects:
    """The names of one roadmap; safe to share."""

    def __init__(self, curriculum: Curriculum, terms: Sequence[Term]) -> None:
        self._curriculum = curriculum
        self._around = {stem(word) for word in _AROUND}
        self._vocabulary = vocabulary_of(curriculum, terms)
        self._names: dict[tuple[str, ...], frozenset[str]] = dict(topic_names(curriculum).topics)
        self._ids = {topic: frozenset({topic}) for topic in curriculum.topics}
        for module in curriculum.modules:
            self._ids[module.id] = frozenset(topic.id for topic in module.topics)
            self._add((module.title, module.id.replace("-", " ")), (topic.id for topic in module.topics))
        for term in terms:
            self._add((term.term, *term.aliases, *term.abbreviations), (term.topic,))

    def ordered(self, topics: Iterable[str]) -> tuple[str, ...]:
        """The ids once each, in the roadmap's order."""
        chosen = frozenset(topics)
        return tuple(topic for topic in self._curriculum.topics if topic in chosen)

    def resolve(self, name: str) -> frozenset[str]:
        """The topics that the whole of ``name`` stands for; none if any word of it names nothing."""
        text = name.strip(" \t\n\"'`.:")
        if found := self._ids.get(text.lower()):
            return found
        if found := self._by_module(text) or self._by_level(text):
            return found
        keys = _stems(text)
        return self._names.get(tuple(keys)) or self._covered(keys) or self._mended(text)

    def named_in(self, text: str) -> frozenset[str]:
        """The topics that any words of the text name."""
        keys = _stems(text)
        return frozenset[str]().union(*(topics for _, _, topics in self._spans(keys)))

    def said(self, topics: Iterable[str]) -> str:
        """The titles of these topics for people; many of them are counted instead."""
        named = [self._curriculum.topics[topic].title for topic in self.ordered(topics)]
        shown = named if len(named) <= _SHOWN + 1 else named[:_SHOWN]
        return "; ".join(shown) + (f" and {len(named) - _SHOWN} more topics" if len(shown) < len(named) else "")

    def _add(self, names: Iterable[str], topics: Iterable[str]) -> None:
        ids = frozenset(topics)
        for name in names:
            # What the curriculum calls by a name is nearer to a learner's sense of it than the glossary.
            if key := tuple(_stems(name)):
                self._names.setdefault(key, ids)

    def _by_module(self, text: str) -> frozenset[str]:
        if not (match := _MODULES.match(text)) or not _LISTING.fullmatch(match[1]):
            return frozenset()
        found: set[str] = set()
        for numbers in _NUMBERS.finditer(match[1]):
            first, last = int(numbers[1]), int(numbers[2] or numbers[1])
            for module in self._curriculum.modules:
                if first <= module.number <= last:
                    found.update(topic.id for topic in module.topics)
        return frozenset(found)

    def _by_level(self, text: str) -> frozenset[str]:
        levels = [_LEVELS[word.lower()] for word in _LEVEL.findall(text)]
        rest = [word for word in words(_LEVEL.sub(" ", text)) if word not in STOPWORDS | _AROUND]
        if not levels or rest:
            return frozenset()
        return frozenset(topic.id for topic in self._curriculum.topics.values() if topic.level in levels)

    def _spans(self, keys: Sequence[str]) -> Iterable[tuple[int, int, frozenset[str]]]:
        """Names from left to right, each as long as possible."""
        start = 0
        while start < len(keys):
            for length in range(min(_LONGEST, len(keys) - start), 0, -1):
                if topics := self._names.get(tuple(keys[start : start + length])):
                    yield start, start + length, topics
                    start += length - 1
                    break
            start += 1

    def _covered(self, keys: Sequence[str]) -> frozenset[str]:
        spans = list(self._spans(keys))
        inside = {position for start, end, _ in spans for position in range(start, end)}
        if not spans or any(key not in self._around for position, key in enumerate(keys) if position not in inside):
            return frozenset()
        return frozenset[str]().union(*(topics for _, _, topics in spans))

    def _mended(self, text: str) -> frozenset[str]:
        better = {word: self._vocabulary.corrected(word) for word in words(text) if word not in STOPWORDS}
        if not any(better.values()):
            return frozenset()
        return self._covered(_stems(" ".join(better.get(word) or word for word in words(text))))


def _stems(text: str) -> list[str]:
    return [stem(word) for word in words(text) if word not in STOPWORDS]

"""The things that a comparison compares, and whether a text names them.

Owns: what tells them apart. Refuses: finding them in a question (``assistant.query``).
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.words import content_words, stems

_FIRST_WORDS = 3
"""Content words among which a sentence says what it is about."""


def side_names(sides: Sequence[str]) -> list[frozenset[str]]:
    """The stems that tell the sides apart: "Kafka topic" and "Kafka partition" are not both named by "Kafka"."""
    names = [stems(side) for side in sides]
    shared = frozenset.intersection(*names) if names else frozenset()
    return [name - shared or name for name in names]


def contrasts(sides: Sequence[frozenset[str]], sentence: str) -> bool:
    """Whether a sentence sets several sides against each other: it names all, and begins with one of them."""
    begins = stems(" ".join(content_words(sentence)[:_FIRST_WORDS]))
    return names_all(sides, stems(sentence)) and any(name & begins for name in sides)


def names_all(sides: Sequence[frozenset[str]], text: frozenset[str]) -> bool:
    """Whether a text with these stems names every one of several sides."""
    return len(sides) > 1 and all(name & text for name in sides)

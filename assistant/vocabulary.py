"""The words of the field as learners type them: short forms, and words one slip of the finger away.

Owns: which words and short forms are known, built from the glossary and the curriculum. Pure once built.
Refuses: what a question means (``assistant.query``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from rapidfuzz.distance import OSA

from assistant.curriculum import Curriculum
from assistant.domain import Term
from assistant.words import words

_MIN_LENGTH = 4
"""Letters a word must have before a slip in it can be told from another word."""
_LONG = 7
"""Letters from which on a replaced letter or another ending is a slip: "swift" is not "shift", nor "unity" "unit"."""
_VERY_LONG = 9
"""Letters from which on two slips are forgiven."""
_MOST_SLIPS = 2
_ANOTHER_WORD = _MOST_SLIPS + 1


class Vocabulary:
    """Names of the field. ``terms`` is the glossary; ``names`` are further names, such as topic titles."""

    def __init__(self, terms: Sequence[Term], names: Iterable[str] = ()) -> None:
        meanings: dict[str, set[str]] = defaultdict(set)
        known: set[str] = set()
        for term in terms:
            for short in term.abbreviations:
                meanings[short.lower()].add(term.term)
            for name in (term.term, *term.aliases, *term.abbreviations):
                known.update(words(name))
        for name in names:
            known.update(words(name))
        # A short form with two meanings says nothing without its context.
        self._meanings = {short: next(iter(found)) for short, found in meanings.items() if len(found) == 1}
        self._by_initial: dict[str, list[str]] = defaultdict(list)
        for word in sorted(known):
            if len(word) >= _MIN_LENGTH and word.isalpha():
                self._by_initial[word[0]].append(word)

    def meaning(self, short: str) -> str | None:
        """The term a short form stands for, also in the plural; None for an unknown or ambiguous one."""
        low = short.lower()
        return self._meanings.get(low) or (self._meanings.get(low[:-1]) if low.endswith("s") else None)

    def corrected(self, word: str) -> str | None:
        """The one word of the field that an unknown lower-case word is a slip of the finger from, or None.

        The first letter must be right: it nearly always is, and most wrong corrections would change it.
        """
        if len(word) < _MIN_LENGTH or not word.isalpha():
            return None
        candidates = self._by_initial.get(word[0], [])
        if word in candidates:
            return None
        slips = {known: _slips(word, known) for known in candidates}
        allowed = _MOST_SLIPS if len(word) >= _VERY_LONG else 1
        least = min(slips.values(), default=_ANOTHER_WORD)
        nearest = [known for known, count in slips.items() if count == least]
        return nearest[0] if least <= allowed and len(nearest) == 1 else None


def vocabulary_of(curriculum: Curriculum, terms: Sequence[Term]) -> Vocabulary:
    """The vocabulary of a roadmap and its glossary."""
    topics = curriculum.topics.values()
    names = [*(topic.title for topic in topics), *(alias for topic in topics for alias in topic.aliases)]
    return Vocabulary(terms, [*names, *(module.title for module in curriculum.modules)])


def _slips(word: str, known: str) -> int:
    """How many letters were swapped, left out, added or replaced; ``_ANOTHER_WORD`` for too many."""
    another_ending = word.startswith(known) or known.startswith(word)
    if len(known) < _LONG and (another_ending or _has_replaced_letter(word, known)):
        return _ANOTHER_WORD
    return OSA.distance(word, known, score_cutoff=_MOST_SLIPS)


def _has_replaced_letter(word: str, known: str) -> bool:
    return len(word) == len(known) and sorted(word) != sorted(known)

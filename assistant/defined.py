"""What the glossary says where the notes do not answer.

Owns: when an entry of the glossary is what a question asks about. Pure.
Refuses: vouching that a subject is covered (``assistant.confidence``), which a short definition cannot.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.domain import Passage, PassageKind, ScoredPassage
from assistant.retrieval import Retrieval
from assistant.words import stem, stems

_NEAR = 0.5
_HALF = 0.5
"""Cosine similarity, and share of the question's words, from which on an entry that is named is what is asked about
although it does not hold all of the question's words."""
_NAMES = re.compile(r"[(),]")


def entry(retrieval: Retrieval) -> ScoredPassage | None:
    """The best entry that the question calls by its name and that speaks of the rest of the question; None without."""
    asked = frozenset(map(stem, retrieval.terms))
    return next((scored for scored in retrieval.passages if _answers(scored, asked)), None)


def mentions(passages: Sequence[ScoredPassage], found: ScoredPassage, asked: Sequence[str]) -> list[ScoredPassage]:
    """Those of the passages that hold a name of the entry which stands among the words asked."""
    names = _names(found.passage, frozenset(map(stem, asked)))
    return [scored for scored in passages if any(name <= stems(scored.passage.text) for name in names)]


def _answers(scored: ScoredPassage, asked: frozenset[str]) -> bool:
    passage = scored.passage
    if passage.kind is not PassageKind.GLOSSARY or not _names(passage, asked):
        return False
    held = asked & stems(f"{passage.heading} {passage.text}")
    return held == asked or ((scored.dense or 0.0) >= _NEAR and len(held) >= _HALF * len(asked))


def _names(passage: Passage, asked: frozenset[str]) -> list[frozenset[str]]:
    """The names of an entry, as stems, that stand among those asked."""
    return [name for name in map(stems, _NAMES.split(passage.section)) if name and name <= asked]

"""The sentence of the notes behind an answer.

Owns: finding it, by the words that they share. Pure. Refuses: reading notes (``assistant.note_files``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.notes import CONNECTIONS, Section
from assistant.practice.cards import Card
from assistant.sentences import BlockKind, prose_blocks, split_sentences
from assistant.words import stems

_LEAST_SHARED = 2
_ANSWER_WEIGHT = 2


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence as it stands in the notes, and the heading of its section."""

    section: str
    sentence: str


def evidence_for(card: Card, sections: Sequence[Section]) -> Evidence | None:
    """The sentence that shares most words with the answer, and then with the question; None where hardly any do."""
    answer = stems(card.right_answer)
    question = stems(card.question.text) - answer
    best: tuple[float, Evidence] | None = None
    for section, sentence, words in _sentences(tuple(sections)):
        shared_answer, shared_question = len(words & answer), len(words & question)
        if not shared_answer or shared_answer + shared_question < _LEAST_SHARED:
            continue
        # A long sentence shares words by its length alone.
        score = (_ANSWER_WEIGHT * shared_answer + shared_question) / (4 + len(words)) ** 0.5
        if best is None or score > best[0]:
            best = score, Evidence(section, sentence)
    return best[1] if best else None


@lru_cache(maxsize=256)
def _sentences(sections: tuple[Section, ...]) -> tuple[tuple[str, str, frozenset[str]], ...]:
    return tuple(_each(sections))


def _each(sections: Sequence[Section]) -> Iterator[tuple[str, str, frozenset[str]]]:
    for section in sections:
        if section.heading == CONNECTIONS:
            continue
        for block in prose_blocks(section.text):
            if block.kind in {BlockKind.PARAGRAPH, BlockKind.LIST_ITEM}:
                for sentence in split_sentences(block.text):
                    yield section.heading, sentence, stems(sentence)

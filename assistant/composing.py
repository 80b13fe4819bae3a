"""The answer without a model: sentences chosen from the passages, none of them changed.

Owns: which sentences, how many, in which order. Refuses: writing words of its own; every statement is a whole
sentence, list item or row of the notes, with the passage it came from.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from assistant.domain import PassageKind, ScoredPassage
from assistant.question_type import QuestionType, classify, section_bonus
from assistant.sentences import BlockKind, prose_blocks, split_sentences
from assistant.words import stems

MAX_WORDS = 170
_MAX_STATEMENTS = 9
_MAX_SOURCES = 4
_RELATIVE_FLOOR = 0.55
"""A sentence that scores less than this share of the best one is not worth the reader's time."""
_TOO_SIMILAR = 0.6
_HEADING_SEPARATOR = " > "
_DEFINING_SECTION = "In one sentence"

_PROSE = frozenset({PassageKind.NOTES, PassageKind.GLOSSARY, PassageKind.OWN, PassageKind.RESOURCE})

Importance = Callable[[str], float]
"""Stem -> how much finding it says (inverse document frequency, 0 or more)."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence of the answer and the passage it stands in; ``block`` says how it is set."""

    text: str
    passage_id: str
    block: BlockKind


@dataclass(frozen=True, slots=True)
class _Candidate:
    statement: Statement
    position: tuple[int, int]
    stems: frozenset[str]
    score: float


def compose(question: str, passages: Sequence[ScoredPassage], importance: Importance) -> tuple[Statement, ...]:
    """Choose the statements that answer the question, in reading order; empty if nothing can be quoted.

    Notes are quoted first; where none were retrieved, the roadmap's own outline of the subject is.
    """
    kind = classify(question)
    wanted = stems(question)
    sources = _sources(passages, kind)
    candidates = [
        candidate
        for place, (source, bonus) in enumerate(sources)
        for candidate in _candidates(source, place, bonus, wanted, importance)
    ]
    chosen = _choose(candidates)
    return tuple(candidate.statement for candidate in sorted(chosen, key=lambda candidate: candidate.position))


def _sources(passages: Sequence[ScoredPassage], kind: QuestionType) -> list[tuple[ScoredPassage, float]]:
    notes = [scored for scored in passages if scored.passage.kind in _PROSE]
    usable = notes or [scored for scored in passages if scored.passage.kind is PassageKind.ROADMAP][:1]
    weighted = [(scored, section_bonus(kind, _last_heading(scored))) for scored in usable]
    weighted.sort(key=lambda pair: (-(pair[0].score + pair[1]), pair[0].rank))
    if kind is QuestionType.DEFINITION and usable:
        # What the best passage is about is said in one sentence before anything else is said about it.
        subject = min(usable, key=lambda scored: scored.rank).passage.topic
        weighted.sort(key=lambda pair: pair[0].passage.topic != subject or _last_heading(pair[0]) != _DEFINING_SECTION)
    return weighted[:_MAX_SOURCES]


def _candidates(
    source: ScoredPassage, place: int, bonus: float, wanted: frozenset[str], importance: Importance
) -> Iterator[_Candidate]:
    total = sum(importance(stem) for stem in wanted) or 1.0
    subject = stems(source.passage.heading)
    for position, (block, text) in enumerate(_quotable(source.passage.text)):
        found = stems(text)
        # The heading names the subject, so a sentence under it need not repeat every word of the question.
        covered = sum(importance(stem) * (1.0 if stem in found else 0.5) for stem in wanted & (found | subject))
        score = 0.5 * covered / total + 0.5 * source.score + bonus - 0.02 * position
        yield _Candidate(Statement(text, source.passage.id, block), (place, position), found, score)


def _quotable(text: str) -> Iterator[tuple[BlockKind, str]]:
    line = " ".join(text.split())
    for block in prose_blocks(text):
        if block.kind is BlockKind.PARAGRAPH:
            for sentence in split_sentences(block.text):
                yield block.kind, sentence
        # An item with items of its own has lost their markers, so it is no longer what the passage says.
        elif block.kind is BlockKind.LIST_ITEM and block.text in line:
            yield block.kind, block.text


def _choose(candidates: Sequence[_Candidate]) -> list[_Candidate]:
    chosen: list[_Candidate] = []
    words = 0
    ranked = sorted(candidates, key=lambda candidate: (-candidate.score, candidate.position))
    for candidate in ranked:
        length = len(candidate.statement.text.split())
        if len(chosen) == _MAX_STATEMENTS or candidate.score < _RELATIVE_FLOOR * ranked[0].score:
            break
        if chosen and (words + length > MAX_WORDS or any(_similar(candidate, other) for other in chosen)):
            continue
        chosen.append(candidate)
        words += length
    return chosen


def _similar(one: _Candidate, other: _Candidate) -> bool:
    shared = len(one.stems & other.stems)
    much = shared > _TOO_SIMILAR * min(len(one.stems), len(other.stems)) and shared > 2  # noqa: PLR2004
    return much or one.statement.text.casefold() == other.statement.text.casefold()


def _last_heading(scored: ScoredPassage) -> str:
    return scored.passage.heading.rsplit(_HEADING_SEPARATOR, 1)[-1]

"""Which candidates are said.

Owns: the length of an answer, its sources, and that nothing is said twice. Refuses: scores
(``assistant.composing.candidates``) and order (``assistant.composing.layout``).
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.composing.candidates import Candidate
from assistant.question_type import QuestionType

MIN_WORDS = 80
MAX_WORDS = 200
"""Words between which the sentences of an answer are kept where the passages allow it."""
_TARGET_WORDS = 130
"""Words after which only sentences nearly as good as the best are added."""
_MAX_SOURCES = 5
_FLOOR = 0.5
_HIGH_FLOOR = 0.8
"""Shares of the best score below which a sentence is left out before and after the target is reached."""
_MIN_RELEVANCE = 0.15
"""A sentence that shares less with the question only fills space."""
_GOOD_FIND = 0.3
"""How good a find a passage must be beside the best one for its sentences to be said without sharing a word with the
question: one that describes a situation in words of its own shares few with any sentence."""
_TOO_SIMILAR = 0.6


def choose(candidates: Sequence[Candidate], kind: QuestionType) -> list[Candidate]:
    """The candidates to say, the leading one first."""
    ranked = sorted(candidates, key=lambda candidate: (-candidate.score, candidate.position))
    if not ranked:
        return []
    chosen = _Chosen(candidates)
    definitions = _definitions(ranked)
    chosen.add(_leading(ranked, kind, definitions))
    for definition in definitions:
        chosen.add_if_it_fits(definition)
    best = ranked[0].score
    for candidate in ranked:
        floor = _HIGH_FLOOR if chosen.words >= _TARGET_WORDS else _FLOOR
        if candidate.score >= floor * best and candidate.relevance >= _MIN_RELEVANCE:
            chosen.add_if_it_fits(candidate)
    on_subject = [candidate for candidate in ranked if candidate.on_subject]
    relevant = [candidate for candidate in on_subject if candidate.relevance >= _MIN_RELEVANCE]
    for candidate in (*relevant, *(candidate for candidate in on_subject if candidate.standing >= _GOOD_FIND)):
        if chosen.words >= MIN_WORDS:
            break
        chosen.add_if_it_fits(candidate)
    return chosen.candidates


def _leading(ranked: Sequence[Candidate], kind: QuestionType, definitions: Sequence[Candidate]) -> Candidate:
    standing = [candidate for candidate in ranked if not candidate.leans] or list(ranked)
    if kind is QuestionType.DEFINITION:
        return max(standing, key=lambda candidate: candidate.defines)  # the first of those that define it best
    # What sets the things compared against each other says how they differ; without that, begin with what they are.
    contrasting = sorted((each for each in standing if each.contrasts), key=lambda each: not each.on_subject)
    return next(iter((*contrasting, *definitions)), standing[0])


def _definitions(ranked: Sequence[Candidate]) -> list[Candidate]:
    """What each of the things compared is, in the words that say it most squarely."""
    squarely = sorted(ranked, key=lambda candidate: candidate.defines)
    found = {candidate.side: candidate for candidate in squarely if candidate.side is not None}
    return [found[side] for side in sorted(found)]


class _Chosen:
    """What was chosen so far."""

    def __init__(self, candidates: Sequence[Candidate]) -> None:
        self.candidates: list[Candidate] = []
        self.words = 0
        self._by_position = {candidate.position: candidate for candidate in candidates}

    def add(self, candidate: Candidate) -> None:
        self.candidates.append(candidate)
        self.words += _length(candidate)

    def add_if_it_fits(self, candidate: Candidate) -> None:
        """Add a sentence, with those it leans on, unless it is too long, too similar, or from one source too many."""
        run = [candidate]
        while run[0].leans:
            place, number = run[0].position
            before = self._by_position.get((place, number - 1))
            if before is None:
                return
            run.insert(0, before)
        new = [each for each in run if each not in self.candidates]
        sources = {each.statement.passage_id for each in (*self.candidates, *new)}
        if (
            new
            and self.words + sum(map(_length, new)) <= MAX_WORDS
            and len(sources) <= _MAX_SOURCES
            and not any(_similar(each, other) for each in new for other in self.candidates)
        ):
            for each in new:
                self.add(each)


def _length(candidate: Candidate) -> int:
    return len(candidate.statement.text.split())


def _similar(one: Candidate, other: Candidate) -> bool:
    shared = len(one.stems & other.stems)
    much = shared > _TOO_SIMILAR * min(len(one.stems), len(other.stems)) and shared > 2  # noqa: PLR2004
    return much or one.statement.text.casefold() == other.statement.text.casefold()

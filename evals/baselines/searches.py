"""Simpler searches over the same passages: words only, vectors only, both by reciprocal rank, both by score.

Owns: those searches. Refuses: setting them against the program's own (``evals.baselines.suite``).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache

from assistant.domain import Partition, ScoredPassage
from assistant.embedding import Matrix
from assistant.index import Index
from assistant.retrieval import Retrieval, fuse
from assistant.words import content_words
from evals.suites.retrieval import Search

_CANDIDATES = 50
_RANK_CONSTANT = 60
"""The usual constant of reciprocal rank fusion."""

Scores = Mapping[str, float]
Embed = Callable[[str], Matrix]
"""A question's unit vector, shape ``(1, dimension)``."""


def simpler_searches(index: Index, embed: Embed) -> Mapping[str, Search]:
    """The searches by name; none reads the question first, and none orders by topic or module."""

    @cache
    def lexical(question: str) -> Scores:
        terms = content_words(question)
        return index.lexical(Partition.ROADMAP, terms, _CANDIDATES)

    @cache
    def dense(question: str) -> Scores:
        return index.dense(Partition.ROADMAP, embed(question), _CANDIDATES)

    def by_rank(question: str) -> Scores:
        fused: dict[str, float] = {}
        for scores in (lexical(question), dense(question)):
            for rank, id_ in enumerate(_best(scores, _CANDIDATES), start=1):
                fused[id_] = fused.get(id_, 0.0) + 1 / (_RANK_CONSTANT + rank)
        return fused

    def by_score(question: str) -> Scores:
        return fuse(dense(question), lexical(question), 0.5)

    scorings: dict[str, Callable[[str], Scores]] = {"bm25": lexical, "dense": dense, "rrf": by_rank, "fused": by_score}
    return {name: _search(index, scoring) for name, scoring in scorings.items()}


def _search(index: Index, scoring: Callable[[str], Scores]) -> Search:
    def search(question: str, k: int) -> Retrieval:
        scores = scoring(question)
        best = _best(scores, k)
        passages = index.passages(best)
        scored = [ScoredPassage(n, passages[id_], scores[id_], None, None) for n, id_ in enumerate(best, start=1)]
        return Retrieval(question, (), tuple(scored))

    return search


def _best(scores: Scores, k: int) -> list[str]:
    return sorted(scores, key=lambda id_: (-scores[id_], id_))[:k]

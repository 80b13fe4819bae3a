"""A question to ranked passages.

Owns: the words searched for, both searches, and their fusion into one score. Refuses: deciding whether the passages
suffice for an answer (``assistant.confidence``) and writing one.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from assistant.domain import Partition, ScoredPassage
from assistant.embedding import Embedder
from assistant.index import Index
from assistant.words import content_words


@dataclass(frozen=True, slots=True)
class Retrieval:
    """The outcome of one search: ``terms`` are the words looked for, ``passages`` the best first."""

    query: str
    terms: tuple[str, ...]
    passages: tuple[ScoredPassage, ...]


def fuse(dense: Mapping[str, float], lexical: Mapping[str, float], dense_weight: float) -> dict[str, float]:
    """Convex combination of min-max normalised scores: id -> score in 0..1.

    A passage that one side did not return counts as that side's minimum.
    """
    fused = dict.fromkeys([*dense, *lexical], 0.0)
    for scores, weight in ((dense, dense_weight), (lexical, 1.0 - dense_weight)):
        if not scores:
            continue
        low, high = min(scores.values()), max(scores.values())
        for id_, score in scores.items():
            fused[id_] += weight * ((score - low) / (high - low) if high > low else 1.0)
    return fused


class Retriever:
    """Hybrid search over one generation of the index."""

    def __init__(self, index: Index, embedder: Embedder, *, dense_weight: float, candidates: int) -> None:
        self.index = index
        self._embedder = embedder
        self._dense_weight = dense_weight
        self._candidates = candidates
        self._importance: dict[str, float] = {}

    def importance(self, term: str) -> float:
        """How much finding a word says: its inverse document frequency in the roadmap, 0 or more."""
        if term not in self._importance:
            frequency = self.index.frequency(Partition.ROADMAP, term)
            passages = self.index.manifest.count(Partition.ROADMAP)
            self._importance[term] = math.log1p(passages / (frequency + 1))
        return self._importance[term]

    def retrieve(self, query: str, k: int, *, roadmap_only: bool = False) -> Retrieval:
        """The ``k`` best passages for a question of any wording.

        ``roadmap_only`` leaves out the learner's own material and linked pages.

        Raises:
            IndexBroken: the index cannot be read.
        """
        terms = content_words(query)
        vector = self._embedder.embed([query])
        dense: dict[str, float] = {}
        lexical: dict[str, float] = {}
        # Each partition gives its full share: much material of the learner's own must not crowd the roadmap out.
        for partition in (Partition.ROADMAP,) if roadmap_only else Partition:
            dense |= self.index.dense(partition, vector, self._candidates)
            lexical |= self.index.lexical(partition, terms, self._candidates)
        fused = fuse(dense, lexical, self._dense_weight)
        passages = self.index.passages(fused)
        best = sorted(passages, key=lambda id_: (-fused[id_], id_))[:k]
        return Retrieval(
            query,
            terms,
            tuple(
                ScoredPassage(rank, passages[id_], fused[id_], dense.get(id_), lexical.get(id_))
                for rank, id_ in enumerate(best, start=1)
            ),
        )

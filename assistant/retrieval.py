"""A question to ranked passages.

Owns: searching for every reading of a question, both ways, and the fusion of all of it into one score. Refuses:
reading the question (``assistant.query``), the order of the result (``assistant.ranking``), and deciding whether the
passages suffice for an answer (``assistant.confidence``).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from assistant.domain import OUTSIDE_THE_ROADMAP, Partition, Passage, PassageKind, ScoredPassage
from assistant.embedding import Embedder
from assistant.index import Index
from assistant.query import Query, compared, understand
from assistant.ranking import order
from assistant.reranking import Reranker
from assistant.vocabulary import Vocabulary
from assistant.words import content_words, stems

VOUCHING = frozenset({PassageKind.ROADMAP, PassageKind.NOTES, PassageKind.QUESTION, PassageKind.OWN})
"""Kinds that show that a question is covered. The glossary does not: its short definitions are near to almost any
question of the form "what is ...". Nor do linked pages, which go beyond the roadmap."""
_VOUCHERS = 8
_OTHER_READING = 0.8
"""What a passage counts that was found for a spelled-out question or one side of a comparison."""
_RERANKED = 50
"""Passages that a reranker reads, the best found: it takes a hundred times as long for each as the search."""
_RERANKER_WEIGHT = 0.5
"""Share of the reranker's score in the order."""
_CANDIDATES_OF_A_KIND = 2000
"""One note of the learner's may stand far down among thousands of linked pages."""


@dataclass(frozen=True, slots=True)
class Retrieval:
    """The outcome of one search.

    ``query`` is the question as it was read, ``terms`` are the words looked for, ``passages`` the best first.
    ``vouchers`` are the best passages of the kinds that show that a question is covered. ``corrections`` are
    (typed, read as) pairs, ``unknown`` the terms that no passage of the roadmap holds.
    """

    query: str
    terms: tuple[str, ...]
    passages: tuple[ScoredPassage, ...]
    vouchers: tuple[ScoredPassage, ...] = ()
    corrections: tuple[tuple[str, str], ...] = ()
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Found:
    """Scores by passage id, as in ``ScoredPassage``."""

    fused: dict[str, float] = field(default_factory=dict)
    dense: dict[str, float] = field(default_factory=dict)
    lexical: dict[str, float] = field(default_factory=dict)


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

    def __init__(
        self,
        index: Index,
        embedder: Embedder,
        vocabulary: Vocabulary,
        *,
        dense_weight: float,
        candidates: int,
        reranker: Reranker | None = None,
    ) -> None:
        self.index = index
        self._embedder = embedder
        self._vocabulary = vocabulary
        self._dense_weight = dense_weight
        self._candidates = candidates
        self._reranker = reranker
        self._frequencies: dict[str, int] = {}

    def importance(self, term: str) -> float:
        """How much finding a word says: its inverse document frequency in the roadmap, 0 or more."""
        return math.log1p(self.index.manifest.count(Partition.ROADMAP) / (self._frequency(term) + 1))

    def retrieve(
        self, question: str, k: int, *, roadmap_only: bool = False, kind: PassageKind | None = None
    ) -> Retrieval:
        """The ``k`` best passages for a question of any wording.

        ``roadmap_only`` leaves out the learner's own material and linked pages; ``kind`` leaves out all other kinds.

        Raises:
            IndexBroken: the index cannot be read.
            RerankerMissing: the reranker that is set cannot be used.
        """
        query = understand(question, self._vocabulary, lambda word: self._frequency(word) > 0)
        candidates = self._candidates if kind is None else _CANDIDATES_OF_A_KIND
        found = self._search(query, _partitions(roadmap_only, kind), candidates)
        every = self.index.passages(found.fused)
        passages = {id_: passage for id_, passage in every.items() if kind in {None, passage.kind}}
        ranked = order(passages, self._reranked(query.text, passages, found.fused), k)
        vouching = {id_: passage for id_, passage in passages.items() if passage.kind in VOUCHING}
        vouchers = sorted(((id_, found.fused[id_]) for id_ in vouching), key=lambda pair: (-pair[1], pair[0]))
        return Retrieval(
            query=query.text,
            terms=query.terms,
            passages=_scored(ranked, passages, found),
            vouchers=_scored(vouchers[:_VOUCHERS], passages, found),
            corrections=query.corrections,
            unknown=tuple(term for term in query.terms if self._frequency(term) == 0),
        )

    def neighbours(self, retrieval: Retrieval) -> tuple[ScoredPassage, ...]:
        """The other passages of the topic that the best passage is about, in the notes' order, ranked after the rest.

        In a comparison, those of each thing's topic. Their scores are 0: nothing was found in them, they only belong to
        the subject.
        """
        found = [scored.passage for scored in retrieval.passages]
        topics = [passage.topic for passage in found[:1]]
        for side in map(stems, compared(retrieval.query)):
            topics += [passage.topic for passage in found if side <= stems(passage.heading)][:1]
        known = {passage.id for passage in found}
        others = [
            passage
            for topic in dict.fromkeys(filter(None, topics))
            for passage in self.index.about(topic)
            if passage.id not in known
        ]
        start = len(retrieval.passages) + 1
        return tuple(ScoredPassage(rank, passage, 0.0, None, None) for rank, passage in enumerate(others, start))

    def nearness(self, text: str, topic: str) -> float:
        """Cosine similarity, -1..1, of a text and the nearest passage of the notes on a topic; 0 if there are none.

        Raises:
            IndexBroken: the index cannot be read.
        """
        ids = [passage.id for passage in self.index.about(topic)]
        if not ids:
            return 0.0
        return self.index.nearness(Partition.ROADMAP, self._embedder.embed([text]), ids)

    def _search(self, query: Query, partitions: tuple[Partition, ...], candidates: int) -> _Found:
        readings = list(_readings(query))
        vectors = self._embedder.embed([text for text, _, _ in readings])
        found = _Found()
        for number, (_, terms, is_whole) in enumerate(readings):
            dense: dict[str, float] = {}
            lexical: dict[str, float] = {}
            for partition in partitions:
                dense |= self.index.dense(partition, vectors[number : number + 1], candidates)
                lexical |= self.index.lexical(partition, terms, candidates)
            weight = _OTHER_READING if number else 1.0
            for id_, score in fuse(dense, lexical, self._dense_weight).items():
                found.fused[id_] = max(found.fused.get(id_, 0.0), weight * score)
            if is_whole:
                _keep_best(found.dense, dense)
                _keep_best(found.lexical, lexical)
        for module in query.modules:
            # Named by its number: as near as a passage can be.
            for passage in self.index.overview(module):
                found.fused[passage.id] = found.dense[passage.id] = 1.0
        return found

    def _reranked(
        self, question: str, passages: Mapping[str, Passage], fused: Mapping[str, float]
    ) -> Mapping[str, float]:
        """The scores that order the passages. What vouches for a question stays what the search found."""
        if self._reranker is None or not passages:
            return fused
        best = sorted(passages, key=lambda id_: (-fused[id_], id_))[:_RERANKED]
        texts = [f"{passages[id_].heading}\n{passages[id_].text}" for id_ in best]
        scores = self._reranker.scores(question, texts)
        low, high = min(scores), max(scores)
        if low == high:
            return fused
        shares = {id_: (score - low) / (high - low) for id_, score in zip(best, scores, strict=True)}
        return {id_: (1 - _RERANKER_WEIGHT) * fused[id_] + _RERANKER_WEIGHT * shares.get(id_, 0.0) for id_ in passages}

    def _frequency(self, term: str) -> int:
        if term not in self._frequencies:
            self._frequencies[term] = self.index.frequency(Partition.ROADMAP, term)
        return self._frequencies[term]


def _partitions(roadmap_only: bool, kind: PassageKind | None) -> tuple[Partition, ...]:
    """Where to search. Each gives its full share: much material of the learner's own must not crowd the roadmap out."""
    if kind in OUTSIDE_THE_ROADMAP:
        return (Partition.OUTSIDE,)
    return (Partition.ROADMAP,) if roadmap_only or kind else tuple(Partition)


def _readings(query: Query) -> Iterator[tuple[str, tuple[str, ...], bool]]:
    """The texts to search for, each with its terms and whether it is the whole question, the question itself first."""
    yield query.text, query.terms, True
    if query.spelled_out != query.text:
        yield query.spelled_out, query.terms, True
    for side in query.sides:
        yield side, content_words(side), False


def _keep_best(scores: dict[str, float], more: Mapping[str, float]) -> None:
    for id_, score in more.items():
        scores[id_] = max(score, scores.get(id_, score))


def _scored(
    ranked: list[tuple[str, float]], passages: Mapping[str, Passage], found: _Found
) -> tuple[ScoredPassage, ...]:
    return tuple(
        ScoredPassage(rank, passages[id_], score, found.dense.get(id_), found.lexical.get(id_))
        for rank, (id_, score) in enumerate(ranked, start=1)
    )

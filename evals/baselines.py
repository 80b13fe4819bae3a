"""What the search must be better than: words only, vectors only, and both by reciprocal rank, over the same passages.

Owns: those searches, and setting the program's own against them case by case. Refuses: measuring a ranking
(``evals.suites.retrieval``) and the statistics (``evals.stats``).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from assistant.domain import Partition, ScoredPassage
from assistant.embedding import Embedder
from assistant.index import Index
from assistant.retrieval import Retrieval
from assistant.words import content_words
from evals.cases import QuestionCase
from evals.stats import Estimate, count, mean, paired_permutation
from evals.suite import Row, SuiteResult, Tick
from evals.suites.retrieval import Search, run_retrieval

_CANDIDATES = 50
_RANK_CONSTANT = 60
"""The usual constant of reciprocal rank fusion."""
_MEASURES = ("module.Success@1", "module.RR@10", "topic.Success@1")

Scores = Mapping[str, float]


def baseline_searches(index: Index, embedder: Embedder) -> Mapping[str, Search]:
    """The searches by name; none reads the question first, and none orders by topic or module."""

    def lexical(question: str) -> Scores:
        terms = content_words(question)
        return {id_: score for part in Partition for id_, score in index.lexical(part, terms, _CANDIDATES).items()}

    def dense(question: str) -> Scores:
        vector = embedder.embed([question])
        return {id_: score for part in Partition for id_, score in index.dense(part, vector, _CANDIDATES).items()}

    def by_rank(question: str) -> Scores:
        fused: dict[str, float] = {}
        for scores in (lexical(question), dense(question)):
            for rank, id_ in enumerate(_best(scores, _CANDIDATES), start=1):
                fused[id_] = fused.get(id_, 0.0) + 1 / (_RANK_CONSTANT + rank)
        return fused

    scorings = {"bm25": lexical, "dense": dense, "rrf": by_rank}
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


def run_baselines(
    cases: Sequence[QuestionCase], own: Search, baselines: Mapping[str, Search], tick: Tick
) -> SuiteResult:
    """Search for every question in each way.

    ``<baseline>.<measure>`` is what a baseline reaches, ``<baseline>.<measure>.gain`` the mean by which the program's
    own search is better on the same questions, with its interval, and ``<baseline>.<measure>.p`` how likely so large a
    difference is if the two were equally good (paired permutation, two-sided).
    """
    ours = _by_case(cases, own, lambda: None)
    metrics: dict[str, Estimate] = {}
    rows: list[Row] = []
    for name, search in baselines.items():
        theirs = _by_case(cases, search, tick)
        for measure in _MEASURES:
            gains = [ours[case.id][measure] - theirs[case.id][measure] for case in cases]
            p = paired_permutation(gains)
            metrics[f"{name}.{measure}"] = mean([theirs[case.id][measure] for case in cases])
            metrics[f"{name}.{measure}.gain"] = mean(gains)
            metrics[f"{name}.{measure}.p"] = count(p, len(gains))
        for case in cases:
            rows.append({"suite": "baselines", "id": f"{name}.{case.id}", "own": ours[case.id], "its": theirs[case.id]})
    return SuiteResult("baselines", metrics, tuple(rows))


def _by_case(cases: Sequence[QuestionCase], search: Search, tick: Tick) -> Mapping[str, Mapping[str, float]]:
    """For each case id its measures, from the rankings in the retrieval suite's rows."""
    found = {}
    for case, row in zip(cases, run_retrieval(cases, search, tick).rows, strict=True):
        module, topic = _rank(row["modules"], str(case.module)), _rank(row["topics"], case.topic)
        values = (float(module == 1), 1 / module if module else 0.0, float(topic == 1))
        found[case.id] = dict(zip(_MEASURES, values, strict=True))
    return found


def _rank(ranking: object, right: str) -> int:
    """The place of the right one, from 1; 0 where it is missing."""
    assert isinstance(ranking, list)  # noqa: S101 - the retrieval suite's rows hold lists
    return ranking.index(right) + 1 if right in ranking else 0

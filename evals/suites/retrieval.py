"""The retrieval suite: does the right module, and the right topic, come first?

Owns: turning passages into rankings of modules and topics and scoring those with ir-measures.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import ir_measures
from ir_measures import RR, R, Success, nDCG

from assistant.domain import ScoredPassage
from assistant.retrieval import Retrieval
from evals.cases import QuestionCase
from evals.suite import Row, SuiteResult, Tick, estimates

PASSAGES = 10
_MEASURES = (Success @ 1, Success @ 3, RR @ 10, nDCG @ 10, R @ 5)

Search = Callable[[str, int], Retrieval]


def run_retrieval(cases: Sequence[QuestionCase], search: Search, tick: Tick) -> SuiteResult:
    """Search for every question; ``module.*`` and ``topic.*`` metrics rank each module or topic by its best passage.

    The modules of ``also_ok`` count as the right one.
    """
    rows: list[Row] = []
    modules: dict[str, list[str]] = {}
    topics: dict[str, list[str]] = {}
    for case in cases:
        passages = search(case.question, PASSAGES).passages
        found = [scored.passage.module for scored in passages if scored.passage.module]
        modules[case.id] = _ranking(_judged(case, module) for module in found)
        topics[case.id] = _ranking(scored.passage.topic for scored in passages if scored.passage.topic)
        rows.append(_row(case, passages, modules[case.id], topics[case.id]))
        tick()
    scores = {
        **_measure("module", modules, {case.id: str(case.module) for case in cases}),
        **_measure("topic", topics, {case.id: case.topic for case in cases}),
    }
    clusters = {case.id: case.topic for case in cases}
    return SuiteResult("retrieval", estimates(scores, clusters), tuple(rows), scores=scores, clusters=clusters)


def _judged(case: QuestionCase, module: int) -> str:
    # A module that answers just as well counts as the gold one, once: it must not push the gold one down the ranking.
    return str(case.module if module in case.also_ok else module)


def _ranking(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))


def _measure(level: str, rankings: dict[str, list[str]], gold: dict[str, str]) -> dict[str, dict[str, float]]:
    qrels = [ir_measures.Qrel(case, answer, 1) for case, answer in gold.items()]
    run = [
        ir_measures.ScoredDoc(case, name, float(-rank))
        for case, ranking in rankings.items()
        for rank, name in enumerate(ranking)
    ]
    values: dict[str, dict[str, float]] = {str(measure): dict.fromkeys(gold, 0.0) for measure in _MEASURES}
    for result in ir_measures.iter_calc(_MEASURES, qrels, run):
        values[str(result.measure)][result.query_id] = result.value
    return {f"{level}.{name}": by_case for name, by_case in values.items()}


def _row(case: QuestionCase, passages: Sequence[ScoredPassage], modules: list[str], topics: list[str]) -> Row:
    return {
        "suite": "retrieval",
        "id": case.id,
        "question": case.question,
        "split": case.split.value,
        "gold_module": case.module,
        "also_ok": list(case.also_ok),
        "gold_topic": case.topic,
        "modules": modules,
        "topics": topics,
        "passages": [scored.passage.id for scored in passages],
        "ok": modules[:1] == [str(case.module)],
    }

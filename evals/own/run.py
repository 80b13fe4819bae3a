"""Measuring a learner's own cases against their own index.

Owns: what is measured, case by case. Refuses: searching and answering (``Search`` and ``Ask`` do).
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass

from assistant.domain import Answer, AnswerStatus, Passage, ScoredPassage
from evals.own.cases import OwnCase
from evals.stats import pooled
from evals.suite import Row, SuiteResult, Tick, estimates
from evals.suites.answers import Ask
from evals.suites.key_facts import facts_stated
from evals.suites.retrieval import PASSAGES, Search
from evals.suites.statements import broken_citations

_THIRD = 3
_LEVELS = ("topic", "module", "source")
METRICS = (
    *(f"{level}.{measure}" for level in _LEVELS for measure in ("Success@1", "Success@3", "RR@10")),
    *("answered", "cited", "key_facts", "facts_stated", "supported", "citations_valid", "refused"),
)
"""Every metric a file of cases can have; which are measured depends on what its cases expect."""


@dataclass(frozen=True, slots=True)
class _Expected:
    """One expectation of where the answer is: what a ranking ranks, and which entries are right."""

    key: Callable[[Passage], Hashable | None]
    right: Callable[[Passage], bool]


@dataclass(frozen=True, slots=True)
class _Judged:
    case: OwnCase
    answer: Answer
    ranks: Mapping[str, int]
    cited: bool | None
    facts: tuple[bool, ...]
    broken: tuple[str, ...]

    @property
    def is_answered(self) -> bool:
        return self.answer.status in (AnswerStatus.ANSWERED, AnswerStatus.PARTIAL)

    @property
    def ok(self) -> bool:
        if self.case.unanswerable:
            return self.answer.status is AnswerStatus.REFUSED
        found = all(0 < rank <= _THIRD for rank in self.ranks.values())
        return self.is_answered and found and self.cited is not False and all(self.facts) and not self.broken


def run_own(cases: Sequence[OwnCase], search: Search, ask: Ask, tick: Tick) -> SuiteResult:
    """Search for and ask every question.

    ``topic.*``, ``module.*`` and ``source.*`` are over the cases that expect one: how often it comes first or among
    the first three, and the mean reciprocal of its place among ten. ``answered`` and ``refused`` are the shares of
    answerable and unanswerable questions that were; ``cited`` the share of answers that cite what was expected;
    ``key_facts`` the mean share of a question's facts that is stated, ``facts_stated`` that of all facts;
    ``supported`` and ``citations_valid`` are as in the answers suite. A row is ok if everything its case expects is
    so, found among the first three.
    """
    judged = []
    for case in cases:
        judged.append(_judge(case, search, ask))
        tick()
    answered = [one for one in judged if one.is_answered]
    # Questions about one topic are alike; those about one source, which may be a book, need not be.
    clusters = {case.id: case.topic or case.id for case in cases}
    scores = _scores(judged)
    counts = {
        "facts_stated": {one.case.id: (sum(one.facts), len(one.facts)) for one in judged if one.facts},
        "supported": {one.case.id: (one.answer.supported, one.answer.statements) for one in answered},
    }
    metrics = estimates(scores, clusters)
    metrics |= {name: pooled(parts, clusters) for name, parts in counts.items() if any(n for _, n in parts.values())}
    ordered = {name: metrics[name] for name in METRICS if name in metrics}
    return SuiteResult("own", ordered, tuple(map(_row, judged)), scores=scores, clusters=clusters)


def _judge(case: OwnCase, search: Search, ask: Ask) -> _Judged:
    answer = ask(case.question)
    expected = _expectations(case)
    passages = search(case.question, PASSAGES).passages if expected else ()
    answered = answer.status in (AnswerStatus.ANSWERED, AnswerStatus.PARTIAL)
    texts = {scored.passage.id: scored.passage for scored in answer.retrieved}
    cited = [texts[one.passage_id] for one in answer.citations if one.passage_id in texts]
    return _Judged(
        case=case,
        answer=answer,
        ranks={level: _rank(passages, one) for level, one in expected.items()},
        cited=any(all(e.right(p) for e in expected.values()) for p in cited) if expected and answered else None,
        facts=facts_stated(case.key_facts, answer.text) if answered else (False,) * len(case.key_facts),
        broken=broken_citations(answer, {id_: passage.text for id_, passage in texts.items()}) if answered else (),
    )


def _expectations(case: OwnCase) -> dict[str, _Expected]:
    expected = {}
    if case.topic is not None:
        expected["topic"] = _Expected(lambda p: p.topic, lambda p: p.topic == case.topic)
    if case.module is not None:
        modules = {case.module, *case.also_ok}
        expected["module"] = _Expected(lambda p: p.module, lambda p: p.module in modules)
    if case.source is not None:
        part = case.source.casefold()
        expected["source"] = _Expected(lambda p: p.source, lambda p: any(part in name for name in _names(p)))
    return expected


def _names(passage: Passage) -> Sequence[str]:
    return [name.casefold() for name in (passage.source, passage.heading, passage.url or "")]


def _rank(passages: Sequence[ScoredPassage], expected: _Expected) -> int:
    """The place, from 1, of the right one among the topics, modules or sources that were found; 0 if it is missing."""
    places: dict[Hashable, int] = {}
    for scored in passages:
        key = expected.key(scored.passage)
        if key is None:
            continue
        place = places.setdefault(key, len(places) + 1)
        if expected.right(scored.passage):
            return place
    return 0


def _scores(judged: Sequence[_Judged]) -> dict[str, dict[str, float]]:
    scores: dict[str, dict[str, float]] = {name: {} for name in METRICS}
    for one in judged:
        id_ = one.case.id
        for level, rank in one.ranks.items():
            scores[f"{level}.Success@1"][id_] = float(rank == 1)
            scores[f"{level}.Success@3"][id_] = float(0 < rank <= _THIRD)
            scores[f"{level}.RR@10"][id_] = 1 / rank if rank else 0.0
        if one.case.unanswerable:
            scores["refused"][id_] = float(one.answer.status is AnswerStatus.REFUSED)
            continue
        scores["answered"][id_] = float(one.is_answered)
        if one.cited is not None:
            scores["cited"][id_] = float(one.cited)
        if one.facts:
            scores["key_facts"][id_] = sum(one.facts) / len(one.facts)
        if one.is_answered:
            scores["citations_valid"][id_] = float(not one.broken)
    return {name: values for name, values in scores.items() if values}


def _row(one: _Judged) -> Row:
    missing = ["/".join(fact) for fact, stated in zip(one.case.key_facts, one.facts, strict=True) if not stated]
    return {
        "suite": "own",
        "id": one.case.id,
        "question": one.case.question,
        "expected": {name: value for name, value in one.case.record.items() if name not in ("id", "question", "note")},
        "status": one.answer.status.value,
        "ranks": dict(one.ranks),
        "cited": [each.title for each in one.answer.citations],
        "missing_facts": missing,
        "broken_citations": list(one.broken),
        "confidence": round(one.answer.confidence, 4),
        "ok": one.ok,
    }

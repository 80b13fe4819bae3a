"""The variants suite: does a question that is put in other words find the same module?

Owns: judging variants beside their originals. Refuses: measuring rankings (``evals.suites.retrieval``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from evals.cases import QuestionCase, VariantCase, VariantKind
from evals.suite import Row, SuiteResult, Tick, estimates
from evals.suites.retrieval import Search, run_retrieval

_MEASURES = ("module.Success@1", "module.Success@3", "module.nDCG@10", "topic.Success@1")


def run_variants(
    questions: Sequence[QuestionCase], variants: Sequence[VariantCase], search: Search, tick: Tick
) -> SuiteResult:
    """Search for every variant, and for the originals.

    ``<kind>.module.Success@1`` and three more are as in the retrieval suite. ``<kind>.kept`` is the share of variants
    whose right module comes first, of those whose original's does.
    """
    originals = {case.id: case for case in questions}
    needed = [originals[case_id] for case_id in dict.fromkeys(one.of for one in variants)]
    found = {row["id"]: bool(row["ok"]) for row in run_retrieval(needed, search, lambda: None).rows}
    scores: dict[str, Mapping[str, float]] = {}
    rows: list[Row] = []
    for kind in VariantKind:
        some = [one for one in variants if one.kind is kind]
        if not some:
            continue
        result = run_retrieval([_as_question(one, originals[one.of]) for one in some], search, tick)
        scores |= {f"{kind.value}.{name}": result.scores[name] for name in _MEASURES}
        kept = {one.id: float(bool(row["ok"])) for row, one in zip(result.rows, some, strict=True) if found[one.of]}
        scores[f"{kind.value}.kept"] = kept
        for row, one in zip(result.rows, some, strict=True):
            # A variant is of its original's half, whatever its own id says.
            rows.append({**row, "suite": "variants", "split": one.split.value, "of": one.of, "kind": kind.value})
    clusters = {one.id: originals[one.of].topic for one in variants}
    return SuiteResult("variants", estimates(scores, clusters), tuple(rows), scores=scores, clusters=clusters)


def _as_question(variant: VariantCase, original: QuestionCase) -> QuestionCase:
    return original.model_copy(update={"id": variant.id, "question": variant.question})

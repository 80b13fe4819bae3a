"""The refusal suite: are questions outside the roadmap refused, and those inside it not?

Owns: counting both kinds of error, and judging the confidence that decides. Refuses: the measures of a confidence
(``evals.suites.confidence``).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from assistant.domain import Answer, AnswerStatus
from evals.cases import QuestionCase, UnanswerableCase
from evals.stats import Estimate, Floats, resampled
from evals.suite import Row, SuiteResult, Tick, estimates
from evals.suites.confidence import auc, aurc, calibration_error

Ask = Callable[[str], Answer]


def run_refusal(
    answerable: Sequence[QuestionCase], unanswerable: Sequence[UnanswerableCase], ask: Ask, tick: Tick
) -> SuiteResult:
    """Ask everything.

    ``refused`` is the share of unanswerable questions that were refused, also of each kind, ``falsely_refused`` of the
    others. Of the confidence, taken as the chance that the roadmap covers a question: ``auc``, how likely a covered
    question has more of it than an uncovered one; ``calibration_error``, its mean gap to the share that is covered, in
    ten bins; ``brier``, its mean squared error; ``aurc``, the mean risk over all coverages, where an answer to an
    uncovered question or one whose first passage is of a wrong module is wrong; ``outside.aurc``, the same where only
    the former is, which is the curve that the report draws.
    """
    rows = [_covered_row(case, ask, tick) for case in answerable]
    rows += [_uncovered_row(case, ask, tick) for case in unanswerable]
    scores = _scores(rows)
    clusters = {case.id: case.topic for case in answerable}
    metrics = estimates(scores, clusters) | _of_confidence(rows, clusters)
    return SuiteResult("refusal", metrics, tuple(rows), scores=scores, clusters=clusters)


def _scores(rows: Sequence[Row]) -> dict[str, dict[str, float]]:
    scores: dict[str, dict[str, float]] = {"refused": {}, "falsely_refused": {}, "brier": {}}
    for row in rows:
        case, refused = str(row["id"]), float(bool(row["refused"]))
        if row["should_refuse"]:
            scores["refused"][case] = refused
            scores.setdefault(f"refused.{row['kind']}", {})[case] = refused
        else:
            scores["falsely_refused"][case] = refused
        scores["brier"][case] = (_confidence(row) - float(not row["should_refuse"])) ** 2
    return scores


def _of_confidence(rows: Sequence[Row], clusters: Mapping[str, str]) -> dict[str, Estimate]:
    confidence = np.asarray([_confidence(row) for row in rows])
    covered = np.asarray([float(not row["should_refuse"]) for row in rows])
    wrong = np.asarray([float(not row["right"]) for row in rows])
    groups = [clusters.get(str(row["id"]), str(row["id"])) for row in rows]
    if not 0 < covered.sum() < len(rows):
        return {}

    def of(measure: Callable[[Floats, Floats], float], labels: Floats) -> Estimate:
        # Both groups keep their size: a sample without uncovered questions has no measure.
        return resampled(lambda drawn: measure(confidence[drawn], labels[drawn]), covered, groups)

    return {
        "auc": of(auc, covered),
        "calibration_error": of(calibration_error, covered),
        "aurc": of(aurc, wrong),
        "outside.aurc": of(aurc, 1 - covered),
    }


def _confidence(row: Row) -> float:
    value = row["confidence"]
    assert isinstance(value, float)  # noqa: S101 - this suite's own rows
    return value


def _covered_row(case: QuestionCase, ask: Ask, tick: Tick) -> Row:
    answer = ask(case.question)
    first = next((scored.passage.module for scored in answer.retrieved), None)
    right = first == case.module or first in case.also_ok
    return _row(case, "covered", answer, tick, should_refuse=False) | {"module": case.module, "right": right}


def _uncovered_row(case: UnanswerableCase, ask: Ask, tick: Tick) -> Row:
    return _row(case, case.kind.value, ask(case.question), tick, should_refuse=True) | {"right": False}


def _row(
    case: QuestionCase | UnanswerableCase, kind: str, answer: Answer, tick: Tick, *, should_refuse: bool
) -> dict[str, object]:
    refused = answer.status is AnswerStatus.REFUSED
    tick()
    return {
        "suite": "refusal",
        "id": case.id,
        "split": case.split.value,
        "question": case.question,
        "kind": kind,
        "should_refuse": should_refuse,
        "refused": refused,
        "confidence": round(float(answer.confidence), 4),
        "ok": refused == should_refuse,
    }

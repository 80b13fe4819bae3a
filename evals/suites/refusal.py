"""The refusal suite: are questions outside the roadmap refused, and those inside it not?

Owns: counting both kinds of error.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from assistant.domain import Answer, AnswerStatus
from evals.cases import QuestionCase, UnanswerableCase
from evals.stats import proportion
from evals.suite import Row, SuiteResult, Tick

Ask = Callable[[str], Answer]


def run_refusal(
    answerable: Sequence[QuestionCase], unanswerable: Sequence[UnanswerableCase], ask: Ask, tick: Tick
) -> SuiteResult:
    """Ask everything; ``refused`` counts unanswerable questions that were refused, ``falsely_refused`` the others."""
    rows = [_row(case.id, case.question, ask, tick, should_refuse=False) for case in answerable]
    rows += [_row(case.id, case.question, ask, tick, should_refuse=True, kind=case.kind.value) for case in unanswerable]
    refused = [row for row in rows if row["refused"]]
    metrics = {
        "refused": proportion(sum(bool(row["should_refuse"]) for row in refused), len(unanswerable)),
        "falsely_refused": proportion(sum(not row["should_refuse"] for row in refused), len(answerable)),
    }
    return SuiteResult("refusal", metrics, tuple(rows))


def _row(case_id: str, question: str, ask: Ask, tick: Tick, *, should_refuse: bool, kind: str = "covered") -> Row:
    answer = ask(question)
    refused = answer.status is AnswerStatus.REFUSED
    tick()
    return {
        "suite": "refusal",
        "id": case_id,
        "question": question,
        "kind": kind,
        "should_refuse": should_refuse,
        "refused": refused,
        "confidence": round(answer.confidence, 4),
        "ok": refused == should_refuse,
    }

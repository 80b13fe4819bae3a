"""A small run with something wrong in every way, and what is made of it."""

from __future__ import annotations

import json
from typing import Any

from assistant.eval_report import EvalReport, parse_report
from evals.comparing import Difference
from evals.gate import Broken, Comparison, Verdict
from evals.limits import Limit
from evals.reporting.contents import results_json
from evals.stats import Estimate
from evals.suite import SuiteResult

LIMITS = (
    Limit("retrieval.module.Success@1", floor=0.8, margin=0.02),
    Limit("refusal.falsely_refused", ceiling=0.6),
    Limit("plans.violations", ceiling=0.0),
)
HOSTILE = '<script>alert(1)</script> ![x](https://evil.example/a.png) <img src="https://evil.example/b.png"> | `x` \u202e \x07'


def retrieval_row(case: str, module: int, found: list[str], **fields: object) -> dict[str, object]:
    return {
        "suite": "retrieval", "id": case, "question": f"Question {case}?", "split": "dev", "gold_module": module,
        "gold_topic": f"topic-{module}", "modules": found, "topics": [f"topic-{number}" for number in found],
        "ok": found[:1] == [str(module)], **fields,
    }  # fmt: skip


def refusal_row(case: str, confidence: float, *, should_refuse: bool, refused: bool) -> dict[str, object]:
    return {
        "suite": "refusal", "id": case, "question": f"Question {case}?", "should_refuse": should_refuse,
        "refused": refused, "confidence": confidence, "ok": refused == should_refuse,
    }  # fmt: skip


ROWS = (
    retrieval_row("q1", 1, ["1", "2"]),
    retrieval_row("q2", 1, ["2", "3", "1"], question=HOSTILE),
    retrieval_row("q3", 2, ["1"]),
)
REFUSALS = (
    refusal_row("q1", 0.95, should_refuse=False, refused=False),
    refusal_row("q2", 0.45, should_refuse=False, refused=True),
    refusal_row("q3", 0.95, should_refuse=False, refused=False),
    refusal_row("u1", 0.97, should_refuse=True, refused=False),
    refusal_row("u2", 0.05, should_refuse=True, refused=True),
)
ANSWERS = (
    {
        "suite": "answers",
        "id": "q1",
        "question": "Question q1?",
        "status": "answered",
        "missing_facts": ["a/b"],
        "ok": False,
    },
    {"suite": "answers", "id": "q2", "question": HOSTILE, "status": "answered", "ungrounded": [HOSTILE], "ok": False},
    {"suite": "answers", "id": "q3", "question": "Question q3?", "status": "answered", "missing_facts": [], "ok": True},
)
PLANS = (
    {"suite": "plans", "id": "p1", "text": "6 h a week", "violations": ["minutes: 90 of 60", "order"], "ok": False},
    {"suite": "plans", "id": "p2", "text": "everything", "violations": [], "ok": True},
)


def results(latency_ms: float = 30.0) -> tuple[SuiteResult, ...]:
    return (
        SuiteResult("retrieval", {"module.Success@1": Estimate(1 / 3, 0.06, 0.79, 3)}, ROWS),
        SuiteResult("refusal", {"falsely_refused": Estimate(1 / 3, 0.06, 0.79, 3)}, REFUSALS),
        SuiteResult(
            "answers",
            {"key_facts": Estimate(0.75, 0.5, 1.0, 2), "words": Estimate(115.5, 110.0, 120.0, 3)},
            ANSWERS,
            {"latency_ms.p50": latency_ms},
            {"key_facts": {"q1": 0.5, "q3": 1.0}},
            {"q1": "topic-1", "q3": "topic-2"},
        ),
        SuiteResult("plans", {"violations": Estimate(2.0, 2.0, 2.0, 2)}, PLANS),
    )


def verdict() -> Verdict:
    return Verdict(
        (Broken(LIMITS[0], 1 / 3, "must be at least 0.80"), Broken(LIMITS[2], 2.0, "must be at most 0.00")),
        (Comparison(LIMITS[0], Difference(-0.03, -0.06, 0.01, -0.05, 0.2, 3), 0.4, "may be 0.050 worse"),),
    )


def values(latency_ms: float = 30.0, at: str = "2026-12-01T09:30:00+00:00") -> dict[str, Any]:
    run = {"at": at, "seconds": 61.0, "generation": "gen-0003", "passages": 1754}
    return results_json(
        results(latency_ms), verdict(), limits=LIMITS, titles={1: "One & only", 2: "<b>Two</b>"}, run=run
    )


def report(**arguments: Any) -> EvalReport:
    return parse_report(json.loads(json.dumps(values(**arguments))))


def open_report() -> EvalReport:
    """One in which everything is as it should be."""
    found = results_json(
        (SuiteResult("plans", {"violations": Estimate(0.0, 0.0, 0.0, 2)}, PLANS[1:]),), Verdict(()), limits=LIMITS[2:]
    )
    return parse_report(json.loads(json.dumps(found)))

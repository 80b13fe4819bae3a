"""What a report holds, as JSON values.

Owns: the keys. ``assistant.eval_report`` describes the same shape for readers. Refuses: writing it down
(``evals.reporting.files``).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict

from evals.baseline import all_scores
from evals.gate import Broken, Comparison, Verdict
from evals.limits import LIMITS, Limit
from evals.reporting.per_module import per_module
from evals.reporting.reliability import operating_point, reliability, risk_coverage
from evals.reporting.worst import worst_cases
from evals.suite import SuiteResult

VARYING = ("timings", "run")
"""The keys under which two runs of the same program over the same corpus differ."""


def results_json(
    results: Sequence[SuiteResult],
    verdict: Verdict,
    *,
    limits: Sequence[Limit] = LIMITS,
    titles: Mapping[int, str] | None = None,
    run: Mapping[str, object] | None = None,
) -> dict[str, object]:
    """Everything about a run; two runs on the same code and corpus are equal, ``timings`` and ``run`` aside.

    ``titles`` are those of the modules by number; ``run`` says when and on what it ran.
    """
    rows = [dict(row) for result in results for row in result.rows]
    scores = all_scores(results)
    values = {f"{one.suite}.{name}": metric for one in results for name, metric in one.metrics.items()}
    point = operating_point(rows)
    return {
        "ok": verdict.is_open,
        "broken": [_broken(entry) for entry in verdict.broken],
        "metrics": {name: asdict(metric) for name, metric in values.items()},
        "limits": [_limit(limit, values[limit.metric].value if limit.metric in values else None) for limit in limits],
        "comparison": [_comparison(entry) for entry in verdict.comparisons],
        "reliability": [one.model_dump() for one in reliability(rows)],
        "risk_coverage": [one.model_dump() for one in risk_coverage(rows)],
        "operating_point": point.model_dump() if point else None,
        "modules": [one.model_dump() for one in per_module(rows, scores, titles or {})],
        "worst": [one.model_dump() for one in worst_cases(rows)],
        "timings": {f"{one.suite}.{name}": value for one in results for name, value in one.timings.items()},
        "run": dict(run or {}),
        "rows": rows,
        "scores": scores,
        "clusters": {case: group for result in results for case, group in result.clusters.items()},
    }


def _broken(entry: Broken) -> dict[str, object]:
    limit = entry.limit
    return {"metric": limit.metric, "limit": str(limit), "value": entry.value, "reason": entry.reason}


def _limit(limit: Limit, value: float | None) -> dict[str, object]:
    # JSON has no infinity.
    return {
        "metric": limit.metric,
        "floor": limit.floor if math.isfinite(limit.floor) else None,
        "ceiling": limit.ceiling if math.isfinite(limit.ceiling) else None,
        "holds": value is not None and limit.holds(value),
    }


def _comparison(entry: Comparison) -> dict[str, object]:
    return {
        "metric": entry.limit.metric,
        "difference": entry.difference.value,
        "low": entry.difference.low,
        "high": entry.difference.high,
        "p_adjusted": entry.p_adjusted,
        "n": entry.difference.n,
        "margin": entry.limit.margin,
        "problem": entry.problem,
    }

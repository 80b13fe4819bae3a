"""What a report holds, as JSON values.

Owns: the keys. ``assistant.eval_report`` describes the same shape for readers. Refuses: writing it down
(``evals.reporting.files``).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict

from evals.gate import LIMITS, Broken, Limit
from evals.reporting.per_module import per_module
from evals.reporting.reliability import operating_point, reliability, risk_coverage
from evals.reporting.worst import worst_cases
from evals.suite import SuiteResult

VARYING = ("timings", "run")
"""The keys under which two runs of the same program over the same corpus differ."""


def results_json(
    results: Sequence[SuiteResult],
    broken: Sequence[Broken],
    *,
    limits: Sequence[Limit] = LIMITS,
    titles: Mapping[int, str] | None = None,
    comparison: Sequence[Mapping[str, object]] = (),
    run: Mapping[str, object] | None = None,
) -> dict[str, object]:
    """Everything about a run; two runs on the same code and corpus are equal, ``timings`` and ``run`` aside.

    ``titles`` are those of the modules by number; ``comparison`` holds one line for each metric that was compared with
    the baseline; ``run`` says when and on what it ran.
    """
    rows = [dict(row) for result in results for row in result.rows]
    failed = {entry.limit.metric for entry in broken}
    metrics = {
        f"{result.suite}.{name}": asdict(metric) for result in results for name, metric in result.metrics.items()
    }
    scores = {
        f"{result.suite}.{name}": dict(values) for result in results for name, values in result.scores.items() if values
    }
    return {
        "ok": not broken,
        "broken": [{"metric": entry.limit.metric, "limit": str(entry.limit), "value": entry.value} for entry in broken],
        "metrics": metrics,
        "limits": [_limit(limit, holds=limit.metric not in failed) for limit in limits],
        "comparison": [dict(line) for line in comparison],
        "reliability": [one.model_dump() for one in reliability(rows)],
        "risk_coverage": [one.model_dump() for one in risk_coverage(rows)],
        "operating_point": point.model_dump() if (point := operating_point(rows)) else None,
        "modules": [one.model_dump() for one in per_module(rows, scores, titles or {})],
        "worst": [one.model_dump() for one in worst_cases(rows)],
        "timings": {f"{result.suite}.{name}": value for result in results for name, value in result.timings.items()},
        "run": dict(run or {}),
        "rows": rows,
        "scores": scores,
        "clusters": {case: group for result in results for case, group in result.clusters.items()},
    }


def _limit(limit: Limit, *, holds: bool) -> dict[str, object]:
    # JSON has no infinity.
    ends = {name: value if math.isfinite(value) else None for name, value in _ends(limit).items()}
    return {"metric": limit.metric, **ends, "holds": holds}


def _ends(limit: Limit) -> dict[str, float]:
    return {"floor": limit.floor, "ceiling": limit.ceiling}

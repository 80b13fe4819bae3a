"""Results on the terminal and as JSON.

Owns: presentation. Refuses: judging (``evals.gate``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from rich.table import Table

from evals.gate import LIMITS, Broken
from evals.suite import SuiteResult


def results_table(results: Sequence[SuiteResult], broken: Sequence[Broken]) -> Table:
    """One line for each metric: value, 95 % interval, number of cases, and its limit if it has one."""
    limits = {limit.metric: limit for limit in LIMITS}
    failed = {entry.limit.metric for entry in broken}
    table = Table("metric", "value", "95 % interval", "n", "limit", "", box=None, pad_edge=False)
    for result in results:
        for name, metric in result.metrics.items():
            full_name = f"{result.suite}.{name}"
            limit = limits.get(full_name)
            verdict = "" if limit is None else "BROKEN" if full_name in failed else "holds"
            interval = f"{metric.low:.3f} to {metric.high:.3f}"
            table.add_row(full_name, f"{metric.value:.3f}", interval, str(metric.n), str(limit or ""), verdict)
    return table


def results_json(results: Sequence[SuiteResult], broken: Sequence[Broken]) -> dict[str, object]:
    """Everything about a run as JSON values; two runs on the same code and corpus are equal."""
    return {
        "ok": not broken,
        "broken": [{"metric": entry.limit.metric, "limit": str(entry.limit), "value": entry.value} for entry in broken],
        "metrics": {
            f"{result.suite}.{name}": asdict(metric) for result in results for name, metric in result.metrics.items()
        },
        "rows": [dict(row) for result in results for row in result.rows],
    }

"""Results on the terminal and as JSON.

Owns: presentation. Refuses: judging (``evals.gate``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from rich.table import Column, Table

from evals.baseline import all_scores
from evals.gate import Comparison, Verdict
from evals.limits import LIMITS, Limit
from evals.suite import SuiteResult

_SHARES_END = 10
"""Larger figures are lengths and counts, for which one decimal is enough."""


def results_table(results: Sequence[SuiteResult], verdict: Verdict, limits: Sequence[Limit] = LIMITS) -> Table:
    """One line for each metric: value, 95 % interval, number of cases, its limit if it has one; then the timings.

    It fits into 80 columns.
    """
    limit_of = {limit.metric: limit for limit in limits}
    failed = {entry.limit.metric for entry in verdict.broken}
    headings = ("metric", "value", "95 % interval", "n", "limit", "")
    table = Table(*(Column(heading, no_wrap=True) for heading in headings), box=None, padding=(0, 1, 0, 0))
    for result in results:
        for name, metric in result.metrics.items():
            full_name = f"{result.suite}.{name}"
            limit = limit_of.get(full_name)
            outcome = "" if limit is None else "BROKEN" if full_name in failed else "holds"
            interval = "" if metric.low == metric.high else f"{_figure(metric.low)}–{_figure(metric.high)}"
            table.add_row(full_name, _figure(metric.value), interval, str(metric.n), _limit(limit), outcome)
        for name, value in result.timings.items():
            table.add_row(f"{result.suite}.{name}", f"{value:.0f}", "", "", "", "ms")
    return table


def _figure(value: float) -> str:
    return f"{value:.3f}" if value < _SHARES_END else f"{value:.1f}"


def _limit(limit: Limit | None) -> str:
    if limit is None:
        return ""
    return f"≥ {limit.floor:.2f}" if limit.ceiling == float("inf") else f"≤ {limit.ceiling:.2f}"


def results_json(results: Sequence[SuiteResult], verdict: Verdict) -> dict[str, object]:
    """Everything about a run as JSON values; two runs on the same code and corpus are equal, ``timings`` aside."""
    return {
        "ok": verdict.is_open,
        "broken": [
            {"metric": entry.limit.metric, "limit": str(entry.limit), "value": entry.value, "reason": entry.reason}
            for entry in verdict.broken
        ],
        "comparison": [_comparison(entry) for entry in verdict.comparisons],
        "metrics": {
            f"{result.suite}.{name}": asdict(metric) for result in results for name, metric in result.metrics.items()
        },
        "timings": {f"{result.suite}.{name}": value for result in results for name, value in result.timings.items()},
        "scores": all_scores(results),
        "clusters": {case: group for result in results for case, group in result.clusters.items()},
        "rows": [dict(row) for result in results for row in result.rows],
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

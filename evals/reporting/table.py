"""Results on the terminal.

Owns: presentation. Refuses: judging (``evals.gate``).
"""

from __future__ import annotations

from collections.abc import Sequence

from rich.table import Column, Table

from evals.gate import Verdict
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

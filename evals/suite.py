"""What a suite produces: metrics over cases, and one row for each case that explains it.

Owns: the shape of results. Refuses: computing or judging them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from evals.stats import Estimate, estimate

Row = Mapping[str, object]
Scores = Mapping[str, Mapping[str, float]]
"""Metric name -> case id -> the case's value: what two runs over the same cases are compared by."""
Tick = Callable[[], None]
"""Called once for each finished case."""


@dataclass(frozen=True, slots=True)
class SuiteResult:
    """The outcome of one suite: metric name -> estimate, and the rows behind them.

    ``scores`` holds, for each metric that has one value a case, those values; ``clusters`` the group of cases, such as
    the topic, that a case belongs to and is like. ``timings`` are the only figures that differ from run to run; nothing
    is ever judged by them.
    """

    suite: str
    metrics: Mapping[str, Estimate]
    rows: tuple[Row, ...] = field(repr=False)
    timings: Mapping[str, float] = field(default_factory=dict)
    scores: Scores = field(default_factory=dict, repr=False)
    clusters: Mapping[str, str] = field(default_factory=dict, repr=False)


def estimates(scores: Scores, clusters: Mapping[str, str]) -> dict[str, Estimate]:
    """The metric of every score that any case has."""
    return {name: estimate(values, clusters) for name, values in scores.items() if values}

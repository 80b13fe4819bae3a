"""What a suite produces: metrics over cases, and one row for each case that explains it.

Owns: the shape of results. Refuses: computing or judging them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from evals.stats import Estimate

Row = Mapping[str, object]
Tick = Callable[[], None]
"""Called once for each finished case."""


@dataclass(frozen=True, slots=True)
class SuiteResult:
    """The outcome of one suite: metric name -> estimate, and the rows behind them.

    ``timings`` are the only figures that differ from run to run; nothing is ever judged by them.
    """

    suite: str
    metrics: Mapping[str, Estimate]
    rows: tuple[Row, ...] = field(repr=False)
    timings: Mapping[str, float] = field(default_factory=dict)

"""The gate: what a change must not break.

Owns: the limits, and the comparison with the committed baseline. Refuses: measuring, and the statistics
(``evals.comparing``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evals.baseline import all_scores, as_kept
from evals.comparing import Difference, holm, paired_difference
from evals.limits import LIMITS, Limit
from evals.suite import Scores, SuiteResult

LEVEL = 0.05
"""How often a change that costs nothing may be taken for one that does."""
_SHARED = 0.9
"""Share of the cases that run and baseline must have in common."""


@dataclass(frozen=True, slots=True)
class Broken:
    """A limit that does not hold, with the measured value (None if the metric was not measured) and why."""

    limit: Limit
    value: float | None
    reason: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """A metric beside the baseline: the paired difference, and its p-value adjusted by Holm over all of them.

    ``problem`` is what is wrong with it, empty where nothing is.
    """

    limit: Limit
    difference: Difference
    p_adjusted: float
    problem: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the gate found; it is open where nothing is broken."""

    broken: tuple[Broken, ...]
    comparisons: tuple[Comparison, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether the run passes."""
        return not self.broken


def judge(results: Sequence[SuiteResult], baseline: Scores | None, limits: Sequence[Limit] = LIMITS) -> Verdict:
    """Hold a run against the limits, and against a baseline where there is one."""
    broken = broken_limits(results, limits)
    if baseline is None:
        return Verdict(broken)
    scores = as_kept(all_scores(results))
    clusters = {case: group for result in results for case, group in result.clusters.items()}
    gated = [one for one in limits if one.margin is not None]
    stale = tuple(Broken(one, None, gap) for one in gated if (gap := _gap(one.metric, scores, baseline)))
    known = [one for one in gated if not any(entry.limit is one for entry in stale)]
    comparisons = compare(scores, as_kept(baseline), clusters, known)
    values = _values(results)
    worse = tuple(Broken(one.limit, values.get(one.limit.metric), one.problem) for one in comparisons if one.problem)
    return Verdict(broken + stale + worse, comparisons)


def broken_limits(results: Sequence[SuiteResult], limits: Sequence[Limit] = LIMITS) -> tuple[Broken, ...]:
    """The limits that do not hold; a metric that is missing breaks its limit."""
    values = _values(results)
    found = ((limit, values.get(limit.metric)) for limit in limits)
    return tuple(
        Broken(limit, value, f"must be {limit}") for limit, value in found if value is None or not limit.holds(value)
    )


def compare(
    scores: Scores, baseline: Scores, clusters: Mapping[str, str], limits: Sequence[Limit]
) -> tuple[Comparison, ...]:
    """Each metric's change against the baseline.

    Two things are a problem. A change that is not shown to be smaller than the margin: every metric has to pass this
    test, so that asking about many makes a false pass no likelier, and its level needs no correction. And a change for
    the worse that chance does not explain, however small: any metric may fail this one, so Holm's correction keeps the
    chance of a false alarm among all of them below the level.
    """
    found = {
        one.metric: paired_difference(
            scores[one.metric], baseline[one.metric], clusters, less_is_better=one.less_is_better
        )
        for one in limits
    }
    adjusted = holm({metric: difference.p for metric, difference in found.items()})
    return tuple(
        Comparison(one, found[one.metric], adjusted[one.metric], _problem(one, found[one.metric], adjusted[one.metric]))
        for one in limits
    )


def _problem(limit: Limit, difference: Difference, p_adjusted: float) -> str:
    sign = -1.0 if limit.less_is_better else 1.0
    margin = limit.margin or 0.0
    if sign * difference.at_worst < -margin:
        return f"may be {abs(difference.at_worst):.3f} worse than the baseline, {margin:.2f} is the most allowed"
    if sign * difference.value < 0 and p_adjusted < LEVEL:
        return f"is {abs(difference.value):.3f} worse than the baseline (p {p_adjusted:.3f}, adjusted)"
    return ""


def _gap(metric: str, scores: Scores, baseline: Scores) -> str:
    """Why a metric cannot be compared; empty where it can."""
    now, then = scores.get(metric, {}).keys(), baseline.get(metric, {}).keys()
    shared = len(now & then)
    if shared and shared >= _SHARED * max(len(now), len(then)):
        return ""
    return f"has {shared} cases in common with the baseline's {len(then)}, of {len(now)} that were run"


def _values(results: Sequence[SuiteResult]) -> Mapping[str, float]:
    return {f"{result.suite}.{name}": metric.value for result in results for name, metric in result.metrics.items()}

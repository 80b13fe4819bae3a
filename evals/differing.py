"""Two reports, set against each other: which figures moved, which cases changed sides, and what of it is chance.

Owns: that comparison. Pure. Refuses: the gate (``evals.gate``), which compares a run with the committed baseline.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from assistant.eval_numbers import is_neutral, less_is_better
from assistant.eval_report import EvalReport, Row
from evals.comparing import holm, paired_difference
from evals.gate import LEVEL
from evals.reporting.worst import reasons
from evals.suite import Scores

_EPSILON = 1e-9
_RIGHT = ".ok"


@dataclass(frozen=True, slots=True)
class Paired:
    """The mean of new minus old over the ``n`` cases of both, its 95 % interval, and p by paired permutation.

    ``p_adjusted`` is corrected by Holm's method for all metrics that are compared.
    """

    difference: float
    low: float
    high: float
    p: float
    p_adjusted: float
    n: int


@dataclass(frozen=True, slots=True)
class Moved:
    """A metric whose value is not the same; a side is None where it was not measured.

    ``paired`` is None where no case's value is known in both. ``is_better`` is None where neither side is better.
    """

    metric: str
    old: float | None
    new: float | None
    paired: Paired | None
    is_better: bool | None
    is_regression: bool


@dataclass(frozen=True, slots=True)
class Flip:
    """A case that is right in one report and wrong in the other; ``why`` is what is wrong in that one."""

    suite: str
    id: str
    question: str
    is_broken: bool
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReportDiff:
    """What is different; ``only_old`` and ``only_new`` count the cases that one report alone has."""

    moved: tuple[Moved, ...]
    flips: tuple[Flip, ...]
    only_old: int
    only_new: int

    @property
    def has_regressed(self) -> bool:
        """Whether any metric got worse by more than chance explains, or broke a limit that held."""
        return any(one.is_regression for one in self.moved)


def diff_reports(old: EvalReport, new: EvalReport) -> ReportDiff:
    """Compare two reports."""
    before, after = _by_case(old), _by_case(new)
    flips = [flip for case in before.keys() & after.keys() if (flip := _flip(before[case], after[case])) is not None]
    flips.sort(key=lambda one: (not one.is_broken, one.suite, one.id))
    return ReportDiff(
        moved=_moved(old, new),
        flips=tuple(flips),
        only_old=len(before.keys() - after.keys()),
        only_new=len(after.keys() - before.keys()),
    )


def _moved(old: EvalReport, new: EvalReport) -> tuple[Moved, ...]:
    old_scores, new_scores = _scores(old, new), _scores(new, old)
    pairs = _paired(old_scores, new_scores, {**old.clusters, **new.clusters})
    before, after = _values(old, old_scores), _values(new, new_scores)
    broken = _broken(new) - _broken(old)
    found = []
    for name in dict.fromkeys((*before, *after)):
        one = _move(name, before.get(name), after.get(name), pairs.get(name), new)
        if one is not None:
            found.append(replace(one, is_regression=one.is_regression or name in broken))
    return tuple(sorted(found, key=lambda one: not one.is_regression))


def _move(
    name: str, before: float | None, after: float | None, paired: Paired | None, report: EvalReport
) -> Moved | None:
    """How a metric moved, None if it did not; of cases that both have, where they are known."""
    if before is None or after is None:
        return Moved(name, before, after, None, None, False)
    change = paired.difference if paired else after - before
    if max(abs(after - before), abs(change)) <= _EPSILON:
        return None
    better = _is_better(name, change, report)
    is_sure = paired is not None and paired.p_adjusted < LEVEL
    return Moved(name, before, after, paired, better, is_sure and better is False)


def _broken(report: EvalReport) -> set[str]:
    return {line.metric for line in report.limits if not line.holds}


def _values(report: EvalReport, scores: Scores) -> dict[str, float]:
    """The value of each metric, and the share of right cases of each suite that is compared by it."""
    shares = {name: sum(cases.values()) / len(cases) for name, cases in scores.items() if name.endswith(_RIGHT)}
    return {**shares, **{name: figure.value for name, figure in report.metrics.items()}}


def _is_better(metric: str, change: float, report: EvalReport) -> bool | None:
    if is_neutral(metric) or abs(change) <= _EPSILON:
        return None
    return (change < 0) == less_is_better(metric, report)


def _scores(report: EvalReport, other: EvalReport) -> Scores:
    """The values of cases; where either report has none, whether each case is right, by suite."""
    if report.scores and other.scores:
        return report.scores
    found: dict[str, dict[str, float]] = {}
    for (suite, case), row in _by_case(report).items():
        found.setdefault(f"{suite}{_RIGHT}", {})[case] = float(bool(row["ok"]))
    return found


def _paired(old: Scores, new: Scores, clusters: Mapping[str, str]) -> dict[str, Paired]:
    """For each metric of both the paired difference, p-values adjusted over all of them."""
    found = {
        name: paired_difference(new[name], old[name], clusters)
        for name in new
        if name in old and new[name].keys() & old[name].keys()
    }
    adjusted = holm({name: one.p for name, one in found.items()})
    return {name: Paired(one.value, one.low, one.high, one.p, adjusted[name], one.n) for name, one in found.items()}


def _by_case(report: EvalReport) -> dict[tuple[str, str], Row]:
    """The rows that are right or wrong, by suite and id."""
    return {(str(row.get("suite")), str(row.get("id"))): row for row in report.rows if isinstance(row.get("ok"), bool)}


def _flip(old: Row, new: Row) -> Flip | None:
    if old["ok"] == new["ok"]:
        return None
    wrong = old if new["ok"] else new
    question = str(new.get("question") or new.get("text") or "")
    why = tuple(text for _, text in reasons(wrong))
    return Flip(str(new["suite"]), str(new["id"]), question, not new["ok"], why)

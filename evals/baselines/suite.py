"""The program's own search set against simpler ones, question by question.

Owns: the comparison. Refuses: the searches (``evals.baselines.searches``, ``evals.baselines.recipe``), measuring a
ranking (``evals.suites.retrieval``) and the statistics (``evals.comparing``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from evals.cases import QuestionCase
from evals.comparing import Difference, holm, paired_difference
from evals.stats import Estimate, count, estimate
from evals.suite import Row, SuiteResult, Tick
from evals.suites.retrieval import Search, run_retrieval

_MEASURES = ("module.Success@1", "module.RR@10", "topic.Success@1", "topic.nDCG@10")


def run_baselines(
    cases: Sequence[QuestionCase], own: Search, baselines: Mapping[str, Search], tick: Tick
) -> SuiteResult:
    """Search for every question in each way.

    ``<baseline>.<measure>`` is what a baseline reaches, ``<baseline>.<measure>.gain`` the mean by which the program's
    own search is better on the same questions, with its interval, and ``<baseline>.<measure>.p`` how likely so large a
    difference is if the two were equally good: paired permutation by topic, two-sided, adjusted by Holm over all the
    comparisons of this suite.
    """
    ours = run_retrieval(cases, own, lambda: None)
    metrics: dict[str, Estimate] = {}
    differences: dict[str, Difference] = {}
    rows: list[Row] = []
    for name, search in baselines.items():
        theirs = run_retrieval(cases, search, tick)
        for measure in _MEASURES:
            new, old = ours.scores[measure], theirs.scores[measure]
            metrics[f"{name}.{measure}"] = estimate(old, ours.clusters)
            differences[f"{name}.{measure}"] = paired_difference(new, old, ours.clusters)
        rows += [_row(name, case.id, ours, theirs) for case in cases]
    adjusted = holm({name: difference.p for name, difference in differences.items()})
    for name, found in differences.items():
        metrics[f"{name}.gain"] = Estimate(found.value, found.low, found.high, found.n)
        metrics[f"{name}.p"] = count(adjusted[name], found.n)
    return SuiteResult("baselines", {name: metrics[name] for name in sorted(metrics)}, tuple(rows))


def _row(name: str, case_id: str, ours: SuiteResult, theirs: SuiteResult) -> Row:
    own, its = ({measure: one.scores[measure][case_id] for measure in _MEASURES} for one in (ours, theirs))
    return {"suite": "baselines", "id": f"{name}.{case_id}", "own": own, "its": its}

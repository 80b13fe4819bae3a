"""Two ways of doing the same cases, set against each other case by case.

Owns: paired differences with their interval, the paired permutation test, and Holm's correction for asking about many
metrics at once. Pure and seeded. Refuses: judging what a difference means (``evals.gate``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from evals.stats import CONFIDENCE, RESAMPLES, SEED, Floats, cluster_sums, resampled_means

_EPSILON = 1e-9
"""Half a rounding error must not make an equal sum a smaller one."""


@dataclass(frozen=True, slots=True)
class Difference:
    """The mean of new minus old over ``n`` pairs, its 95 % interval, and how likely one as large is by chance.

    ``p`` is two-sided, from paired permutation, and never 0. ``at_worst`` is the end of the one-sided 95 % interval.
    """

    value: float
    low: float
    high: float
    at_worst: float
    p: float
    n: int


def paired_difference(
    new: Mapping[str, float], old: Mapping[str, float], clusters: Mapping[str, str], *, less_is_better: bool = False
) -> Difference:
    """Compare the cases that both have; whole clusters are resampled and change sides together.

    Raises:
        ValueError: they have no case in common.
    """
    differences = {case: value - old[case] for case, value in new.items() if case in old}
    if not differences:
        raise ValueError("a comparison needs at least one case that both have")
    sums, sizes = cluster_sums(differences, clusters)
    means = resampled_means(sums, sizes)
    tail = 100 * (1 - CONFIDENCE)
    low, high = np.percentile(means, [tail / 2, 100 - tail / 2])
    at_worst = np.percentile(means, 100 - tail if less_is_better else tail)
    value = float(sums.sum() / sizes.sum())
    return Difference(value, float(low), float(high), float(at_worst), _permuted(sums), len(differences))


def _permuted(sums: Floats) -> float:
    """The p-value of a sum, by giving the sum of each cluster a random sign."""
    random = np.random.default_rng(SEED)
    as_large = 0
    for part in np.array_split(np.arange(RESAMPLES), 20):
        signs = random.choice((-1.0, 1.0), size=(len(part), len(sums)))
        as_large += int((np.abs(signs @ sums) >= abs(sums.sum()) - _EPSILON).sum())
    return (1 + as_large) / (1 + RESAMPLES)


def holm(p_values: Mapping[str, float]) -> dict[str, float]:
    """Each p-value as Holm adjusts it, so that the chance of even one false alarm among all stays below the level."""
    adjusted: dict[str, float] = {}
    highest = 0.0
    for place, name in enumerate(sorted(p_values, key=lambda one: (p_values[one], one))):
        highest = max(highest, min(1.0, (len(p_values) - place) * p_values[name]))
        adjusted[name] = highest
    return {name: adjusted[name] for name in p_values}

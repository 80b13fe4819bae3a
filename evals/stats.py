"""Intervals around measured figures.

Owns: Wilson's interval for proportions, the percentile bootstrap for means, both also for cases that come in clusters
and are alike within one, and counts, which have no interval. Pure and seeded. Refuses: comparing two runs
(``evals.comparing``).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import norm

CONFIDENCE = 0.95
RESAMPLES = 10_000
SEED = 20_261_122
_RESAMPLES_OF_STATISTIC = 1_000
_Z = float(norm.ppf((1 + CONFIDENCE) / 2))

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure over ``n`` cases with its 95 % interval."""

    value: float
    low: float
    high: float
    n: int


def proportion(successes: int, n: int, design_effect: float = 1.0) -> Estimate:
    """A share with Wilson's score interval.

    A ``design_effect`` above 1 widens the interval to that of ``n / design_effect`` independent cases.

    Raises:
        ValueError: there are no cases.
    """
    if n == 0:
        raise ValueError("a proportion needs at least one case")
    share, cases = successes / n, n / design_effect
    centre = share + _Z**2 / (2 * cases)
    spread = _Z * math.sqrt(share * (1 - share) / cases + _Z**2 / (4 * cases**2))
    scale = 1 + _Z**2 / cases
    # Rounding must not leave a bound beside the value where the bound is the value.
    low = 0.0 if successes == 0 else (centre - spread) / scale
    high = 1.0 if successes == n else (centre + spread) / scale
    return Estimate(share, low, high, n)


def count(events: float, n: int) -> Estimate:
    """A figure over ``n`` cases that has no interval, as how often something happened."""
    return Estimate(float(events), float(events), float(events), n)


def mean(values: Sequence[float]) -> Estimate:
    """A mean with its percentile bootstrap interval.

    Raises:
        ValueError: there are no cases.
    """
    return _mean({str(number): value for number, value in enumerate(values)}, {})


def estimate(values: Mapping[str, float], clusters: Mapping[str, str]) -> Estimate:
    """The mean of the cases' values with its interval; ``clusters`` names the group of a case, else it stands alone.

    Where every value is 0 or 1 it is a share and the interval Wilson's, with the number of cases divided by the design
    effect of the clusters; a bootstrap would find no spread at all in a share of 1. Otherwise whole clusters are
    resampled.

    Raises:
        ValueError: there are no cases.
    """
    if not values or not set(values.values()) <= {0.0, 1.0}:
        return _mean(values, clusters)
    return proportion(round(sum(values.values())), len(values), _design_effect(values, clusters))


def pooled(counts: Mapping[str, tuple[int, int]], clusters: Mapping[str, str]) -> Estimate:
    """The share of parts in wholes over all cases together, where a case has several, as an answer has statements.

    ``counts`` has (part, whole) for each case; the parts of a case are alike, and so are those of its cluster.

    Raises:
        ValueError: nothing was counted.
    """
    part, whole = sum(one for one, _ in counts.values()), sum(other for _, other in counts.values())
    single: dict[str, float] = {}
    groups: dict[str, str] = {}
    for case, (hits, size) in counts.items():
        for number in range(size):
            single[f"{case}#{number}"] = float(number < hits)
            groups[f"{case}#{number}"] = clusters.get(case, case)
    return proportion(part, whole, _design_effect(single, groups) if whole else 1.0)


def cluster_sums(values: Mapping[str, float], clusters: Mapping[str, str]) -> tuple[Floats, Floats]:
    """For each cluster, in the order of its first case, the sum of its values and its number of cases.

    A single cluster says nothing about how clusters differ, so its cases stand alone.
    """
    if len({clusters.get(case, case) for case in values}) == 1:
        clusters = {}
    sums: dict[str, list[float]] = {}
    for case, value in values.items():
        entry = sums.setdefault(clusters.get(case, case), [0.0, 0.0])
        entry[0] += value
        entry[1] += 1
    table = np.asarray(list(sums.values()), dtype=np.float64).reshape(-1, 2)
    return table[:, 0], table[:, 1]


def resampled_means(sums: Floats, sizes: Floats) -> Floats:
    """``RESAMPLES`` means of clusters drawn with replacement, as many as there are."""
    random = np.random.default_rng(SEED)
    means = np.empty(RESAMPLES)
    # In slices: all draws at once take hundreds of megabytes.
    for part in np.array_split(np.arange(RESAMPLES), 20):
        drawn = random.integers(len(sums), size=(len(part), len(sums)))
        means[part] = sums[drawn].sum(axis=1) / sizes[drawn].sum(axis=1)
    return means


def resampled(statistic: Callable[[Indices], float], strata: Floats, clusters: Sequence[str] | None = None) -> Estimate:
    """Any statistic of cases given by their positions, with its percentile bootstrap interval.

    Whole clusters are drawn anew within each stratum: the cases with an equal value in ``strata``. Both have one entry
    for each case; without ``clusters`` each case stands alone.
    """
    random = np.random.default_rng(SEED)
    names = np.arange(len(strata)) if clusters is None else np.unique(clusters, return_inverse=True)[1]
    strata_of_clusters: list[list[Indices]] = []
    for value in np.unique(strata):
        cases = np.flatnonzero(strata == value)
        strata_of_clusters.append([cases[names[cases] == name] for name in np.unique(names[cases])])

    def draw() -> Indices:
        chosen = ((each, random.integers(len(each), size=len(each))) for each in strata_of_clusters)
        return np.concatenate([each[place] for each, places in chosen for place in places])

    drawn = [statistic(draw()) for _ in range(_RESAMPLES_OF_STATISTIC)]
    tail = 100 * (1 - CONFIDENCE) / 2
    low, high = np.percentile(drawn, [tail, 100 - tail])
    return Estimate(statistic(np.arange(len(strata))), float(low), float(high), len(strata))


def _mean(values: Mapping[str, float], clusters: Mapping[str, str]) -> Estimate:
    if not values:
        raise ValueError("a mean needs at least one case")
    sums, sizes = cluster_sums(values, clusters)
    tail = 100 * (1 - CONFIDENCE) / 2
    low, high = np.percentile(resampled_means(sums, sizes), [tail, 100 - tail])
    return Estimate(float(sums.sum() / sizes.sum()), float(low), float(high), len(values))


def _design_effect(values: Mapping[str, float], clusters: Mapping[str, str]) -> float:
    """By how much clusters widen the variance of a share against independent cases; at least 1."""
    sums, sizes = cluster_sums(values, clusters)
    total, groups = sizes.sum(), len(sums)
    share = sums.sum() / total
    if groups < 2 or share in (0.0, 1.0):  # noqa: PLR2004 - variance takes two
        return 1.0
    clustered = groups / (groups - 1) * ((sums - share * sizes) ** 2).sum() / total**2
    return max(1.0, float(clustered / (share * (1 - share) / (total - 1))))

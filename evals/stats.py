"""Intervals around measured figures.

Owns: Wilson's interval for proportions, the percentile bootstrap for means, counts, which have none, and the
paired permutation test. Pure and seeded.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import binomtest

CONFIDENCE = 0.95
_RESAMPLES = 10_000
_SEED = 20_261_122


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure over ``n`` cases with its 95 % interval."""

    value: float
    low: float
    high: float
    n: int


def proportion(successes: int, n: int) -> Estimate:
    """A share with Wilson's score interval.

    Raises:
        ValueError: there are no cases.
    """
    if n == 0:
        raise ValueError("a proportion needs at least one case")
    interval = binomtest(successes, n).proportion_ci(CONFIDENCE, method="wilson")
    return Estimate(successes / n, float(interval.low), float(interval.high), n)


def count(events: float, n: int) -> Estimate:
    """A figure over ``n`` cases that has no interval, as how often something happened."""
    return Estimate(float(events), float(events), float(events), n)


def mean(values: Sequence[float]) -> Estimate:
    """A mean with its percentile bootstrap interval.

    Raises:
        ValueError: there are no cases.
    """
    if not values:
        raise ValueError("a mean needs at least one case")
    sample = np.asarray(values, dtype=np.float64)
    resampled = np.random.default_rng(_SEED).choice(sample, size=(_RESAMPLES, len(sample))).mean(axis=1)
    tail = 100 * (1 - CONFIDENCE) / 2
    low, high = np.percentile(resampled, [tail, 100 - tail])
    return Estimate(float(sample.mean()), float(low), float(high), len(sample))


def paired_permutation(differences: Sequence[float]) -> float:
    """The two-sided p-value of a mean difference of pairs, by giving each difference a random sign; never 0.

    Raises:
        ValueError: there are no pairs.
    """
    if not differences:
        raise ValueError("a paired test needs at least one pair")
    sample = np.asarray(differences, dtype=np.float64)
    signs = np.random.default_rng(_SEED).choice((-1.0, 1.0), size=(_RESAMPLES, len(sample)))
    # Half a rounding error must not make an equal sum a smaller one.
    as_large = np.abs(signs @ sample) >= abs(sample.sum()) - 1e-9
    return float((1 + as_large.sum()) / (1 + _RESAMPLES))

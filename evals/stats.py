"""Intervals around measured figures.

Owns: Wilson's interval for proportions, the percentile bootstrap for means, and counts, which have none. Pure and
seeded.
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


def count(events: int, n: int) -> Estimate:
    """How often something happened among ``n`` cases: a whole number, without an interval."""
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

"""What the confidence is worth: does it separate, does it mean what it says, and is it right to answer by it?

Owns: area under the ROC curve, calibration error, risk and coverage. Pure. Refuses: asking (``evals.suites.refusal``).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.stats import mannwhitneyu

from evals.stats import Floats

BINS = 10


def auc(confidence: Floats, labels: Floats) -> float:
    """How likely a case with label 1 has a higher confidence than one with label 0; ties count half."""
    positive, negative = confidence[labels == 1], confidence[labels == 0]
    return float(mannwhitneyu(positive, negative).statistic / (len(positive) * len(negative)))


def calibration_error(confidence: Floats, labels: Floats, bins: int = BINS) -> float:
    """The mean gap between the confidence and the share of label 1, over bins of equally many cases.

    Cases of the same confidence share their labels, so that their order does not decide which bin has which label.
    """
    _, tied, sizes = np.unique(confidence, return_inverse=True, return_counts=True)
    shares = (np.bincount(tied, weights=labels) / sizes)[tied]
    groups = np.array_split(np.argsort(confidence, kind="stable"), bins)
    gaps = (len(group) * abs(confidence[group].mean() - shares[group].mean()) for group in groups if len(group))
    return float(sum(gaps) / len(confidence))


def risks(confidence: Floats, wrong: Floats) -> Floats:
    """The share of wrong answers when the 1, 2, ... n most confident questions are answered; ties count against it."""
    order: NDArray[np.intp] = np.lexsort((-wrong, -confidence))
    found: Floats = np.cumsum(wrong[order]) / np.arange(1, len(wrong) + 1)
    return found


def aurc(confidence: Floats, wrong: Floats) -> float:
    """The area under the risk-coverage curve: the mean risk over all coverages. 0 is best.

    Source: Geifman, Uziel, El-Yaniv: Bias-Reduced Uncertainty Estimation for Deep Neural Classifiers, ICLR 2019.
    """
    return float(risks(confidence, wrong).mean())

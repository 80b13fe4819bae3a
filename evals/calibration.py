"""Fitting the confidence: from questions that the roadmap does and does not cover to ``assistant/confidence.json``.

Owns: the fit, the choice of the threshold, and what cross-validation says of both. Deterministic.
Refuses: measuring signals (``assistant.confidence``) and judging held-out cases (the refusal suite).
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from scipy.special import expit

from assistant.confidence import SIGNALS, VERSION, ConfidenceModel, Signals
from assistant.errors import InvalidInput, StorageError
from evals.suites.confidence import auc, calibration_error

_PENALTY = 0.1
_FOLDS = 10
_REPEATS = 5
_SEED = 20_261_127
_FALSELY_REFUSED = 0.0175
"""Share of covered questions that the threshold may refuse in cross-validation."""

Floats = npt.NDArray[np.float64]
Measure = Callable[[str], Signals]


def calibrate(covered: Sequence[str], uncovered: Sequence[str], measure: Measure) -> ConfidenceModel:
    """Fit a model that tells covered questions from others.

    The threshold is the highest, to three digits, at which at most 1.75 % of covered questions are refused when a
    model fitted without them judges them. ``measured`` holds what that cross-validation shows: ``auc``,
    ``refused``, ``falsely_refused`` and ``calibration_error`` (expected, over ten bins of equal size).

    Raises:
        InvalidInput: a side has fewer questions than folds.
    """
    if min(len(covered), len(uncovered)) < _FOLDS:
        raise InvalidInput(f"Calibration needs at least {_FOLDS} covered questions and as many that are not covered.")
    questions = [*covered, *uncovered]
    rows = np.array([[getattr(signals, name) for name in SIGNALS] for signals in map(measure, questions)])
    labels = np.array([1.0] * len(covered) + [0.0] * len(uncovered))
    judged = _judged_by_others(rows, labels)
    threshold = _threshold(judged[labels == 1])
    fitted = _fit(rows, labels)
    return ConfidenceModel(
        version=VERSION,
        intercept=round(float(fitted[0]), 3),
        weights={name: round(float(weight), 3) for name, weight in zip(SIGNALS, fitted[1:], strict=True)},
        threshold=threshold,
        fitted_on={
            "covered": len(covered),
            "uncovered": len(uncovered),
            "sha256": hashlib.sha256("\n".join(questions).encode()).hexdigest(),
        },
        measured={
            "auc": round(auc(judged, labels), 4),
            "refused": round(float((judged[labels == 0] < threshold).mean()), 4),
            "falsely_refused": round(float((judged[labels == 1] < threshold).mean()), 4),
            "calibration_error": round(calibration_error(judged, labels), 4),
        },
    )


def write_model(model: ConfidenceModel, path: Path) -> None:
    """Write the model as the program reads it.

    Raises:
        StorageError: the file cannot be written.
    """
    try:
        path.write_text(json.dumps(asdict(model), indent=2) + "\n", encoding="utf-8")
    except OSError as error:
        raise StorageError(f"{path} cannot be written: {error.strerror}.") from error


def _threshold(covered: Floats) -> float:
    refused = int(_FALSELY_REFUSED * len(covered))
    return math.floor(float(np.sort(covered)[refused]) * 1000) / 1000


def _fit(rows: Floats, labels: Floats) -> Floats:
    """Intercept and weights of a logistic regression with a small quadratic penalty on the weights."""
    design = np.hstack([np.ones((len(rows), 1)), rows])
    penalised = np.array([0.0] + [1.0] * rows.shape[1])

    def loss(weights: Floats) -> tuple[float, Floats]:
        logits = design @ weights
        value = np.logaddexp(0.0, logits).sum() - labels @ logits + _PENALTY / 2 * (penalised * weights**2).sum()
        return float(value), design.T @ (expit(logits) - labels) + _PENALTY * penalised * weights

    result: Floats = minimize(loss, np.zeros(design.shape[1]), jac=True, method="L-BFGS-B").x
    return result


def _judged_by_others(rows: Floats, labels: Floats) -> Floats:
    """For each row the mean confidence of models fitted without it, in stratified folds."""
    random = np.random.default_rng(_SEED)
    judged = np.zeros(len(rows))
    for _ in range(_REPEATS):
        folds = np.zeros(len(rows), dtype=np.int64)
        for label in (0.0, 1.0):
            members = random.permutation(np.flatnonzero(labels == label))
            folds[members] = np.arange(len(members)) % _FOLDS
        for fold in range(_FOLDS):
            inside, outside = folds == fold, folds != fold
            weights = _fit(rows[outside], labels[outside])
            judged[inside] += expit(weights[0] + rows[inside] @ weights[1:]) / _REPEATS
    return judged

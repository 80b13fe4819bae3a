"""Risk, coverage and the area under both, against values worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from evals.suites.confidence import auc, aurc, risks

CONFIDENCE = np.asarray([0.9, 0.8, 0.7, 0.6])


def test_risk_grows_as_less_certain_questions_are_answered() -> None:
    assert risks(CONFIDENCE, np.asarray([0.0, 0.0, 1.0, 1.0])) == pytest.approx([0, 0, 1 / 3, 1 / 2])
    assert aurc(CONFIDENCE, np.asarray([0.0, 0.0, 1.0, 1.0])) == pytest.approx(5 / 24)
    assert aurc(CONFIDENCE, np.asarray([1.0, 1.0, 0.0, 0.0])) == pytest.approx((1 + 1 + 2 / 3 + 1 / 2) / 4)
    assert aurc(CONFIDENCE, np.zeros(4)) == 0


def test_ties_count_against_the_confidence() -> None:
    same = np.full(4, 0.5)
    wrong = np.asarray([0.0, 1.0, 0.0, 0.0])
    assert risks(same, wrong) == pytest.approx([1, 1 / 2, 1 / 3, 1 / 4])
    assert risks(same, wrong[::-1]) == pytest.approx([1, 1 / 2, 1 / 3, 1 / 4])


def test_the_area_under_the_roc_curve_counts_pairs() -> None:
    assert auc(CONFIDENCE, np.asarray([1.0, 0.0, 1.0, 0.0])) == 0.75
    assert auc(np.full(4, 0.5), np.asarray([1.0, 0.0, 1.0, 0.0])) == 0.5

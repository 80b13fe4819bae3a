"""An index that loses neighbours closes the gate; one that finds other ones just as near does not."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.embedding import Matrix
from evals.gate import judge
from evals.limits import LIMITS
from evals.suite import SuiteResult
from evals.suites.nearest import Nearest, run_nearest
from tests.evals.test_evals import QUESTIONS, tick

ANGLES = np.linspace(0, 1.5, 40)
VECTORS: Matrix = np.stack([np.cos(ANGLES), np.sin(ANGLES)], axis=1).astype(np.float32)
LIMITS_HERE = [limit for limit in LIMITS if limit.metric.startswith("nearest.")]


def embed(_question: str) -> Matrix:
    return VECTORS[:1]


def exact(vector: Matrix, k: int) -> list[float]:
    return sorted(map(float, VECTORS @ vector[0]), reverse=True)[:k]


def measured(nearest: Nearest) -> SuiteResult:
    return run_nearest(QUESTIONS, embed, nearest, VECTORS, tick)


def test_a_search_that_finds_all_passes() -> None:
    result = measured(exact)
    assert (result.metrics["recall@10"].value, result.metrics["recall@10"].n) == (1.0, 20)
    assert judge([result], None, LIMITS_HERE).is_open


def test_a_search_that_loses_one_of_ten_fails() -> None:
    result = measured(lambda vector, k: [*exact(vector, k)[:9], exact(vector, 20)[15]])
    assert result.metrics["recall@10"].value == pytest.approx(0.9)
    assert not judge([result], None, LIMITS_HERE).is_open
    assert not any(row["ok"] for row in result.rows)


def test_fewer_than_asked_for_is_a_loss_too() -> None:
    assert measured(lambda vector, _k: exact(vector, 5)).metrics["recall@10"].value == 0.5

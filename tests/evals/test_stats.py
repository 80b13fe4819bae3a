"""Intervals: exact where there is a formula, repeatable where there is a sample."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from evals.comparing import paired_difference
from evals.stats import Indices, count, estimate, mean, pooled, proportion, resampled


@given(st.integers(1, 600).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_is_that_of_scipy(case: tuple[int, int]) -> None:
    successes, n = case
    expected = binomtest(successes, n).proportion_ci(0.95, method="wilson")
    found = proportion(successes, n)
    assert (found.value, found.n) == (successes / n, n)
    assert (found.low, found.high) == (pytest.approx(expected.low, abs=1e-9), pytest.approx(expected.high, abs=1e-9))


def test_a_design_effect_is_that_many_fewer_cases() -> None:
    found, fewer = proportion(80, 100, 4.0), proportion(20, 25)
    assert (found.low, found.high) == (pytest.approx(fewer.low), pytest.approx(fewer.high))
    assert found.n == 100


def test_the_bootstrap_is_repeatable_and_near_the_normal_interval() -> None:
    average = mean([0.0, 1.0] * 50)
    assert average.value == 0.5
    assert 0.38 < average.low < 0.45
    assert 0.55 < average.high < 0.62
    assert mean([0.0, 1.0] * 50) == average


def test_cases_that_are_alike_widen_the_interval() -> None:
    values = {f"{group}.{n}": float(group % 2) for group in range(20) for n in range(5)}
    alike = {case: case.split(".")[0] for case in values}
    single, together = estimate(values, {}), estimate(values, alike)
    assert single.low == pytest.approx(proportion(50, 100).low)
    assert together.low == pytest.approx(proportion(10, 20).low, abs=0.02)
    means = {case: value / 2 for case, value in values.items()}
    assert estimate(means, alike).low < estimate(means, {}).low - 0.02


def test_a_share_of_one_still_has_an_interval() -> None:
    found = estimate(dict.fromkeys("abcdefghij", 1.0), {})
    assert (found.value, found.high) == (1.0, 1.0)
    assert found.low == pytest.approx(0.7225, abs=1e-4)


def test_parts_of_a_case_are_pooled_and_alike() -> None:
    found = pooled({"a": (9, 10), "b": (1, 10), "none": (0, 0)}, {})
    assert (found.value, found.n) == (0.5, 20)
    assert found.low < proportion(10, 20).low


def test_any_statistic_is_resampled_within_its_groups() -> None:
    values = np.asarray([1.0, 2.0, 10.0, 20.0])
    found = resampled(lambda drawn: float(values[drawn].mean()), np.asarray([0.0, 0.0, 1.0, 1.0]))
    assert found.value == 8.25
    # Two of each group, always: neither four ones nor four twenties
    assert (found.low, found.high) == (5.5, 11.0)


def test_clusters_are_drawn_whole_within_their_group() -> None:
    values = np.asarray([1.0, 1.0, 2.0, 2.0, 10.0, 20.0])
    strata = np.asarray([0.0, 0.0, 0.0, 0.0, 1.0, 1.0])
    drawn: list[list[int]] = []

    def statistic(cases: Indices) -> float:
        drawn.append(cases.tolist())
        return float(values[cases].mean())

    found = resampled(statistic, strata, ["a", "a", "b", "b", "c", "d"])
    assert found.value == 6.0
    assert {tuple(cases[:2]) for cases in drawn} == {(0, 1), (2, 3)}
    assert {len(cases) for cases in drawn} == {6}


def test_a_single_cluster_says_nothing_of_clusters() -> None:
    values = {"a": 0.25, "b": 0.5, "c": 1.0}
    assert estimate(values, dict.fromkeys(values, "book")) == estimate(values, {})
    assert paired_difference(values, dict.fromkeys(values, 0.0), dict.fromkeys(values, "book")).p == pytest.approx(
        2 / 2**3, abs=0.02
    )


def test_a_count_has_no_interval() -> None:
    assert (count(3, 10).low, count(3, 10).high, count(3, 10).n) == (3, 3, 10)


def test_nothing_cannot_be_estimated() -> None:
    for broken in (lambda: mean([]), lambda: proportion(0, 0), lambda: estimate({}, {}), lambda: pooled({}, {})):
        with pytest.raises(ValueError, match="at least one case"):
            broken()

"""Paired differences, the permutation test and Holm's correction, against known values."""

from __future__ import annotations

import pytest

from evals.comparing import holm, paired_difference


def pairs(*differences: float) -> tuple[dict[str, float], dict[str, float]]:
    return {str(n): one for n, one in enumerate(differences)}, {str(n): 0.0 for n in range(len(differences))}


@pytest.mark.parametrize(
    ("differences", "p"), [([1.0] * 3, 0.25), ([1.0, -1.0], 1.0), ([0.0] * 5, 1.0), ([1.0] * 20, 0.0001)]
)
def test_the_paired_test_counts_signs_that_give_as_much(differences: list[float], p: float) -> None:
    found = paired_difference(*pairs(*differences), {})
    assert found.p == pytest.approx(p, abs=0.012 if p == 0.25 else 1e-4)
    assert found.p == paired_difference(*pairs(*(-one for one in differences)), {}).p
    assert found.value == pytest.approx(sum(differences) / len(differences))


def test_only_cases_that_both_have_are_compared() -> None:
    found = paired_difference({"a": 1.0, "b": 0.0}, {"b": 1.0, "c": 1.0}, {})
    assert (found.value, found.low, found.high, found.n) == (-1.0, -1.0, -1.0, 1)
    with pytest.raises(ValueError, match="both have"):
        paired_difference({"a": 1.0}, {"b": 1.0}, {})


def test_what_is_alike_changes_sides_together() -> None:
    new, old = pairs(*[1.0] * 12)
    assert paired_difference(new, old, {}).p < 0.001
    # Two groups give four patterns of signs, of which two are as large
    assert paired_difference(new, old, {case: str(int(case) % 2) for case in new}).p == pytest.approx(0.5, abs=0.02)


def test_at_worst_is_the_end_that_hurts() -> None:
    new, old = pairs(*[0.0] * 90, *[1.0] * 10)
    more, less = (paired_difference(new, old, {}, less_is_better=flag) for flag in (False, True))
    assert 0.04 < more.at_worst < 0.07
    assert 0.13 < less.at_worst < 0.17
    assert more.low <= more.at_worst
    assert less.at_worst <= less.high


def test_holm_adjusts_as_published() -> None:
    # The example of Holm, A Simple Sequentially Rejective Multiple Test Procedure, 1979, in its usual form
    found = holm({"a": 0.01, "b": 0.04, "c": 0.03, "d": 0.005})
    assert found == pytest.approx({"a": 0.03, "b": 0.06, "c": 0.06, "d": 0.02})
    assert list(found) == ["a", "b", "c", "d"]
    assert holm({"a": 0.9, "b": 0.8}) == {"a": 1.0, "b": 1.0}
    assert holm({}) == {}

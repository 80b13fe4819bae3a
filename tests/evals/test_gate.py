"""The gate against the baseline: equal is open; worse, unproven and not comparable are closed."""

from __future__ import annotations

from pathlib import Path

import pytest

from evals.baseline import read_baseline, write_baseline
from evals.gate import Verdict, judge
from evals.limits import LIMITS, Limit
from evals.stats import count
from evals.suite import SuiteResult, estimates

CASES = [f"c{n}" for n in range(200)]
LIMIT = Limit("s.right", floor=0.5, margin=0.02)
ERRORS = Limit("s.wrong", ceiling=0.5, margin=0.02)


def result(wrong: int, cases: list[str] = CASES) -> SuiteResult:
    right = {case: float(number >= wrong) for number, case in enumerate(cases)}
    scores = {"right": right, "wrong": {case: 1 - value for case, value in right.items()}}
    return SuiteResult("s", estimates(scores, {}), (), scores=scores)


def verdict(wrong: int, before: int, cases: list[str] = CASES) -> Verdict:
    baseline = {f"s.{name}": values for name, values in result(before).scores.items()}
    return judge([result(wrong, cases)], baseline, [LIMIT, ERRORS])


@pytest.mark.parametrize(("wrong", "before"), [(10, 10), (9, 10), (0, 40), (11, 10)])
def test_no_worse_passes(wrong: int, before: int) -> None:
    assert verdict(wrong, before).is_open


def test_worse_than_the_margin_closes_it_in_both_directions() -> None:
    found = verdict(20, 10)
    assert [entry.limit for entry in found.broken] == [LIMIT, ERRORS]
    assert [entry.difference.value for entry in found.comparisons] == pytest.approx([-0.05, 0.05])
    assert "worse than the baseline, 0.02 is the most allowed" in found.broken[0].reason
    assert found.broken[0].value == 0.9


def test_what_may_be_worse_than_the_margin_closes_it() -> None:
    # Three of 200 are .015 worse, which is less than the margin, but may as well be .03
    found = verdict(13, 10)
    assert [entry.limit for entry in found.broken] == [LIMIT, ERRORS]
    assert found.comparisons[0].difference.value == pytest.approx(-0.015)


def test_a_small_loss_that_chance_does_not_explain_closes_it() -> None:
    many = [f"c{n}" for n in range(2000)]
    now, before = result(20, many), result(0, many)
    baseline = {f"s.{name}": values for name, values in before.scores.items()}
    found = judge([now], baseline, [LIMIT])
    assert found.comparisons[0].difference.at_worst > -0.02
    assert "p 0.0" in found.broken[0].reason


def test_the_decimals_of_the_baseline_are_no_change(tmp_path: Path) -> None:
    # A third is kept as .3333 and two thirds as .6667: always the same way off, so never by chance.
    scores = {"right": {case: (1 + number % 2) / 3 for number, case in enumerate(CASES)}}
    scores["wrong"] = dict.fromkeys(CASES, 1 / 3)
    now = SuiteResult("s", estimates(scores, {}), (), scores=scores)
    write_baseline([now], {"s.right", "s.wrong"}, tmp_path / "baseline.json")
    baseline = read_baseline(tmp_path / "baseline.json")
    found = judge([now], baseline, [Limit("s.right", floor=0.4, margin=0.02), ERRORS])
    assert found.is_open
    assert [(one.difference.value, one.p_adjusted) for one in found.comparisons] == [(0.0, 1.0), (0.0, 1.0)]


def test_holm_counts_every_metric_that_is_compared() -> None:
    alone = judge([result(15)], {"s.right": result(10).scores["right"]}, [LIMIT]).comparisons[0]
    (both, _) = verdict(15, 10).comparisons
    assert both.p_adjusted == pytest.approx(2 * alone.p_adjusted)


def test_a_baseline_of_other_cases_closes_it() -> None:
    others = [f"c{n}" for n in range(30, 230)]
    found = verdict(0, 0, others)
    assert [entry.reason for entry in found.broken] == [
        "has 170 cases in common with the baseline's 200, of 200 that were run"
    ] * 2
    assert judge([result(0)], {}, [LIMIT]).broken[0].reason == (
        "has 0 cases in common with the baseline's 0, of 200 that were run"
    )


def test_without_a_baseline_only_the_limits_count() -> None:
    assert judge([result(150)], None, [LIMIT]).broken[0].reason == "must be at least 0.50"
    assert judge([result(20)], None, [LIMIT]).is_open


def test_every_limit_names_a_metric_once_and_can_break() -> None:
    assert len({limit.metric for limit in LIMITS}) == len(LIMITS)
    for limit in LIMITS:
        suite, name = limit.metric.split(".", 1)
        outside = limit.ceiling + 0.01 if limit.less_is_better else limit.floor - 0.01
        assert not judge([SuiteResult(suite, {name: count(outside, 1)}, ())], None, [limit]).is_open
        inside = limit.ceiling if limit.less_is_better else limit.floor
        assert judge([SuiteResult(suite, {name: count(inside, 1)}, ())], None, [limit]).is_open

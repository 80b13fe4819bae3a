"""Two reports set against each other: what moved, what flipped, and what of it counts."""

from __future__ import annotations

from typing import Any

from assistant.eval_report import EvalReport, parse_report
from evals.differing import diff_reports


def rows(right: int, total: int = 40) -> list[dict[str, Any]]:
    return [
        {"suite": "retrieval", "id": f"q{n:02}", "question": f"Question {n}?", "ok": n < right} for n in range(total)
    ]


def report(right: int, *, with_scores: bool = True, violations: float = 0.0, **fields: Any) -> EvalReport:
    cases = rows(right)
    share = right / len(cases)
    value = {
        "ok": True,
        "metrics": {
            "retrieval.first": {"value": share, "low": 0.0, "high": 1.0, "n": 40},
            "plans.violations": {"value": violations, "low": violations, "high": violations, "n": 5},
            "answers.words": {"value": 100.0 + right, "low": 90.0, "high": 150.0, "n": 40},
        },
        "limits": [{"metric": "plans.violations", "ceiling": 0.0, "holds": violations == 0}],
        "rows": cases,
    }
    if with_scores:
        value["scores"] = {"retrieval.first": {row["id"]: float(row["ok"]) for row in cases}}
    return parse_report({**value, **fields})


def test_a_report_does_not_differ_from_itself() -> None:
    found = diff_reports(report(30), report(30))
    assert (found.moved, found.flips, found.only_old, found.only_new) == ((), (), 0, 0)
    assert not found.has_regressed


def test_a_loss_that_chance_does_not_explain_is_a_regression() -> None:
    found = diff_reports(report(40), report(20))
    (first, *others) = found.moved
    assert (first.metric, first.old, first.new) == ("retrieval.first", 1.0, 0.5)
    assert first.paired is not None
    assert (first.paired.difference, first.paired.n) == (-0.5, 40)
    assert -0.66 < first.paired.low < -0.5 < first.paired.high < -0.34
    assert first.paired.p_adjusted < 0.001
    assert (first.is_better, first.is_regression) == (False, True)
    assert [(one.metric, one.is_better, one.is_regression) for one in others] == [("answers.words", None, False)]
    assert found.has_regressed


def test_a_small_loss_may_be_chance_and_a_gain_is_none() -> None:
    small = diff_reports(report(30), report(29))
    first = small.moved[0]
    assert (first.metric, first.is_better, first.is_regression) == ("retrieval.first", False, False)
    assert not small.has_regressed
    gain = diff_reports(report(20), report(40))
    assert (gain.moved[0].is_better, gain.has_regressed) == (True, False)


def test_a_limit_that_breaks_is_a_regression_without_any_test() -> None:
    found = diff_reports(report(30), report(30, violations=1.0))
    assert [(one.metric, one.paired, one.is_better, one.is_regression) for one in found.moved] == [
        ("plans.violations", None, False, True)
    ]
    assert not diff_reports(report(30, violations=1.0), report(30, violations=1.0)).has_regressed


def test_cases_that_broke_come_before_those_that_were_mended() -> None:
    old, new = report(2), report(2)
    changed = [{**row, "ok": row["id"] in ("q01", "q05", "q04")} for row in new.rows]
    found = diff_reports(old, new.model_copy(update={"rows": tuple(changed)}))
    assert [(one.id, one.is_broken) for one in found.flips] == [("q00", True), ("q04", False), ("q05", False)]
    assert found.flips[0].question == "Question 0?"
    assert found.flips[0].why == ("Did not go as expected.",)


def test_without_values_of_cases_suites_are_compared_by_what_is_right() -> None:
    found = diff_reports(report(40, with_scores=False), report(20))
    by_name = {one.metric: one for one in found.moved}
    paired = by_name["retrieval.ok"].paired
    assert paired is not None
    assert (paired.difference, paired.n) == (-0.5, 40)
    assert by_name["retrieval.ok"].is_regression
    assert (by_name["retrieval.ok"].old, by_name["retrieval.ok"].new) == (1.0, 0.5)
    assert by_name["retrieval.first"].paired is None


def test_other_cases_and_other_metrics_are_told_apart() -> None:
    fewer = report(40).model_copy(update={"rows": report(40).rows[:30], "metrics": {}})
    found = diff_reports(fewer, report(40))
    assert (found.only_old, found.only_new) == (0, 10)
    assert {(one.metric, one.old, one.is_better, one.is_regression) for one in found.moved} == {
        ("retrieval.first", None, None, False),
        ("plans.violations", None, None, False),
        ("answers.words", None, None, False),
    }


def test_cases_that_are_alike_count_together() -> None:
    alone = diff_reports(report(30), report(22))
    together = diff_reports(report(30, clusters={f"q{n:02}": "one" for n in range(22, 30)}), report(22))
    assert alone.has_regressed
    assert not together.has_regressed


def test_a_rounding_error_moves_nothing() -> None:
    new = report(30)
    value = new.metrics["retrieval.first"].model_copy(update={"value": 0.75 + 1e-13})
    assert (
        diff_reports(report(30), new.model_copy(update={"metrics": {**new.metrics, "retrieval.first": value}})).moved
        == ()
    )

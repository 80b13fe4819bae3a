"""The charts of the evals page: what they say, and that what is drawn says the same."""

from __future__ import annotations

import pytest

from assistant.eval_report import Bin, Cell, EvalReport, ModuleLine, RiskPoint
from assistant.ui.charts import DARK_INK, LIGHT_INK
from assistant.ui.evals import figures, modules
from tests.evals.reporting.samples import report
from tests.ui.contrast import AA, contrast, mixed
from tests.ui.plan.test_views import drawn

ONE = Bin(low=0.9, high=1.0, n=10, covered=9, confidence=0.95, share=0.9, share_low=0.6, share_high=0.98)
TWO = Bin(low=0.2, high=0.3, n=4, covered=3, confidence=0.25, share=0.75, share_low=0.3, share_high=0.95)


def test_reliability_says_which_bins_are_off() -> None:
    figure = figures.reliability((TWO, ONE))
    assert figure.caption == (
        "14 questions by confidence. In 1 bin of 2 the stated confidence lies outside the interval; the largest gap is "
        "25\xa0% stated and 75\xa0% true."
    )
    assert figures.reliability((ONE,)).caption.startswith(
        "10 questions by confidence. In every bin the stated confidence lies within the interval of what was true;"
    )
    assert [row["Covered"] for row in drawn(figure.chart)[2]] == [0.75, 0.9]


def test_risk_marks_how_it_is_used() -> None:
    points = (RiskPoint(threshold=0.9, coverage=0.5, risk=0.0), RiskPoint(threshold=0.0, coverage=1.0, risk=0.2))
    figure = figures.risk(points, RiskPoint(threshold=0.7, coverage=0.8, risk=0.01), LIGHT_INK)
    assert figure.caption == (
        "The program answers 80\xa0% of all questions, and 1\xa0% of what it answers is outside the roadmap. "
        "Answering everything, it would be 20\xa0%."
    )
    assert len(drawn(figure.chart)) == 3
    alone = figures.risk(points, None, LIGHT_INK)
    assert alone.caption == "Answering everything, 20\xa0% of the answers would be to questions outside."
    assert len(drawn(alone.chart)) == 1


def test_counts_and_lengths_are_in_the_table_alone() -> None:
    figure = figures.intervals(report(), "answers", LIGHT_INK)
    assert [row["Figure"] for row in figure.rows] == ["key_facts", "words"]
    assert {row["label"] for layer in drawn(figure.chart) for row in layer} == {"key_facts"}
    plans = figures.intervals(report(), "plans", LIGHT_INK)
    assert plans.chart is None
    assert plans.rows == [
        {
            "Figure": "violations", "Value": 2.0, "From": 2.0, "To": 2.0, "Cases": 2, "Limit": "≤ 0.00",
            "Outcome": "broken",
        }
    ]  # fmt: skip
    assert plans.caption == "1 figure of the suite plans with 95 % intervals, 0 of 1 limit hold."


def test_a_broken_limit_is_told_by_a_sign_and_a_shape() -> None:
    (row, *_), *_ = drawn(figures.intervals(report(), "retrieval", LIGHT_INK).chart)
    assert (row["label"], row["bound"], row["Outcome"]) == ("✗ module.Success@1", 0.8, "broken")


def test_a_tolerated_loss_lies_on_the_side_of_the_worse() -> None:
    shown = report()
    (row, *_), *_ = drawn(figures.comparison(shown, LIGHT_INK).chart)
    assert (row["bound"], row["shown"], row["label"]) == (-0.02, "-0.030", "✗ retrieval.module.Success@1")
    less = shown.comparison[0].model_copy(update={"metric": "refusal.falsely_refused", "problem": ""})
    (row, *_), *_ = drawn(figures.comparison(shown.model_copy(update={"comparison": (less,)}), LIGHT_INK).chart)
    assert (row["bound"], row["label"]) == (0.02, "refusal.falsely_refused")


def test_gains_over_simpler_searches() -> None:
    metrics = {
        "baselines.bm25.first": {"value": 0.7, "low": 0.6, "high": 0.8, "n": 9},
        "baselines.bm25.first.gain": {"value": 0.1, "low": 0.02, "high": 0.2, "n": 9},
        "baselines.bm25.first.p": {"value": 0.01, "low": 0.01, "high": 0.01, "n": 9},
        "baselines.dense.first.gain": {"value": -0.1, "low": -0.2, "high": -0.02, "n": 9},
    }
    shown = EvalReport.model_validate({"ok": True, "metrics": metrics, "rows": []})
    figure = figures.simpler(shown, LIGHT_INK)
    assert figure.caption == (
        "2 comparisons with simpler searches on the same questions, own minus simpler with 95 % intervals. "
        "By more than chance explains (p below .05 after Holm) 1 are better and 0 worse."
    )
    assert [(row["Figure"], row["Gain"], row["p (Holm)"]) for row in figure.rows] == [
        ("bm25.first", 0.1, 0.01), ("dense.first", -0.1, None),
    ]  # fmt: skip
    labels = {row["label"] for layer in drawn(figures.intervals(shown, "baselines", LIGHT_INK).chart) for row in layer}
    assert labels == {"bm25.first"}


def test_the_map_names_its_lowest_and_leaves_gaps() -> None:
    lines = (
        ModuleLine(number=1, title="One", cells=(Cell(measure="A", value=0.5, n=4), Cell(measure="B", value=1.0, n=2))),
        ModuleLine(number=2, title="Two", cells=(Cell(measure="A", value=0.49, n=4),)),
    )
    figure = modules.figure(lines, LIGHT_INK)
    assert figure.caption == (
        "2 modules in per cent, of a dozen cases each; the table has their numbers. Lowest in “A”: module 2 with 49\xa0%."
    )
    assert figure.rows == [
        {"Module": "1. One", "A": "50\xa0% (4)", "B": "100\xa0% (2)"},
        {"Module": "2. Two", "A": "49\xa0% (4)", "B": "–"},
    ]
    cells = drawn(figure.chart)[0]
    assert [cell["shown"] for cell in cells] == ["50", "100", "49"]
    assert len({(cell["fill"], cell["alpha"]) for cell in cells}) == 3


@pytest.mark.parametrize(("ink", "background"), [(LIGHT_INK, "#ffffff"), (DARK_INK, "#131a1a")])
def test_numbers_can_be_read_on_every_colour_of_the_map(ink: str, background: str) -> None:
    for color, alpha in modules._FILLS:
        assert contrast(ink, mixed(color, alpha, background)) >= AA

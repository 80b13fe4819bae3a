"""Both curves of the confidence, on rows small enough to count by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.eval_report import RiskPoint
from evals.reporting.reliability import operating_point, reliability, risk_coverage
from tests.evals.reporting.samples import REFUSALS, refusal_row


def test_bins_count_what_is_covered() -> None:
    bins = reliability(REFUSALS)
    assert [(one.low, one.high, one.n, one.covered) for one in bins] == [
        (0.0, 0.1, 1, 0),
        (0.4, 0.5, 1, 1),
        (0.9, 1.0, 3, 2),
    ]
    assert bins[2].confidence == pytest.approx((0.95 + 0.95 + 0.97) / 3, abs=1e-4)
    assert bins[2].share == pytest.approx(2 / 3, abs=1e-4)
    # Wilson's interval of 2 in 3.
    assert (bins[2].share_low, bins[2].share_high) == (0.2077, 0.9385)


def test_certainty_belongs_to_the_last_bin() -> None:
    assert [one.low for one in reliability([refusal_row("q", 1.0, should_refuse=False, refused=False)])] == [0.9]


def test_the_curve_answers_the_surest_first_and_equally_sure_ones_together() -> None:
    assert risk_coverage(REFUSALS) == (
        RiskPoint(threshold=0.97, coverage=0.2, risk=1.0),
        RiskPoint(threshold=0.95, coverage=0.6, risk=0.3333),
        RiskPoint(threshold=0.45, coverage=0.8, risk=0.25),
        RiskPoint(threshold=0.05, coverage=1.0, risk=0.4),
    )


def test_the_operating_point_is_what_was_answered() -> None:
    assert operating_point(REFUSALS) == RiskPoint(threshold=0.95, coverage=0.6, risk=0.3333)
    assert operating_point([refusal_row("u", 0.1, should_refuse=True, refused=True)]) is None


def test_other_suites_say_nothing_of_it() -> None:
    assert reliability([{"suite": "conversation", "confidence": 0.5, "should_refuse": False}]) == ()
    assert risk_coverage([]) == ()


@given(st.lists(st.tuples(st.integers(0, 1000), st.booleans()), min_size=1, max_size=200))
def test_the_curve_is_short_and_ends_with_everything(questions: list[tuple[int, bool]]) -> None:
    rows = [
        refusal_row(f"q{number}", confidence / 1000, should_refuse=outside, refused=False)
        for number, (confidence, outside) in enumerate(questions)
    ]
    points = risk_coverage(rows)
    assert len(points) <= 60
    assert [one.coverage for one in points] == sorted({one.coverage for one in points})
    assert points[-1].coverage == 1
    assert points[-1].risk == pytest.approx(sum(outside for _, outside in questions) / len(questions), abs=1e-4)
    assert sum(one.n for one in reliability(rows)) == len(rows)

"""The sentences about a report."""

from __future__ import annotations

import pytest

from assistant.eval_numbers import (
    is_neutral,
    less_is_better,
    percent,
    run_facts,
    spread_text,
    time_text,
    value_text,
)
from assistant.eval_report import BrokenLine, EvalReport, Figure, LimitLine, RunInfo
from assistant.eval_words import HEADLINES, verdict_text
from evals.baseline import BASELINE_FILE, read_baseline
from evals.limits import LIMITS


def report(*, ok: bool = False, limits: tuple[LimitLine, ...] = (), broken: tuple[str, ...] = ()) -> EvalReport:
    lines = tuple(BrokenLine(metric=name, limit="at least 0.50", value=0.4) for name in broken)
    return EvalReport(ok=ok, metrics={}, rows=(), limits=limits, broken=lines)


def line(metric: str, *, holds: bool = True) -> LimitLine:
    return LimitLine(metric=metric, floor=0.5, holds=holds)


@pytest.mark.parametrize(
    ("shown", "text"),
    [
        (report(ok=True), "Every limit holds."),
        (report(ok=True, limits=(line("a"),)), "The limit holds."),
        (report(ok=True, limits=(line("a"), line("b"))), "All 2 limits hold."),
        (report(limits=(line("a", holds=False), line("b")), broken=("a",)), "1 of 2 limits is broken."),
        (report(limits=(line("a"), line("b")), broken=("a",)), "1 figure not shown to be as good as the baseline."),
        (
            report(limits=(line("a", holds=False), line("b")), broken=("a", "a", "b")),
            "1 of 2 limits is broken, and 1 figure not shown to be as good as the baseline.",
        ),
        (report(broken=("a", "b")), "2 limits are broken."),
    ],
)
def test_the_verdict(shown: EvalReport, text: str) -> None:
    assert verdict_text(shown) == text


@pytest.mark.parametrize(
    ("share", "text"),
    [(0.0, "0 %"), (1.0, "100 %"), (0.856, "86 %"), (0.998, "99.8 %"), (0.99999, "99.9 %"), (0.00001, "0.1 %")],
)
def test_nearly_all_is_not_all(share: float, text: str) -> None:
    assert percent(share) == text.replace(" ", "\xa0")


def test_a_share_has_its_interval_and_a_count_its_cases() -> None:
    share, count = Figure(value=0.5, low=0.4, high=0.6, n=20), Figure(value=3.0, low=3.0, high=3.0, n=1)
    assert (value_text(share), spread_text(share)) == ("50\xa0%", "likely 40\xa0% to 60\xa0%, from 20 cases")
    assert (value_text(count, is_count=True), spread_text(count, is_count=True)) == ("3", "in 1 case")


def test_the_direction_is_the_limit_s_or_the_name_s() -> None:
    ceiling = EvalReport(ok=True, metrics={}, rows=(), limits=(LimitLine(metric="x.odd", ceiling=0.1), line("y.brier")))
    assert less_is_better("x.odd", ceiling)
    assert not less_is_better("y.brier", ceiling)
    assert less_is_better("y.brier")
    assert not less_is_better("retrieval.module.Success@1")
    assert is_neutral("answers.words")


def test_names_and_limits_agree_on_the_direction() -> None:
    assert [one.metric for one in LIMITS if one.less_is_better != less_is_better(one.metric)] == []


def test_headlines_are_metrics_that_are_measured() -> None:
    gated = {one.metric for one in LIMITS} | set(read_baseline(BASELINE_FILE))
    assert [one.metric for one in HEADLINES if one.metric not in gated] == []


def test_when_it_ran() -> None:
    assert time_text(RunInfo(at="2026-12-01T10:30:00+01:00")) == "1 December 2026, 09:30 UTC"
    assert time_text(RunInfo(at="yesterday")) == "yesterday"
    assert run_facts(RunInfo(seconds=61.2, passages=1754)) == {"Took": "61 s", "Passages": "1,754"}
    assert run_facts(RunInfo()) == {}

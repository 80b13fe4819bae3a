"""The fit on made-up signals whose truth is known."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.confidence import VERSION, ConfidenceModel, Signals, read_model
from assistant.errors import CorpusError, InvalidInput, StorageError
from evals.calibration import _threshold, calibrate, write_model
from evals.suites.confidence import calibration_error


def numbered(name: str, count: int) -> list[str]:
    return [f"{name} {number}" for number in range(count)]


def drawn(question: str) -> Signals:
    """Covered questions are near and known, others far and unknown, and some of each are like the other kind."""
    source = np.random.default_rng(list(question.encode()))
    centre = 0.65 if question.startswith("in") else 0.4

    def around(middle: float) -> float:
        return min(1.0, max(0.0, float(source.normal(middle, 0.1))))

    return Signals(around(centre), around(centre - 0.1), around(centre + 0.2), around(0.8 - centre))


INSIDE, OUTSIDE = numbered("in", 200), numbered("out", 60)


@pytest.fixture(scope="module")
def model() -> ConfidenceModel:
    return calibrate(INSIDE, OUTSIDE, drawn)


def test_the_fit_tells_the_two_kinds_apart_also_on_questions_it_has_not_seen(model: ConfidenceModel) -> None:
    assert _auc_of(model, numbered("in new", 300), numbered("out new", 300), drawn) > 0.98
    assert model.measured["auc"] > 0.98
    assert min(model.weights["nearest"], model.weights["neighbourhood"], model.weights["coverage"]) > 0
    assert model.weights["unknown"] < 0


def test_the_same_questions_give_the_same_model(model: ConfidenceModel) -> None:
    assert calibrate(INSIDE, OUTSIDE, drawn) == model
    other = calibrate(INSIDE[:-1], OUTSIDE, drawn)
    assert other.fitted_on["covered"] == 199
    assert other.fitted_on["sha256"] != model.fitted_on["sha256"]


def test_a_model_says_what_it_is_from(model: ConfidenceModel) -> None:
    assert model.version == VERSION
    assert (model.fitted_on["covered"], model.fitted_on["uncovered"]) == (200, 60)


def test_no_more_covered_questions_are_refused_than_promised(model: ConfidenceModel) -> None:
    assert model.measured["falsely_refused"] == 3 / 200  # 1.75 % of 200 are 3.5
    assert 0.5 < model.measured["refused"] <= 1
    assert 0 <= model.measured["calibration_error"] < 0.1


@settings(deadline=None)
@given(st.lists(st.floats(0, 1), min_size=10, max_size=300))
def test_the_threshold_is_the_highest_that_keeps_the_promise(judged: list[float]) -> None:
    covered = np.array(judged)
    threshold = _threshold(covered)
    assert (covered < threshold).mean() <= 0.0175
    assert (covered < threshold + 0.0011).mean() > 0.0175 or covered.min() > threshold
    assert threshold == round(threshold, 3)


def test_signals_that_say_nothing_give_a_model_that_says_nothing() -> None:
    useless = calibrate(numbered("in", 40), numbered("out", 40), lambda _question: Signals(0.5, 0.5, 0.5, 0.5))
    assert useless.measured["auc"] == 0.5
    assert useless.confidence(Signals(0.5, 0.5, 0.5, 0.5)) == pytest.approx(0.5, abs=1e-3)


def test_no_model_judges_questions_it_was_fitted_on() -> None:
    def noise(question: str) -> Signals:
        return Signals(*np.random.default_rng(list(question.encode())).uniform(0, 1, 4).tolist())

    fitted = calibrate(numbered("in", 12), numbered("out", 12), noise)
    assert _auc_of(fitted, numbered("in", 12), numbered("out", 12), noise) > 0.6 > fitted.measured["auc"]


def _auc_of(model: ConfidenceModel, inside: list[str], outside: list[str], measure: Callable[[str], Signals]) -> float:
    pairs = [(model.confidence(measure(one)), model.confidence(measure(other))) for one in inside for other in outside]
    return sum(one > other for one, other in pairs) / len(pairs)


@pytest.mark.parametrize(("inside", "outside"), [(9, 10), (10, 9), (0, 0)])
def test_too_few_questions_are_an_error(inside: int, outside: int) -> None:
    with pytest.raises(InvalidInput) as caught:
        calibrate(numbered("in", inside), numbered("out", outside), drawn)
    assert caught.value.user_message == (
        "Calibration needs at least 10 covered questions and as many that are not covered."
    )


def test_ten_of_each_are_enough() -> None:
    assert calibrate(numbered("in", 10), numbered("out", 10), drawn).measured["falsely_refused"] == 0


@pytest.mark.parametrize(
    ("judged", "labels", "error"),
    [
        ([0.0] * 10 + [1.0] * 10, [0.0] * 10 + [1.0] * 10, 0.0),
        ([1.0] * 10 + [0.0] * 10, [0.0] * 10 + [1.0] * 10, 1.0),
        ([0.75] * 20, [1.0, 1.0, 1.0, 0.0] * 5, 0.0),  # as sure of all as they are covered, in whatever order
        ([0.75] * 20, [1.0] * 15 + [0.0] * 5, 0.0),
        ([0.75] * 20, [1.0, 0.0] * 10, 0.25),
        ([0.5] * 20, [1.0, 0.0] * 10, 0.0),
    ],
)
def test_the_calibration_error_is_the_mean_gap_of_ten_bins(
    judged: Sequence[float], labels: Sequence[float], error: float
) -> None:
    assert calibration_error(np.array(judged), np.array(labels)) == pytest.approx(error)


def test_what_is_written_is_read_back(model: ConfidenceModel, tmp_path: Path) -> None:
    path = tmp_path / "confidence.json"
    write_model(model, path)
    assert read_model(path) == model
    assert json.loads(path.read_text(encoding="utf-8"))["threshold"] == model.threshold
    assert path.read_text(encoding="utf-8").endswith("}\n")


def test_a_file_that_was_cut_is_a_corpus_error(model: ConfidenceModel, tmp_path: Path) -> None:
    path = tmp_path / "confidence.json"
    write_model(model, path)
    path.write_text(path.read_text(encoding="utf-8")[:100], encoding="utf-8")
    with pytest.raises(CorpusError, match="python -m evals calibrate"):
        read_model(path)


def test_a_place_that_cannot_be_written_is_a_storage_error(model: ConfidenceModel, tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="cannot be written: No such file or directory"):
        write_model(model, tmp_path / "missing" / "confidence.json")

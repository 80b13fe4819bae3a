from __future__ import annotations

import json
import math
from dataclasses import asdict, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.confidence import MODEL_FILE, SIGNALS, ConfidenceModel, Signals, load_model, read_model, signals
from assistant.domain import ScoredPassage
from assistant.errors import CorpusError
from assistant.retrieval import Retrieval
from tests.assistant.passages import passage

MODEL = ConfidenceModel(
    version=2,
    intercept=-2.0,
    weights={"nearest": 1.0, "neighbourhood": 2.0, "coverage": 4.0, "unknown": -3.0},
    threshold=0.5,
    fitted_on={"covered": 10, "uncovered": 10, "sha256": "ab"},
    measured={"auc": 1.0},
)


def voucher(rank: int, text: str, dense: float | None) -> ScoredPassage:
    return ScoredPassage(rank, passage(f"p{rank}", text), 0.5, dense, None)


def importance(word: str) -> float:
    return {"breaker": 1.0, "breakers": 1.0}.get(word, 3.0)


def measured(
    terms: tuple[str, ...] = (), vouchers: tuple[ScoredPassage, ...] = (), unknown: tuple[str, ...] = ()
) -> Signals:
    return signals(Retrieval("", terms, (), vouchers, unknown=unknown), importance)


def test_nearness_is_that_of_the_nearest_whatever_its_rank() -> None:
    given_ = (0.1, None, 0.8, 0.2, 0.3, 0.4, 0.5)
    found = measured(vouchers=tuple(voucher(n, "A.", dense) for n, dense in enumerate(given_, 1)))
    assert found.nearest == 0.8
    assert found.neighbourhood == pytest.approx((0.8 + 0.5 + 0.4 + 0.3 + 0.2) / 5)


def test_nothing_found_is_no_nearness() -> None:
    assert measured() == Signals(0.0, 0.0, 0.0, 0.0)
    assert measured(vouchers=(voucher(1, "A.", None), voucher(2, "A.", -0.5))) == Signals(0.0, 0.0, 0.0, 0.0)


def test_coverage_counts_words_of_the_five_best_by_their_importance() -> None:
    vouchers = tuple(voucher(n, "It breaks.", 0.5) for n in range(1, 6))
    assert measured(("breaker", "hysteresis"), vouchers).coverage == 0.25  # "breaker" stands in the heading
    best = (replace(vouchers[0], passage=passage("p", "Hysteresis.")), *vouchers[1:])
    assert measured(("breaker", "hysteresis"), best).coverage == 1.0
    assert measured(("breaker", "hysteresis"), (*vouchers, voucher(6, "Hysteresis.", 0.5))).coverage == 0.25


def test_two_forms_of_one_word_count_once() -> None:
    found = measured(("breaker", "breakers", "quokka", "quokkas"), (), ("quokka", "quokkas"))
    assert (found.coverage, found.unknown) == (0.0, 0.75)


def test_the_confidence_is_logistic() -> None:
    assert MODEL.confidence(Signals(0, 0, 0, 0)) == pytest.approx(1 / (1 + math.exp(2)))
    assert MODEL.confidence(Signals(1, 0.5, 0.25, 1 / 3)) == pytest.approx(0.5)
    assert MODEL.confidence(Signals(1, 1, 1, 0)) == pytest.approx(1 / (1 + math.exp(-5)))


SHARE = st.floats(0, 1)


@given(st.builds(Signals, SHARE, SHARE, SHARE, SHARE), st.sampled_from(SIGNALS), SHARE)
def test_with_the_fitted_model_more_evidence_is_never_less_sure(found: Signals, name: str, value: float) -> None:
    model = load_model()
    other = replace(found, **{name: value})
    rises = (value > getattr(found, name)) == (name != "unknown")
    before, after = model.confidence(found), model.confidence(other)
    assert 0 < before < 1
    assert after >= before if rises or value == getattr(found, name) else after <= before


def test_the_fitted_model_comes_with_where_it_is_from() -> None:
    model = load_model()
    assert set(model.weights) == set(SIGNALS)
    assert {"covered", "uncovered", "sha256"} == set(model.fitted_on)
    assert {"auc", "refused", "falsely_refused", "calibration_error"} == set(model.measured)
    assert load_model() is model


def written(path: Path, **changes: object) -> Path:
    path.write_text(json.dumps({**asdict(MODEL), **changes}), encoding="utf-8")
    return path


def test_a_model_is_read_as_it_was_written(tmp_path: Path) -> None:
    assert read_model(written(tmp_path / "model.json")) == MODEL


@pytest.mark.parametrize(
    "text",
    ["", "{}", "[", "null", "\ufffd", json.dumps(asdict(MODEL)).replace('"weights"', '"w"')],
)
def test_a_broken_file_says_how_to_mend_it(tmp_path: Path, text: str) -> None:
    path = tmp_path / "model.json"
    path.write_bytes(text.encode("utf-16") if text == "\ufffd" else text.encode())
    with pytest.raises(CorpusError) as caught:
        read_model(path)
    assert caught.value.user_message == f"{path} cannot be read. Write it again with: python -m evals calibrate"


@pytest.mark.parametrize(
    "changes",
    [
        {"threshold": 1.5},
        {"threshold": None},
        {"intercept": float("nan")},
        {"weights": dict.fromkeys(SIGNALS, float("inf"))},
    ],
)
def test_numbers_that_mean_nothing_are_refused(tmp_path: Path, changes: dict[str, object]) -> None:
    with pytest.raises(CorpusError, match="cannot be read"):
        read_model(written(tmp_path / "model.json", **changes))


@pytest.mark.parametrize(
    "changes",
    [{"version": 1}, {"weights": {"nearest": 1.0}}, {"weights": {**MODEL.weights, "mood": 1.0}}],
)
def test_a_model_of_other_signals_is_refused(tmp_path: Path, changes: dict[str, object]) -> None:
    with pytest.raises(CorpusError, match="was fitted on other signals"):
        read_model(written(tmp_path / "model.json", **changes))


def test_a_missing_file_is_a_corpus_error(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="cannot be read"):
        read_model(tmp_path / "missing.json")
    assert MODEL_FILE.is_file()

"""Tokens and prices: estimated, counted, capped."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant.conversations import ONE_OFF
from assistant.domain import Answer, AnswerStatus, TokenUsage
from assistant.errors import ModelUnreachable
from assistant.journal import Journal
from assistant.llm import End, FinishReason
from evals.live.forecasting import ASSUMED_OUTPUT_TOKENS, MeasuringModel, earlier_lengths, forecast, together
from evals.live.metering import CapReached, Meter, MeteredModel, Prices, prompt_size
from evals.live.recording import Recordings
from evals.live.replaying import RecordingMissing, ReplayingModel
from tests.evals.live.models import MESSAGES, Scripted, said

NOW = datetime(2026, 11, 27, tzinfo=UTC)
PRICES = Prices(2.0, 10.0)


def test_a_forecast_adds_prompts_and_replies() -> None:
    assumed = forecast([1000, 3000], (), Prices())
    assert (assumed.requests, assumed.tokens_in, assumed.tokens_out, assumed.cost) == (2, 4000, 2 * ASSUMED_OUTPUT_TOKENS, None)  # fmt: skip
    assert assumed.sentence == "About 2 requests, 4,000 tokens to read and 700 to write (350 a reply, assumed)."
    known = forecast([1000, 3000], (100, 300), PRICES)
    assert (known.tokens_out, known.cost) == (400, pytest.approx(0.012))
    both = together([known, forecast([500], (), PRICES, output_tokens=50)], PRICES)
    assert (both.requests, both.tokens_in, both.tokens_out) == (3, 4500, 450)
    assert both.sentence.endswith("(as long as 2 earlier replies; by their form), a cost of about 0.0135.")


def test_a_price_needs_both_halves() -> None:
    assert Prices(2.0).cost(1_000_000, 0) is None
    assert PRICES.cost(1_000_000, 500_000) == 7.0


def test_what_the_server_counts_is_counted() -> None:
    meter = Meter(PRICES, longest=1024)
    assert said(MeteredModel(Scripted("It opens."), meter))[0] == "It opens."
    assert meter.record == {"requests": 1, "tokens_in": 100, "tokens_out": 20, "cost": pytest.approx(0.0004)}


def test_what_no_server_counts_is_estimated_and_what_fails_too() -> None:
    meter = Meter(Prices(), longest=1024)
    said(MeteredModel(Scripted("x" * 35, tokens=None), meter))
    assert (meter.tokens_in, meter.tokens_out) == (prompt_size(MESSAGES), 10)
    with pytest.raises(ModelUnreachable):
        said(MeteredModel(Scripted(error=ModelUnreachable("gone")), meter))
    assert (meter.requests, meter.tokens_in) == (2, 2 * prompt_size(MESSAGES))


def test_a_missing_recording_costs_nothing(tmp_path: Path) -> None:
    meter = Meter(Prices(), longest=1024)
    with pytest.raises(RecordingMissing):
        said(MeteredModel(ReplayingModel("tiny", Recordings(tmp_path / "x.jsonl"), {}), meter))
    assert meter.requests == 0


@pytest.mark.parametrize(
    ("meter", "message"),
    [
        (Meter(Prices(), 50, max_tokens=240), "Stopped at 120 tokens: the cap is 240."),
        (Meter(PRICES, 50, max_cost=0.001), "Stopped at a cost of 0.0004: the cap is 0.001."),
    ],
)
def test_a_request_that_could_pass_the_cap_is_not_made(meter: Meter, message: str) -> None:
    model = Scripted("It opens.")
    long = [*MESSAGES, *MESSAGES] * 5
    said(MeteredModel(model, meter), long)
    assert prompt_size(long) > 70
    with pytest.raises(CapReached) as caught:
        said(MeteredModel(model, meter), long)
    assert caught.value.user_message == message
    assert len(model.asked) == 1


def test_measuring_asks_nobody() -> None:
    measuring = MeasuringModel("tiny")
    assert said(measuring) == ("", End(FinishReason.STOP, None, None))
    assert measuring.prompts == [prompt_size(MESSAGES)]


def test_earlier_answers_say_how_long_a_model_writes(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "journal.sqlite")
    for model, usage in (("tiny", TokenUsage(900, 120)), ("tiny", None), ("other", TokenUsage(1, 2))):
        answer = Answer("Q?", AnswerStatus.ANSWERED, "A.", (), (), 0.9, model, 5, usage=usage)
        journal.finish_turn(journal.begin_turn("c", "Q?", NOW), answer)
    journal.begin_turn("c", "Never answered?", NOW)
    one_off = Answer("Q?", AnswerStatus.ANSWERED, "A.", (), (), 0.9, "tiny", 5, usage=TokenUsage(900, 80))
    journal.finish_turn(journal.begin_turn(ONE_OFF, "Q?", NOW), one_off)
    assert earlier_lengths(journal, "tiny") == (80, 120)
    journal.close()

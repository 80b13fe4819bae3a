"""What a run with a language model will cost, before it is made.

Owns: the estimate of tokens, from the prompts' sizes and earlier replies. Refuses: asking anybody whether that is worth
it (``evals.cli.live``).
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Sequence
from dataclasses import dataclass, field
from statistics import mean
from typing import TYPE_CHECKING

from assistant.conversations import ONE_OFF
from assistant.domain import Waiting
from assistant.journal import Journal
from assistant.llm import End, FinishReason, Token
from evals.live.metering import Prices, prompt_size

if TYPE_CHECKING:
    from langchain_core.messages import BaseMessage

ASSUMED_OUTPUT_TOKENS = 350
"""An answer of 250 words, where no earlier answer says better."""


@dataclass(frozen=True, slots=True)
class Forecast:
    """What a run will probably cost; ``cost`` is None without prices, ``basis`` says how replies were measured."""

    requests: int
    tokens_in: int
    tokens_out: int
    cost: float | None
    basis: str

    @property
    def sentence(self) -> str:
        """All of it for people."""
        money = "" if self.cost is None else f", a cost of about {self.cost:.4f}"
        return (
            f"About {self.requests} requests, {self.tokens_in:,} tokens to read and {self.tokens_out:,} to write "
            f"({self.basis}){money}."
        )


def forecast(
    prompts: Sequence[int], earlier: Sequence[int], prices: Prices, *, output_tokens: int | None = None
) -> Forecast:
    """The cost of requests with prompts of so many tokens each; ``earlier`` are the lengths of earlier replies.

    ``output_tokens`` is the length of a reply where it is known by its form.
    """
    if output_tokens is not None:
        each, basis = output_tokens, "by their form"
    elif earlier:
        each, basis = round(mean(earlier)), f"as long as {len(earlier)} earlier replies"
    else:
        each, basis = ASSUMED_OUTPUT_TOKENS, f"{ASSUMED_OUTPUT_TOKENS} a reply, assumed"
    tokens_in, tokens_out = sum(prompts), len(prompts) * each
    return Forecast(len(prompts), tokens_in, tokens_out, prices.cost(tokens_in, tokens_out), basis)


def together(forecasts: Iterable[Forecast], prices: Prices) -> Forecast:
    """Several parts of a run as one."""
    parts = list(forecasts)
    tokens_in, tokens_out = sum(one.tokens_in for one in parts), sum(one.tokens_out for one in parts)
    basis = "; ".join(dict.fromkeys(one.basis for one in parts))
    return Forecast(
        sum(one.requests for one in parts), tokens_in, tokens_out, prices.cost(tokens_in, tokens_out), basis
    )


def earlier_lengths(journal: Journal, model: str) -> tuple[int, ...]:
    """How many tokens a model's answers in a journal have, where its server counted."""
    conversations = [ONE_OFF, *(one.id for one in journal.conversations())]
    answers = [turn.answer for one in conversations for turn in journal.turns(one)]
    return tuple(each.usage.completion_tokens for each in answers if each and each.usage and each.model == model)


@dataclass(frozen=True, slots=True)
class MeasuringModel:
    """Writes nothing and notes how long each prompt is, so that a run can be priced before it is made."""

    name: str
    prompts: list[int] = field(default_factory=list)

    def stream(
        self, messages: Sequence[BaseMessage], shorter: Sequence[BaseMessage] | None = None
    ) -> Generator[Token | Waiting | End, None, None]:
        """Yield an end without any text."""
        self.prompts.append(prompt_size(messages))
        yield End(FinishReason.STOP, None, None)

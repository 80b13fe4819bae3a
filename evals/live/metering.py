"""What a run with a language model costs: estimated before, counted while it runs, and stopped at a cap.

Owns: tokens and prices. Refuses: asking anybody whether that is worth it (``evals.cli.live``).
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from statistics import mean
from typing import TYPE_CHECKING

from assistant.domain import Waiting
from assistant.errors import StudyError
from assistant.journal import Journal
from assistant.llm import End, FinishReason, StreamingModel, Token
from assistant.messages import estimated_tokens
from evals.live.recording import RecordingMissing

if TYPE_CHECKING:
    from langchain_core.messages import BaseMessage

ASSUMED_OUTPUT_TOKENS = 350
"""An answer of 250 words, where no earlier answer says better."""
_MILLION = 1_000_000
_MESSAGE_TOKENS = 4


class CapReached(StudyError):
    """The next request could go past the cap, so it is not made."""


@dataclass(frozen=True, slots=True)
class Prices:
    """What a million tokens cost, in any currency; None where nobody said."""

    per_million_in: float | None = None
    per_million_out: float | None = None

    def cost(self, tokens_in: int, tokens_out: int) -> float | None:
        """The price of so many tokens; None unless both prices are known."""
        if self.per_million_in is None or self.per_million_out is None:
            return None
        return (tokens_in * self.per_million_in + tokens_out * self.per_million_out) / _MILLION


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
    answers = [turn.answer for one in journal.conversations() for turn in journal.turns(one.id)]
    return tuple(each.usage.completion_tokens for each in answers if each and each.usage and each.model == model)


def prompt_size(messages: Sequence[BaseMessage]) -> int:
    """An estimate of the tokens of messages."""
    return sum(estimated_tokens(str(message.text)) + _MESSAGE_TOKENS for message in messages)


@dataclass(slots=True)
class Meter:
    """Counts what is spent, and refuses a request that could go past a cap; None is no cap.

    ``longest`` is the most tokens that one reply can have.
    """

    prices: Prices
    longest: int
    max_tokens: int | None = None
    max_cost: float | None = None
    requests: int = 0
    tokens_in: int = 0
    tokens_out: int = 0

    @property
    def cost(self) -> float | None:
        """What was spent so far."""
        return self.prices.cost(self.tokens_in, self.tokens_out)

    @property
    def cap_sentence(self) -> str:
        """What it stops at, for people; empty without a cap."""
        caps = [f"{self.max_tokens:,} tokens"] if self.max_tokens is not None else []
        caps += [f"a cost of {self.max_cost}"] if self.max_cost is not None else []
        return f"It stops before {' or '.join(caps)}." if caps else ""

    def check(self, prompt_tokens: int) -> None:
        """Raises: CapReached: a request of this size and its longest reply would go past a cap."""
        tokens_in, tokens_out = self.tokens_in + prompt_tokens, self.tokens_out + self.longest
        if self.max_tokens is not None and tokens_in + tokens_out > self.max_tokens:
            raise CapReached(f"Stopped at {self.tokens_in + self.tokens_out:,} tokens: the cap is {self.max_tokens:,}.")
        cost = self.prices.cost(tokens_in, tokens_out)
        if self.max_cost is not None and cost is not None and cost > self.max_cost:
            raise CapReached(f"Stopped at a cost of {self.cost or 0:.4f}: the cap is {self.max_cost}.")

    def count(self, prompt_tokens: int, reply_tokens: int) -> None:
        """Add one request."""
        self.requests += 1
        self.tokens_in += prompt_tokens
        self.tokens_out += reply_tokens

    @property
    def record(self) -> dict[str, int | float | None]:
        """What was spent, as JSON values."""
        return {
            "requests": self.requests,
            "tokens_in": self.tokens_in,
            "tokens_out": self.tokens_out,
            "cost": self.cost,
        }


@dataclass(frozen=True, slots=True)
class MeteredModel:
    """Another model whose requests are counted: as its server counts, else by estimate; failed ones by estimate."""

    model: StreamingModel
    meter: Meter

    @property
    def name(self) -> str:
        """The other model's name."""
        return self.model.name

    def stream(
        self, messages: Sequence[BaseMessage], shorter: Sequence[BaseMessage] | None = None
    ) -> Generator[Token | Waiting | End, None, None]:
        """Yield what the other model yields.

        Raises:
            CapReached: the request could go past the cap; it was not made.
            LanguageModelError: as the other model does.
        """
        size = prompt_size(messages)
        self.meter.check(size)
        text, read, written, made = "", size, None, True
        try:
            with closing(self.model.stream(messages, shorter)) as events:
                for event in events:
                    if isinstance(event, Token):
                        text += event.text
                    elif isinstance(event, End) and event.input_tokens is not None:
                        read, written = event.input_tokens, event.output_tokens
                    yield event
        except RecordingMissing:
            made = False
            raise
        finally:
            if made:
                self.meter.count(read, estimated_tokens(text) if written is None else written)


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

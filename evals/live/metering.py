"""What a run with a language model costs while it runs: counted, and stopped at a cap.

Owns: tokens spent and prices. Refuses: foretelling them (``evals.live.forecasting``).
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.domain import Waiting
from assistant.errors import StudyError
from assistant.llm import End, StreamingModel, Token
from assistant.messages import estimated_tokens
from evals.live.replaying import RecordingMissing

if TYPE_CHECKING:
    from langchain_core.messages import BaseMessage

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

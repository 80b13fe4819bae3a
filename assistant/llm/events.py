"""What a model's stream yields: tokens, a sign of waiting now and then (``domain.Waiting``), and one end.

Owns: the values callers see, and ``Delta``, the piece of a stream as this package reads it off the wire.
Refuses: any behaviour. Imports the standard library only.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class FinishReason(StrEnum):
    """Why the model stopped.

    ``LENGTH``: an output limit was reached, the server's or ours. ``TRUNCATED``: the stream ended without saying why,
    or for a reason we do not know, so the text may stop in mid-sentence.
    """

    STOP = "stop"
    LENGTH = "length"
    TRUNCATED = "truncated"
    CONTENT_FILTER = "content_filter"


@dataclass(frozen=True, slots=True)
class Token:
    """More text of the answer, to be appended to what came before; never empty."""

    text: str


@dataclass(frozen=True, slots=True)
class End:
    """The last event of every stream that did not fail; token counts are None when the server gave none.

    ``shortened``: the model was given the shorter messages, because the others were too long for it.
    """

    finish: FinishReason
    input_tokens: int | None
    output_tokens: int | None
    shortened: bool = False


@dataclass(frozen=True, slots=True)
class Delta:
    """One chunk of the server's stream.

    ``finish`` is the server's word for why it stopped. ``reasoning`` says that the chunk carries hidden reasoning,
    which is a sign of life and nothing else; ``tool_call`` and ``refusal`` that it carries those instead of text.
    """

    text: str = ""
    finish: str | None = None
    input_tokens: int | None = None
    output_tokens: int | None = None
    reasoning: bool = False
    refusal: bool = False
    tool_call: bool = False

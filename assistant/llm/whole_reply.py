"""A reply that is read as a whole, where a program reads it and not a person.

Owns: collecting the stream, and taking the fence off a JSON object. Refuses: what a reply has to look like.
"""

from __future__ import annotations

import re
from contextlib import closing
from typing import TYPE_CHECKING

from assistant.errors import ModelResponseInvalid
from assistant.llm.events import End, FinishReason, Token

if TYPE_CHECKING:
    from assistant.llm.interface import StreamingModel

_FENCE = re.compile(r"\s*```(?:json)?\s*(.*?)\s*```\s*", re.DOTALL)


def reply_of(model: StreamingModel, system: str, text: str) -> str:
    """The whole reply to a text under these instructions.

    Raises:
        LanguageModelError: the model failed, or its reply was cut off.
    """
    from langchain_core.messages import HumanMessage, SystemMessage  # noqa: PLC0415 - only a model needs it

    reply = ""
    with closing(model.stream([SystemMessage(system), HumanMessage(text)])) as events:
        for event in events:
            if isinstance(event, Token):
                reply += event.text
            elif isinstance(event, End) and event.finish is not FinishReason.STOP:
                raise ModelResponseInvalid("The model's reply was cut off.")
    return reply


def unfenced(text: str) -> str:
    """The text without a code fence around all of it."""
    fenced = _FENCE.fullmatch(text)
    return fenced[1] if fenced else text

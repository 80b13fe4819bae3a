"""A model's answer as one text, for callers that have no use for its pieces.

Owns: collecting it. Refuses: judging it.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from typing import TYPE_CHECKING

from assistant.llm.events import End, FinishReason, Token
from assistant.llm.interface import StreamingModel

if TYPE_CHECKING:
    from langchain_core.messages import BaseMessage


def whole_reply(model: StreamingModel, messages: Sequence[BaseMessage]) -> tuple[str, FinishReason]:
    """The text, and why the model stopped.

    Raises:
        LanguageModelError: as ``ChatModel.stream``.
    """
    text, finish = "", FinishReason.TRUNCATED
    with closing(model.stream(messages)) as events:
        for event in events:
            if isinstance(event, Token):
                text += event.text
            elif isinstance(event, End):
                finish = event.finish
    return text, finish

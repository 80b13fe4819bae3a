"""Models for tests of the layers around one."""

from __future__ import annotations

from collections.abc import Generator, Sequence

from langchain_core.messages import BaseMessage, HumanMessage, SystemMessage

from assistant.domain import Waiting
from assistant.errors import LanguageModelError
from assistant.llm import End, FinishReason, StreamingModel, Token

MESSAGES = [SystemMessage("Be brief."), HumanMessage("What is a breaker?")]


class Scripted:
    """Says the same each time; with an error, raises it after its text."""

    name = "tiny"

    def __init__(
        self,
        *texts: str,
        finish: FinishReason = FinishReason.STOP,
        tokens: tuple[int, int] | None = (100, 20),
        error: LanguageModelError | None = None,
    ) -> None:
        self._texts = texts
        self._end = End(finish, *(tokens or (None, None)))
        self._error = error
        self.asked: list[Sequence[BaseMessage]] = []

    def stream(
        self, messages: Sequence[BaseMessage], shorter: Sequence[BaseMessage] | None = None
    ) -> Generator[Token | Waiting | End, None, None]:
        self.asked.append(messages)
        for text in self._texts:
            yield Waiting()
            yield Token(text)
        if self._error:
            raise self._error
        yield self._end


def said(model: StreamingModel, messages: Sequence[BaseMessage] = MESSAGES) -> tuple[str, End]:
    """The whole text and the end."""
    events = list(model.stream(messages))
    end = events[-1]
    assert isinstance(end, End)
    return "".join(event.text for event in events if isinstance(event, Token)), end

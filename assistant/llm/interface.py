"""What the rest of the program needs of a language model, so that another can stand in for ``ChatModel``.

Owns: the protocol. Refuses: any behaviour.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from typing import TYPE_CHECKING, Protocol

from assistant.domain import Waiting
from assistant.llm.events import End, Token

if TYPE_CHECKING:
    from langchain_core.messages import BaseMessage


class StreamingModel(Protocol):
    """Writes one answer to messages; see ``ChatModel.stream`` for what its events and errors mean."""

    @property
    def name(self) -> str:
        """The model's name as its server knows it."""
        ...

    def stream(
        self, messages: Sequence[BaseMessage], shorter: Sequence[BaseMessage] | None = None
    ) -> Generator[Token | Waiting | End, None, None]:
        """Yield tokens, ``Waiting`` in silences, then one ``End``."""
        ...

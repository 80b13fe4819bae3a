"""A model whose replies are recorded, and one that has nothing but recordings.

Owns: both, with the interface of any other model. Refuses: the file (``evals.live.recording``).
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.domain import Waiting
from assistant.errors import StudyError
from assistant.llm import End, StreamingModel, Token
from evals.live.recording import Parameters, Recordings, Reply, messages_sha256

if TYPE_CHECKING:
    from langchain_core.messages import BaseMessage


class RecordingMissing(StudyError):
    """No reply was recorded for what is asked now; nothing is asked of any server instead."""


@dataclass(frozen=True, slots=True)
class RecordingModel:
    """Another model whose whole replies are kept; one that fails or is cut off by us leaves nothing."""

    model: StreamingModel
    recordings: Recordings
    parameters: Parameters

    @property
    def name(self) -> str:
        """The other model's name."""
        return self.model.name

    def stream(
        self, messages: Sequence[BaseMessage], shorter: Sequence[BaseMessage] | None = None
    ) -> Generator[Token | Waiting | End, None, None]:
        """Yield what the other model yields.

        Raises:
            LanguageModelError: as the other model does.
            StorageError: the reply cannot be kept.
        """
        text = ""
        with closing(self.model.stream(messages, shorter)) as events:
            for event in events:
                if isinstance(event, Token):
                    text += event.text
                elif isinstance(event, End):
                    self.recordings.add(self._reply(messages, text, event))
                yield event

    def _reply(self, messages: Sequence[BaseMessage], text: str, end: End) -> Reply:
        return Reply(
            model=self.name,
            messages_sha256=messages_sha256(messages),
            parameters=dict(self.parameters),
            text=text,
            finish=end.finish,
            input_tokens=end.input_tokens,
            output_tokens=end.output_tokens,
            shortened=end.shortened,
        )


@dataclass(frozen=True, slots=True)
class ReplayingModel:
    """Answers from recordings alone."""

    name: str
    recordings: Recordings
    parameters: Parameters

    def stream(
        self, messages: Sequence[BaseMessage], shorter: Sequence[BaseMessage] | None = None
    ) -> Generator[Token | Waiting | End, None, None]:
        """Yield the recorded reply; ``shorter`` is what it says it was made from, if it says so.

        Raises:
            RecordingMissing: there is none for these messages.
        """
        reply = self.recordings.find(self.name, messages, self.parameters)
        if reply is None:
            raise RecordingMissing("No reply to this is recorded: the prompt, its passages or the parameters changed.")
        yield Token(reply.text)
        yield End(reply.finish, reply.input_tokens, reply.output_tokens, reply.shortened)

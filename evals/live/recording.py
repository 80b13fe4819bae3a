"""A model's replies, kept by exactly what it was asked.

Owns: the file of recordings, one JSON object a line. A reply is found by the model's name, the hash of the messages,
and the parameters; whatever changes any of them has no recording. Refuses: keeping anything else: neither the messages
nor an address, a header or a key; and asking (``evals.live.replaying``).
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.errors import CorpusError, StorageError
from assistant.llm import FinishReason
from assistant.settings import Settings

if TYPE_CHECKING:
    from langchain_core.messages import BaseMessage

Parameters = Mapping[str, int]
_FILE = ".jsonl"
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")


class Reply(BaseModel):
    """One line: what a model said, and what it was asked, by hash."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=False)

    model: str
    messages_sha256: str = Field(pattern="^[0-9a-f]{64}$")
    parameters: dict[str, int]
    text: str
    finish: FinishReason
    input_tokens: int | None
    output_tokens: int | None
    shortened: bool = False

    @property
    def key(self) -> str:
        """What it is found by."""
        return reply_key(self.model, self.messages_sha256, self.parameters)


def parameters_of(settings: Settings) -> Parameters:
    """What the model is asked with, beside the messages."""
    return {"max_output_tokens": settings.llm_max_output_tokens}


def messages_sha256(messages: Sequence[BaseMessage]) -> str:
    """The hash of roles and texts, in order."""
    told = [[message.type, str(message.text)] for message in messages]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode("utf-8", "surrogatepass")).hexdigest()


def reply_key(model: str, messages: str, parameters: Parameters) -> str:
    """One text for the model's name, the messages' hash and the parameters."""
    return json.dumps([model, messages, dict(sorted(parameters.items()))])


class Recordings:
    """The replies of one file; a later one to the same request takes the place of an earlier one."""

    def __init__(self, file: Path, replies: Sequence[Reply] = ()) -> None:
        self.file = file
        self._replies = {reply.key: reply for reply in replies}

    def __len__(self) -> int:
        return len(self._replies)

    @property
    def models(self) -> tuple[str, ...]:
        """Names of the models that something is recorded of."""
        return tuple(sorted({reply.model for reply in self._replies.values()}))

    def output_tokens(self, model: str) -> tuple[int, ...]:
        """How long the recorded replies of a model are, where its server counted."""
        lengths = [each.output_tokens for each in self._replies.values() if each.model == model]
        return tuple(length for length in lengths if length is not None)

    def find(self, model: str, messages: Sequence[BaseMessage], parameters: Parameters) -> Reply | None:
        """The reply to just this request."""
        return self._replies.get(reply_key(model, messages_sha256(messages), parameters))

    def add(self, reply: Reply) -> None:
        """Keep a reply, in the file at once: a run that is stopped has not asked in vain.

        Raises:
            StorageError: the file cannot be written.
        """
        line = reply.model_dump_json() + "\n"
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            with self.file.open("a", encoding="utf-8") as file:
                file.write(line)
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise StorageError(f"{self.file} cannot be written: {error.strerror}.") from error
        self._replies[reply.key] = reply


def recordings_file(path: Path, model: str) -> Path:
    """The file that a path means: itself if it ends in .jsonl, else the model's file in that directory."""
    return path if path.suffix == _FILE else path / f"{_UNSAFE.sub('-', model)}{_FILE}"


def load_recordings(file: Path, *, must_exist: bool) -> Recordings:
    """The replies of a file. A last line that was cut off while it was written is dropped, from the file as well.

    Raises:
        CorpusError: a line is no reply; the message names it.
        StorageError: the file cannot be read, or is not there and must be.
    """
    if not must_exist and not file.exists():
        return Recordings(file)
    try:
        text = file.read_text(encoding="utf-8", errors="replace")
        whole = text[: text.rfind("\n") + 1]
        if len(whole) < len(text) and not must_exist:  # about to be added to
            file.write_text(whole, encoding="utf-8")
    except OSError as error:
        raise StorageError(
            f"{file} cannot be read: {error.strerror}. Make recordings with: python -m evals --live --record {file}"
        ) from error
    replies = []
    for number, line in enumerate(whole.splitlines(), start=1):
        try:
            replies.append(Reply.model_validate_json(line))
        except ValidationError as error:
            raise CorpusError(f"{file}:{number}: this is not a recorded reply.") from error
    return Recordings(file, replies)

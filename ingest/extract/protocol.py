"""What goes through the pipes between ``supervisor`` and ``worker``.

Owns: frames (eight bytes of length, then JSON, then raw bytes) and the JSON forms. Refuses: pickle, because a reader
taken over by a hostile file must not be able to make its parent run anything.
"""

from __future__ import annotations

import json
from typing import Any, BinaryIO

from ingest.extract.result import Extracted, ExtractedSection, NotExtracted, Outcome

_LENGTH_BYTES = 8
_MAX_FRAME_BYTES = 400_000_000
"""Ten million characters, each written as a JSON escape, with room to spare."""


class ConnectionLost(Exception):
    """The other side has gone, or does not speak this protocol."""


def send(stream: BinaryIO, message: dict[str, Any], payload: bytes = b"") -> None:
    """Write a frame.

    Raises:
        ConnectionLost: nobody reads any more.
    """
    header = json.dumps(message).encode("ascii")
    try:
        for part in (len(header).to_bytes(_LENGTH_BYTES), header, payload):
            _write(stream, part)
        stream.flush()
    except (OSError, ValueError) as error:
        raise ConnectionLost from error


def receive(stream: BinaryIO) -> dict[str, Any]:
    """Read a frame's message.

    Raises:
        ConnectionLost: nobody writes any more.
    """
    length = int.from_bytes(receive_bytes(stream, _LENGTH_BYTES))
    if length > _MAX_FRAME_BYTES:
        raise ConnectionLost
    try:
        message = json.loads(receive_bytes(stream, length))
    except ValueError as error:
        raise ConnectionLost from error
    if not isinstance(message, dict):
        raise ConnectionLost
    return message


def receive_bytes(stream: BinaryIO, count: int) -> bytes:
    """Read exactly ``count`` bytes.

    Raises:
        ConnectionLost: the stream ended before.
    """
    parts: list[bytes] = []
    while count:
        try:
            part = stream.read(min(count, 1 << 20))
        except (OSError, ValueError) as error:
            raise ConnectionLost from error
        if not part:
            raise ConnectionLost
        parts.append(part)
        count -= len(part)
    return b"".join(parts)


def extracted_message(document: Extracted) -> dict[str, Any]:
    """The JSON form of a document."""
    return {"title": document.title, "sections": [[section.heading, section.text] for section in document.sections]}


def refusal_message(error: NotExtracted) -> dict[str, Any]:
    """The JSON form of a refusal."""
    return {"status": error.status, "reason": error.reason}


def result(message: dict[str, Any]) -> Extracted:
    """What the worker answered.

    Raises:
        NotExtracted: the worker's refusal.
        ConnectionLost: the message has neither form.
    """
    try:
        if "reason" in message:
            raise NotExtracted(Outcome(message["status"]), str(message["reason"]))
        sections = tuple(ExtractedSection(str(heading), str(text)) for heading, text in message["sections"])
        return Extracted(str(message["title"]), sections)
    except (KeyError, TypeError, ValueError) as error:
        raise ConnectionLost from error


def _write(stream: BinaryIO, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[stream.write(view) :]  # an unbuffered pipe may take a part only

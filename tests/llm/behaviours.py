"""Behaviours for ``LoopbackServer``: good answers, and the ways servers and networks fail.

Owns: the bytes. ``reply`` is the well-behaved server; everything else is built from steps that ``stream`` plays.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tests.llm.loopback import Behaviour, Exchange

_FOREVER_S = 60.0


@dataclass(frozen=True, slots=True)
class Pause:
    """Say nothing for a while."""

    seconds: float


RESET = "reset"
HANG = Pause(_FOREVER_S)

Step = bytes | Pause | str
DONE = b"data: [DONE]\n\n"
KEEPALIVE = b": keepalive\n\n"
STREAM_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n"


def event(payload: Any) -> bytes:
    """One server-sent event."""
    return b"data: " + json.dumps(payload, ensure_ascii=False).encode() + b"\n\n"


def delta(*, finish: str | None = None, **fields: Any) -> bytes:
    """One chunk of a chat completion; ``fields`` are those of its delta."""
    choice = {"index": 0, "delta": fields, "finish_reason": finish}
    return event({"id": "c1", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": [choice]})


def text(content: str) -> bytes:
    """A chunk with this text."""
    return delta(content=content)


def usage(input_tokens: int, output_tokens: int) -> bytes:
    """The chunk with the token counts, which has no choices."""
    counts = {
        "prompt_tokens": input_tokens,
        "completion_tokens": output_tokens,
        "total_tokens": input_tokens + output_tokens,
    }
    return event(
        {"id": "c1", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": [], "usage": counts}
    )


def raw(*steps: Step) -> Behaviour:
    """Play the steps with no response head of our own; then close the connection."""

    def play(exchange: Exchange) -> None:
        for step in steps:
            if isinstance(step, Pause):
                exchange.pause(step.seconds)
            elif isinstance(step, bytes):
                exchange.send(step)
            elif step == RESET:
                exchange.reset()

    return play


def stream(*steps: Step) -> Behaviour:
    """Play the steps as the body of an event stream."""
    return raw(STREAM_HEAD, *steps)


def reply(*texts: str, finish: str | None = "stop", tokens: tuple[int, int] | None = (7, 3)) -> Behaviour:
    """Answer as a good server does."""
    counts = (usage(*tokens),) if tokens else ()
    return stream(delta(role="assistant", content=""), *map(text, texts), delta(finish=finish), *counts, DONE)


def again_and_again(step: bytes, every_s: float = 0.02) -> list[Step]:
    """The step a hundred times, with a pause after each."""
    return [step, Pause(every_s)] * 100


def status(code: int, body: object = None, *, headers: Sequence[tuple[str, str]] = ()) -> Behaviour:
    """Answer with this status and body: an object as JSON, bytes as they are."""
    payload = body if isinstance(body, bytes) else json.dumps(body).encode()
    kind = "text/html" if isinstance(body, bytes) else "application/json"
    lines = [f"{name}: {value}" for name, value in (*headers, ("Content-Type", kind), ("Connection", "close"))]
    head = "\r\n".join([f"HTTP/1.1 {code} Status", *lines, f"Content-Length: {len(payload)}"])
    return raw(head.encode("latin-1") + b"\r\n\r\n" + payload)


def error(http_status: int, *, headers: Sequence[tuple[str, str]] = (), **fields: Any) -> Behaviour:
    """Answer with this status and an error object of these fields."""
    return status(http_status, {"error": {"message": "the server's own words", **fields}}, headers=headers)


def model_list(*names: str) -> Behaviour:
    """Answer ``GET /models``."""
    return status(200, {"object": "list", "data": [{"id": n, "object": "model", "created": 1} for n in names]})


def hang() -> Behaviour:
    """Accept the request and never answer."""
    return raw(HANG)

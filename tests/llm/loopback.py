"""LoopbackServer: a small OpenAI-compatible server on 127.0.0.1 that misbehaves on request.

Owns: sockets and threads, reading requests, recording them, and playing one behaviour for each chat request.
Refuses: HTTP conveniences; a behaviour (see ``behaviours``) writes its own bytes, because broken ones are the point.

    with LoopbackServer(reply("Hello", " world")) as server:
        model = ChatModel(base_url=server.base_url, ...)
"""

from __future__ import annotations

import contextlib
import json
import select
import socket
import struct
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

_POLL_S = 0.01


class ClientGone(Exception):
    """The client has closed the connection, or the server is being stopped."""


@dataclass(frozen=True, slots=True)
class Request:
    """What a client sent; header names are in lower case."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class Exchange:
    """One connection, from a behaviour's point of view."""

    def __init__(self, request: Request, connection: socket.socket, stopping: threading.Event) -> None:
        self.request = request
        self._connection = connection
        self._stopping = stopping

    def send(self, data: bytes) -> None:
        """Write at once, so that two calls arrive as two pieces."""
        try:
            self._connection.sendall(data)
        except OSError as error:
            raise ClientGone from error

    def pause(self, seconds: float) -> None:
        """Wait, unless the client hangs up first."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if self._stopping.is_set():
                raise ClientGone
            readable, _, _ = select.select([self._connection], [], [], min(_POLL_S, seconds))
            if readable and not _received(self._connection):
                raise ClientGone

    def reset(self) -> None:
        """Break the connection with a TCP reset instead of an orderly end."""
        self._connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


Behaviour = Callable[[Exchange], None]


class LoopbackServer:
    """Plays ``script``, one behaviour for each request, the last one for ever.

    A request for the list of models is answered by ``models`` instead, when that is given.

    Attributes:
        requests: everything received, in order.
        gone: how many clients hung up before their behaviour was through.
    """

    def __init__(self, *script: Behaviour, models: Behaviour | None = None) -> None:
        self.script = list(script)
        self.models = models
        self.requests: list[Request] = []
        self.gone = 0
        self._changed = threading.Condition()
        self._stopping = threading.Event()
        self._threads: list[threading.Thread] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._port = self._listener.getsockname()[1]

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self._port}/v1"

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self._port}"

    @property
    def calls(self) -> int:
        """Number of chat requests so far."""
        return sum(request.path.endswith("/chat/completions") for request in self.requests)

    def wait_gone(self, timeout_s: float) -> bool:
        """Whether a client hangs up within this time."""
        with self._changed:
            return self._changed.wait_for(lambda: self.gone > 0, timeout_s)

    def __enter__(self) -> LoopbackServer:
        self._start(self._accept)
        return self

    def __exit__(self, *exc_info: object) -> None:
        self._stopping.set()
        with contextlib.suppress(OSError):  # an idle listener has nothing to shut down on some systems
            self._listener.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(5)
        self._listener.close()

    def _start(self, target: Callable[..., None], *args: object) -> None:
        thread = threading.Thread(target=target, args=args, name="loopback-server", daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while not self._stopping.is_set():
            readable, _, _ = select.select([self._listener], [], [], _POLL_S)
            if readable:
                try:
                    connection, _ = self._listener.accept()
                except OSError:
                    return
                self._start(self._serve, connection)

    def _serve(self, connection: socket.socket) -> None:
        with connection:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            try:
                request = _read_request(connection, self._stopping)
                self._next_behaviour(request)(Exchange(request, connection, self._stopping))
            except ClientGone:
                with self._changed:
                    self.gone += not self._stopping.is_set()
                    self._changed.notify_all()

    def _next_behaviour(self, request: Request) -> Behaviour:
        with self._changed:
            self.requests.append(request)
            if request.path.endswith("/models") and self.models:
                return self.models
            if not self.script:
                raise AssertionError(f"the server was not told how to answer {request.method} {request.path}")
            return self.script.pop(0) if len(self.script) > 1 else self.script[0]


def _read_request(connection: socket.socket, stopping: threading.Event) -> Request:
    data = b""
    while b"\r\n\r\n" not in data:
        data += _receive(connection, stopping)
    head, _, body = data.partition(b"\r\n\r\n")
    request_line, *lines = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    while len(body) < int(headers.get("content-length", "0")):
        body += _receive(connection, stopping)
    method, path, _ = request_line.split(" ", 2)
    return Request(method, path, headers, body)


def _receive(connection: socket.socket, stopping: threading.Event) -> bytes:
    while not select.select([connection], [], [], _POLL_S)[0]:
        if stopping.is_set():
            raise ClientGone
    data = _received(connection)
    if not data:
        raise ClientGone
    return data


def _received(connection: socket.socket) -> bytes:
    """What has arrived; nothing when the client has closed or reset the connection."""
    with contextlib.suppress(OSError):
        return connection.recv(65_536)
    return b""

"""Site: a web server on 127.0.0.1 for the fetcher's tests, honest or hostile path by path.

Owns: sockets, threads, TLS, and a record of what was asked. Refuses: HTTP conveniences beyond ``page``; a hostile
answer is a function that writes its own bytes.
"""

from __future__ import annotations

import socketserver
import ssl
import threading
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus

LOOPBACK = "127.0.0.1"


class Visit:
    """One request, from the point of view of whoever answers it."""

    def __init__(self, path: str, headers: dict[str, str], site: Site, send: Callable[[bytes], object]) -> None:
        self.path = path
        self.headers = headers
        self.send = send
        self._site = site

    def pause(self, seconds: float) -> None:
        """Wait, unless the site is being closed."""
        if self._site.closing.wait(seconds):
            raise ConnectionAbortedError


Answer = bytes | Callable[[Visit], None]


@dataclass(frozen=True, slots=True)
class Seen:
    """What a client asked for; header names are in lower case."""

    path: str
    headers: dict[str, str]


def page(body: bytes = b"<p>Hello</p>", status: int = 200, kind: str | None = "text/html", **headers: str) -> bytes:
    """A whole answer; ``last_modified=...`` becomes ``last-modified: ...``."""
    lines = [f"HTTP/1.1 {status} {HTTPStatus(status).phrase}", f"content-length: {len(body)}"]
    lines += [f"content-type: {kind}"] if kind is not None else []
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body


def redirect(location: str, status: int = 302) -> bytes:
    """An answer that leads elsewhere."""
    return page(b"", status, location=location)


class Site(socketserver.ThreadingTCPServer):
    """Answers by path; a list of answers is played one request at a time, its last for ever. Others get a 404.

    Attributes:
        answers: path to answer, open to change while the site runs.
        seen: every request, in order.
        names: server names that clients asked for in TLS.
        failed: how many answers the client did not take whole.
    """

    allow_reuse_address = True

    def __init__(self, answers: dict[str, Answer | list[Answer]], tls: ssl.SSLContext | None = None) -> None:
        super().__init__((LOOPBACK, 0), _Handler)
        self.answers = answers
        self.tls = tls
        self.seen: list[Seen] = []
        self.names: list[str | None] = []
        self.failed = 0
        self.closing = threading.Event()
        self._lock = threading.Lock()
        if tls is not None:
            tls.sni_callback = lambda _socket, name, _context: self.names.append(name)

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def paths(self) -> list[str]:
        return [seen.path for seen in self.seen]

    def url(self, path: str = "/", host: str = "one.example.org") -> str:
        return f"{'https' if self.tls else 'http'}://{host}:{self.port}{path}"

    def __enter__(self) -> Site:
        threading.Thread(target=self.serve_forever, args=(0.01,), name="site", daemon=True).start()
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.closing.set()
        self.shutdown()
        self.server_close()

    def handle_error(self, request: object, client_address: object) -> None:
        """Clients that hang up are what many tests are about."""
        with self._lock:
            self.failed += 1

    def answer_to(self, visit: Visit) -> Answer:
        with self._lock:
            self.seen.append(Seen(visit.path, visit.headers))
            answer = self.answers.get(visit.path, page(b"", 404))
            if isinstance(answer, list):
                return answer.pop(0) if len(answer) > 1 else answer[0]
            return answer


class _Handler(socketserver.StreamRequestHandler):
    server: Site
    timeout = 10

    def setup(self) -> None:
        if self.server.tls is not None:
            self.request = self.server.tls.wrap_socket(self.request, server_side=True)
        super().setup()

    def finish(self) -> None:
        super().finish()
        self.request.close()  # the server closes only the plain socket that TLS has taken over

    def handle(self) -> None:
        request_line = self.rfile.readline().decode("latin-1").split(" ")
        headers = {}
        while line := self.rfile.readline().strip():
            name, _, value = line.decode("latin-1").partition(":")
            headers[name.lower()] = value.strip()
        visit = Visit(request_line[1], headers, self.server, self.request.sendall)
        answer = self.server.answer_to(visit)
        if callable(answer):
            answer(visit)
        else:
            visit.send(answer)

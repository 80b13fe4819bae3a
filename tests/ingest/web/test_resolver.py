from __future__ import annotations

import socket
import threading
import time

import pytest

from ingest.web.failures import LOOKUP_FAILED, NO_SUCH_HOST, Unreachable
from ingest.web.resolver import system_resolver


def test_the_systems_answer() -> None:
    assert "127.0.0.1" in system_resolver("localhost", 5.0)
    assert list(system_resolver("192.0.2.7", 5.0)) == ["192.0.2.7"]


@pytest.mark.parametrize(
    ("raised", "reason"),
    [
        (socket.gaierror(socket.EAI_NONAME, "no such name"), NO_SUCH_HOST),
        (socket.gaierror(socket.EAI_AGAIN, "try again"), LOOKUP_FAILED),
        (OSError("out of sockets"), NO_SUCH_HOST),
        (UnicodeError("label too long"), NO_SUCH_HOST),
    ],
)
def test_failures(monkeypatch: pytest.MonkeyPatch, raised: Exception, reason: str) -> None:
    def fail(*_args: object, **_options: object) -> None:
        raise raised

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    with pytest.raises(Unreachable) as caught:
        system_resolver("one.example.org", 5.0)
    assert caught.value.reason == reason


def test_an_answer_that_never_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    enough = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_options: enough.wait(10) and [])
    started = time.monotonic()
    with pytest.raises(Unreachable) as caught:
        system_resolver("one.example.org", 0.2)
    enough.set()
    assert caught.value.reason == LOOKUP_FAILED
    assert time.monotonic() - started < 1.5

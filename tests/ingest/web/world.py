"""The rest of the fetcher's surroundings: time that only passes when someone sleeps, and names that we make up."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Sequence
from time import monotonic
from time import sleep as real_sleep

from ingest.web.failures import NO_SUCH_HOST, Unreachable
from ingest.web.fetch import Fetcher
from ingest.web.policy import Limits, Policy
from tests.ingest.web.site import LOOPBACK, Site

FAST = Limits(total_s=5.0, pause_s=0.0, retries=0)
"""Real time, no waiting between requests, no second attempt."""

_TRUSTS_NOBODY = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # reading the system's certificates takes a moment each time


class FakeTime:
    """A clock and a sleep that belong together."""

    def __init__(self) -> None:
        self.now = 1_000.0
        self.slept: list[float] = []
        self._lock = threading.Lock()

    def clock(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        with self._lock:
            self.slept.append(round(seconds, 6))
            self.now += seconds


class Names:
    """A resolver: ``*.example.org`` is this machine unless told otherwise. Several answers for a name come in turn."""

    def __init__(self, **answers: list[Sequence[str]]) -> None:
        self.answers = {f"{name}.example.org": list(given) for name, given in answers.items()}
        self.asked: list[str] = []

    def __call__(self, host: str, timeout_s: float) -> Sequence[str]:
        self.asked.append(host)
        given = self.answers.get(host)
        if given:
            return given.pop(0) if len(given) > 1 else given[0]
        if host.endswith(".example.org"):
            return [LOOPBACK]
        raise Unreachable(NO_SUCH_HOST)


def fetcher_for(
    site: Site,
    limits: Limits = FAST,
    *,
    names: Names | None = None,
    time: FakeTime | None = None,
    tls: ssl.SSLContext | None = None,
    also_allowed: Sequence[str] = (),
) -> Fetcher:
    """A fetcher that may reach this one server on this machine and nothing else there."""
    addresses = [LOOPBACK, *also_allowed]
    policy = Policy(
        ports=frozenset({80, 443, site.port}), allowed=frozenset((address, site.port) for address in addresses)
    )
    clock = time.clock if time else monotonic
    sleep = time.sleep if time else real_sleep
    return Fetcher(
        policy,
        limits,
        resolver=names or Names(),
        clock=clock,
        sleep=sleep,
        jitter=lambda: 0.0,
        tls=tls or _TRUSTS_NOBODY,
    )

"""One request at a time for each host, with a pause in between; different hosts do not wait for each other.

Owns: the queue and the pace of every host. Refuses: knowing why a host wants to be left alone.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from ingest.web.deadline import Clock, Deadline
from ingest.web.failures import ASKS_TO_WAIT, TIMED_OUT, FailedForNow
from ingest.web.policy import Limits

Sleep = Callable[[float], None]
"""Waits for a number of seconds."""

_LONGEST_HOLD_S = 3_600.0  # no Retry-After closes a host for longer than this


@dataclass(slots=True)
class _Host:
    pause_s: float
    ready_at: float = float("-inf")
    closed_until: float = float("-inf")
    turn: threading.Lock = field(default_factory=threading.Lock)


class Politeness:
    """Hands out turns; shared by all threads."""

    def __init__(self, limits: Limits, clock: Clock, sleep: Sleep) -> None:
        self._limits = limits
        self._clock = clock
        self._sleep = sleep
        self._hosts: dict[str, _Host] = {}
        self._guard = threading.Lock()

    @contextmanager
    def turn(self, host: str, deadline: Deadline) -> Iterator[None]:
        """Hold the host's only turn, after its pause has passed. The time behind others is excused.

        Raises:
            FailedForNow: the host asked to be left alone for longer than anyone waits.
        """
        entry = self._entry(host)
        asked_at = self._clock()
        with entry.turn:
            deadline.excuse(self._clock() - asked_at)
            self._wait(entry, deadline)
            try:
                yield
            finally:
                entry.ready_at = max(entry.ready_at, self._clock() + entry.pause_s)

    def pace(self, host: str, crawl_delay_s: float) -> None:
        """Lengthen the host's pause to what its robots.txt asks for, within bounds."""
        self._entry(host).pause_s = min(max(self._limits.pause_s, crawl_delay_s), self._limits.longest_pause_s)

    def hold(self, host: str, seconds: float) -> bool:
        """Leave the host alone for this long; False if that is longer than anyone waits."""
        entry = self._entry(host)
        if seconds > self._limits.longest_pause_s:
            entry.closed_until = self._clock() + min(seconds, _LONGEST_HOLD_S)
            return False
        entry.ready_at = self._clock() + seconds
        return True

    def _wait(self, entry: _Host, deadline: Deadline) -> None:
        now = self._clock()
        if now < entry.closed_until:
            raise FailedForNow(ASKS_TO_WAIT)
        if now < entry.ready_at:
            if not deadline.has(entry.ready_at - now):
                raise FailedForNow(TIMED_OUT)
            self._sleep(entry.ready_at - now)

    def _entry(self, host: str) -> _Host:
        with self._guard:
            return self._hosts.setdefault(host, _Host(self._limits.pause_s))

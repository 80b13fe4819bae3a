"""The wall clock of one fetch.

Owns: how much time is left. Refuses: reading a clock of its own.
"""

from __future__ import annotations

from collections.abc import Callable

from ingest.web.failures import TIMED_OUT, FailedForNow

Clock = Callable[[], float]
"""Seconds on a clock that never goes back."""

_SHORTEST_S = 0.001  # a timeout of zero would mean "do not block" to a socket


class Deadline:
    """Ends ``limit_s`` seconds after it was made, later if waiting was excused."""

    def __init__(self, clock: Clock, limit_s: float) -> None:
        self._clock = clock
        self._ends = clock() + limit_s

    def excuse(self, seconds: float) -> None:
        """Do not count time that was spent waiting behind other fetches."""
        self._ends += seconds

    def has(self, seconds: float) -> bool:
        """Whether more than this much time is left."""
        return self._ends - self._clock() > seconds

    def left_s(self, at_most: float | None = None) -> float:
        """Time left for one blocking step.

        Raises:
            FailedForNow: none is left.
        """
        left = self._ends - self._clock()
        if left <= 0:
            raise FailedForNow(TIMED_OUT)
        return max(_SHORTEST_S, left if at_most is None else min(left, at_most))

"""Is there a network at all? Told by the names that were looked up.

Owns: answering at once when so many different hosts in a row could not be found that the fault is here, not there.
A list of hundreds of links then fails in seconds, where each lookup may take its ten seconds to time out.
Refuses: looking names up itself.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence

from ingest.web.failures import NO_NETWORK, Unreachable
from ingest.web.resolver import Resolver

_ENOUGH = 8
"""Different hosts in a row; a learner's list may well hold a few dead ones."""


class OutageAware:
    """A resolver that stops asking; one name that is found proves the network for good."""

    def __init__(self, resolver: Resolver) -> None:
        self._resolver = resolver
        self._lost: set[str] = set()
        self._proven = False
        self._guard = threading.Lock()

    def __call__(self, host: str, timeout_s: float) -> Sequence[str]:
        """Look the name up.

        Raises:
            Unreachable: also "no network", without having asked.
        """
        with self._guard:
            if not self._proven and len(self._lost) >= _ENOUGH and host not in self._lost:
                raise Unreachable(NO_NETWORK)
        try:
            found = self._resolver(host, timeout_s)
        except Unreachable:
            with self._guard:
                self._lost.add(host)
            raise
        with self._guard:
            self._proven = True
        return found

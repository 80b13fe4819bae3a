"""Names to addresses, within a time limit.

Owns: the system's resolver and what its failures mean. Refuses: judging addresses; they are vetted by whoever asks.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Sequence
from queue import Empty, SimpleQueue
from typing import Protocol

from ingest.web.failures import LOOKUP_FAILED, NO_SUCH_HOST, Unreachable


class Resolver(Protocol):
    """Gives every address of a host name, in the order to try them."""

    def __call__(self, host: str, timeout_s: float) -> Sequence[str]:
        """Look the name up once.

        Raises:
            Unreachable: there is no such host, or no answer in time.
        """
        ...


def system_resolver(host: str, timeout_s: float) -> Sequence[str]:
    """Ask the operating system.

    ``getaddrinfo`` cannot be given a timeout, so it runs in a thread that is left behind when it takes too long; the
    system's own limits end it then.
    """
    answer: SimpleQueue[Sequence[str] | OSError | UnicodeError] = SimpleQueue()

    def look_up() -> None:
        try:
            found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            answer.put(error)
        else:
            answer.put([str(entry[4][0]) for entry in found])

    threading.Thread(target=look_up, name=f"resolve {host}", daemon=True).start()
    try:
        result = answer.get(timeout=timeout_s)
    except Empty:
        raise Unreachable(LOOKUP_FAILED) from None
    if isinstance(result, socket.gaierror) and result.errno == socket.EAI_AGAIN:
        raise Unreachable(LOOKUP_FAILED) from result
    if isinstance(result, OSError | UnicodeError):
        raise Unreachable(NO_SUCH_HOST) from result
    return result

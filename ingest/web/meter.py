"""What one exchange has used up of its bytes and its time.

Owns: the caps on the wire: headers, all bytes, seconds. Refuses: what the bytes mean.
"""

from __future__ import annotations

from ingest.web.deadline import Deadline
from ingest.web.failures import HEADERS_TOO_LARGE, FetchFailed, too_large
from ingest.web.policy import Limits


class Meter:
    """Counts bytes as they come off the connection, after TLS and before everything else.

    ``body_bytes`` is the cap for this exchange; chunk framing counts against it, so that a body in one-byte chunks
    gains nothing.
    """

    def __init__(self, deadline: Deadline, limits: Limits, body_bytes: int) -> None:
        self._deadline = deadline
        self._limits = limits
        self._body_bytes = body_bytes
        self._received = 0
        self._in_head = True
        self.at_end = False  # the server has closed its side

    def connect_timeout_s(self) -> float:
        """Time for one attempt to connect."""
        return self._deadline.left_s(self._limits.connect_s)

    def timeout_s(self) -> float:
        """Time for one read or write: all that is left, so that a drip cannot win more by being steady."""
        return self._deadline.left_s()

    def may_read(self, wanted: int) -> int:
        """How many bytes the next read may bring.

        Raises:
            FetchFailed: the headers, or everything together, are over their cap.
        """
        if not self._in_head:
            if self._received > self._body_bytes + self._limits.header_bytes:
                raise too_large(self._body_bytes)
            return wanted
        left = self._limits.header_bytes - self._received
        if left <= 0:
            raise FetchFailed(HEADERS_TOO_LARGE)
        return min(wanted, left)

    def count(self, received: int) -> None:
        """Note what a read has brought; nothing means the end."""
        self._received += received
        self.at_end = self.at_end or received == 0

    def head_received(self) -> None:
        """From now on the body's cap holds."""
        self._in_head = False

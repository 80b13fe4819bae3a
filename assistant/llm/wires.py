"""Wires: the sockets of one call, so that another thread can cut them.

Owns: one duplicate of each socket, and shutting the connection down.
Refuses: closing the originals, which belong to the HTTP client and its thread. Closing a socket does not wake a thread
that is blocked reading from it; shutting the connection down does, and the duplicate makes that safe while the owner
wraps the socket in TLS or closes it.
"""

from __future__ import annotations

import contextlib
import socket
import threading


class Wires:
    """Thread-safe; once cut, every socket added later is cut at once."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._sockets: list[socket.socket] = []
        self._cut = False

    def add(self, connected: socket.socket) -> None:
        """Remember a plain connected socket, as it is before any TLS handshake."""
        with self._lock:
            self._sockets.append(connected.dup())
        if self._cut:
            self.cut()

    def cut(self) -> None:
        """Shut every connection down and let go of it; may be called often, from any thread."""
        with self._lock:
            self._cut = True
            sockets, self._sockets = self._sockets, []
        for duplicate in sockets:
            # Already disconnected by the other side, which is what we want.
            with contextlib.suppress(OSError):
                duplicate.shutdown(socket.SHUT_RDWR)
            duplicate.close()

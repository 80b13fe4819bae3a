"""Background: a blocking iterator, run in a thread of its own, read with deadlines.

Owns: the thread, the bounded queue between the two, and ending the thread whatever it is doing.
Refuses: knowing what the items are. The HTTP library's own timeouts start anew with every byte, so a server that sends
one comment a second is never late for them; here the reader watches the clock and does not care what the thread does.
"""

from __future__ import annotations

import contextlib
import queue
import threading
import time
from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import Generic, TypeVar

from assistant.domain import Waiting

T = TypeVar("T")

_QUEUED_ITEMS = 64
# Short enough for a stop button to feel at once, long enough to cost nothing.
_BEAT_S = 0.25
# Long enough for a woken thread to unwind; a thread stuck in name resolution ends on its own and is not waited for.
_JOIN_TIMEOUT_S = 0.5

THREAD_NAME = "language-model"


class Late(TimeoutError):
    """The deadline passed before the next item came."""


class Died(RuntimeError):
    """The thread ended with an exception nobody expected; the thread's own report has the traceback."""


class NoItem(Exception):
    """Why there is no next item: ``cause`` is ``Late``, ``Died`` or what the thread's iterator raised."""

    def __init__(self, cause: Exception) -> None:
        super().__init__()
        self.cause = cause


def pause(seconds: float) -> Generator[Waiting, None, None]:
    """Sleep, with the same signs of waiting."""
    until_s = time.monotonic() + seconds
    while (left_s := until_s - time.monotonic()) > _BEAT_S:
        time.sleep(_BEAT_S)
        yield Waiting()
    time.sleep(max(0.0, left_s))


@dataclass(frozen=True, slots=True)
class _Last:
    error: Exception | None


class Background(Generic[T]):
    """Runs ``produce`` until it is exhausted, fails, or ``close`` is called.

    ``cut`` must unblock whatever ``produce`` may be blocked in. ``expected`` are the exceptions handed to the reader.
    """

    def __init__(
        self,
        produce: Callable[[], Generator[T, None, None]],
        *,
        cut: Callable[[], None],
        expected: tuple[type[Exception], ...],
    ) -> None:
        self._produce = produce
        self._cut = cut
        self._expected = expected
        self._queue: queue.Queue[T | _Last] = queue.Queue(_QUEUED_ITEMS)
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name=THREAD_NAME, daemon=True)
        self._thread.start()

    def next(self, deadline_s: float) -> T | None:
        """Return the next item, or None at the end.

        Args:
            deadline_s: the moment to give up, on the clock of ``time.monotonic``. It is checked before looking at the
                queue, so that a server that always has one more item does not get past it.

        Raises:
            NoItem: the deadline passed, or the thread failed.
        """
        left_s = deadline_s - time.monotonic()
        if left_s <= 0:
            raise NoItem(Late())
        try:
            item = self._queue.get(timeout=left_s)
        except queue.Empty:
            raise NoItem(Late()) from None
        if not isinstance(item, _Last):
            return item
        if item.error is not None:
            raise NoItem(item.error)
        return None

    def await_next(self, deadline_s: float) -> Generator[Waiting, None, T | None]:
        """As ``next``, with a sign of waiting whenever a moment has passed without an item.

        A reader can only be stopped, and can only close this generator, while it is not blocked in it.
        """
        while (beat_s := time.monotonic() + _BEAT_S) < deadline_s:
            try:
                return self.next(beat_s)
            except NoItem as stop:
                if not isinstance(stop.cause, Late):
                    raise
            yield Waiting()
        return self.next(deadline_s)

    def close(self) -> None:
        """End the thread; may be called often."""
        self._stopped.set()
        self._cut()
        # From here on the thread puts at most two more items: the one it is holding and the last one. An emptied
        # queue has room for both, so it cannot stay blocked.
        with contextlib.suppress(queue.Empty):
            while True:
                self._queue.get_nowait()
        self._thread.join(_JOIN_TIMEOUT_S)

    def _run(self) -> None:
        last = _Last(Died())
        try:
            with contextlib.closing(self._produce()) as items:
                for item in items:
                    if self._stopped.is_set():
                        break
                    self._queue.put(item)
            last = _Last(None)
        except self._expected as error:
            last = _Last(error)
        finally:
            self._queue.put(last)

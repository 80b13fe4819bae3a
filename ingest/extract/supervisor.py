"""Extraction in a process of its own.

Owns: starting the worker, the wall clock, killing and replacing it. Refuses: reading documents (``worker``).
"""

from __future__ import annotations

import logging
import signal
import subprocess
import sys
import threading
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self, cast

from ingest.extract.limits import refuse_too_large
from ingest.extract.protocol import ConnectionLost, receive, result, send
from ingest.extract.result import CRASHED, Extracted, NotExtracted, ReaderKilled, failed

_log = logging.getLogger(__name__)
_ROOT = Path(__file__).parents[2]  # where the package "ingest" is found
_COMMAND = (sys.executable, "-B", "-m", "ingest.extract.worker")
_START_TIMEOUT_S = 60.0
_END_TIMEOUT_S = 1.0
_KILLED = -getattr(signal, "SIGKILL", 0)


class ExtractionWorker:
    """Reads one document at a time in a subprocess that may take ``timeout_s`` and ``memory_bytes`` for each.

    Use it as a context manager. Threads may share it and wait for each other. A worker that hangs or dies takes only
    its document with it.
    """

    def __init__(self, *, timeout_s: float = 60.0, memory_bytes: int = 2_000_000_000) -> None:
        self._timeout_s = timeout_s
        self._memory_bytes = memory_bytes
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the subprocess; extracting again starts a new one."""
        with self._lock:
            self._stop()

    def extract(self, data: bytes, *, name: str, media_type: str | None) -> Extracted:
        """As ``extract_bytes``, within the limits.

        Raises:
            NotExtracted: also failed, "took longer than 60 s", "needs too much memory", "the file crashed the reader".
        """
        refuse_too_large(len(data))
        with self._lock:
            healthy = False
            try:
                process = self._running()
                message = self._exchange(process, data, {"name": name, "media_type": media_type, "size": len(data)})
                healthy = not message.get("restart")
            finally:
                if not healthy:  # also after Ctrl+C: half an answer may be in the pipe
                    self._stop()
        return result(message)

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._process.poll() is None:
            return self._process
        self._stop()
        # A session of its own, so that Ctrl+C reaches only the parent, which then ends the worker in good order.
        self._process = process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            _COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, bufsize=0, cwd=_ROOT,
            start_new_session=True,
        )  # fmt: skip
        with _Deadline(process, _START_TIMEOUT_S):
            try:
                send(_stdin(process), {"memory_bytes": self._memory_bytes, "cpu_s": self._timeout_s})
                receive(_stdout(process))
            except ConnectionLost as error:
                raise failed("the reader does not start") from error
        return process

    def _exchange(self, process: subprocess.Popen[bytes], data: bytes, request: dict[str, object]) -> dict[str, object]:
        with _Deadline(process, self._timeout_s) as deadline:
            try:
                send(_stdin(process), request, data)
                return receive(_stdout(process))
            except ConnectionLost as error:
                raise self._explained(process, deadline) from error

    def _explained(self, process: subprocess.Popen[bytes], deadline: _Deadline) -> NotExtracted:
        try:
            code = process.wait(_END_TIMEOUT_S)
        except subprocess.TimeoutExpired:
            code = None  # it lives and talks nonsense; whoever called ends it
        _log.info("the extraction worker ended with code %s", code)
        if deadline.passed or code == -getattr(signal, "SIGXCPU", 0):
            return failed(f"took longer than {self._timeout_s:g} s")
        return ReaderKilled() if _KILLED and code == _KILLED else failed(CRASHED)

    def _stop(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait()
            _stdin(process).close()
            _stdout(process).close()


class _Deadline:
    """Kills a process when time is up, which ends every wait on its pipes; works on all systems."""

    def __init__(self, process: subprocess.Popen[bytes], seconds: float) -> None:
        self.passed = False
        self._process = process
        self._timer = threading.Timer(seconds, self._end)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._timer.cancel()

    def _end(self) -> None:
        self.passed = True
        self._process.kill()


def _stdin(process: subprocess.Popen[bytes]) -> BinaryIO:
    return cast("BinaryIO", process.stdin)


def _stdout(process: subprocess.Popen[bytes]) -> BinaryIO:
    return cast("BinaryIO", process.stdout)

"""One build at a time for each STUDY_HOME.

Owns: the lock file and the sentence that says who holds it. The operating system drops the lock with its process,
so a killed build leaves nothing to clean up.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from assistant.errors import DiskFull, StorageError, StoreBusy

_LOCK = "build.lock"
_HOLDER = "build.pid"
_WAIT_S = 1.0


@contextmanager
def build_lock(home: Path) -> Iterator[None]:
    """Hold the build lock for the block.

    Raises:
        StoreBusy: another process is building; the message names it.
        StorageError: the lock file cannot be made.
    """
    try:
        home.mkdir(parents=True, exist_ok=True)
        lock = FileLock(home / _LOCK, timeout=_WAIT_S)
        lock.acquire()
    except Timeout as error:
        raise StoreBusy(f"Another build is running ({_holder(home)}). Try again when it is done.") from error
    except OSError as error:
        raise StorageError(f"{home} cannot be written: {error.strerror}.") from error
    try:
        _write_holder(home)
        yield
    finally:
        (home / _HOLDER).unlink(missing_ok=True)
        lock.release()


def _write_holder(home: Path) -> None:
    try:
        (home / _HOLDER).write_text(str(os.getpid()), encoding="utf-8")
    except OSError as error:
        raise DiskFull(f"{home} cannot be written: {error.strerror}. Free some space and try again.") from error


def _holder(home: Path) -> str:
    try:
        return f"process {(home / _HOLDER).read_text(encoding='utf-8')}"
    except OSError:
        return "its process just started or ended"

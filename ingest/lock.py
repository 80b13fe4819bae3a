"""One build at a time for each STUDY_HOME.

Owns: the lock file, waiting for it, and the sentence that says who holds it. The operating system drops the lock with
its process, so a killed build leaves nothing to clean up. Refuses: holding up readers, who never need it.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from assistant.disk import storage_error
from assistant.errors import StoreBusy

_LOCK = "build.lock"
_HOLDER = "build.pid"
_POLL_S = 0.1


def _ignore(_sentence: str) -> None:
    """For callers that tell nobody that they wait."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait for another build; ``on_wait`` is called once, with a sentence, when waiting begins."""

    wait_s: float = 0.0
    on_wait: Callable[[str], None] = _ignore


AT_ONCE = Patience()
"""Does not wait."""


@contextmanager
def build_lock(home: Path, patience: Patience = AT_ONCE) -> Iterator[None]:
    """Hold the build lock for the block.

    Raises:
        StoreBusy: another process is building and was not done in time; the message names it.
        StorageError: the lock file cannot be made.
    """
    try:
        home.mkdir(parents=True, exist_ok=True)
        lock = FileLock(home / _LOCK)
        _acquire(lock, home, patience)
    except OSError as error:
        raise storage_error(error, home, "written") from error
    try:
        # Who holds the lock is worth a sentence, not a failed build: freeing space on a full disk takes the lock, too.
        with contextlib.suppress(OSError):
            (home / _HOLDER).write_text(str(os.getpid()), encoding="utf-8")
        yield
    finally:
        (home / _HOLDER).unlink(missing_ok=True)
        lock.release()


def _acquire(lock: FileLock, home: Path, patience: Patience) -> None:
    with contextlib.suppress(Timeout):
        lock.acquire(timeout=0)
        return
    if patience.wait_s > 0:
        patience.on_wait(f"Another build is running ({_holder(home)}); waiting up to {patience.wait_s:g} s ...")
    try:
        lock.acquire(timeout=patience.wait_s, poll_interval=_POLL_S)
    except Timeout as error:
        raise StoreBusy(f"Another build is running ({_holder(home)}). Try again when it is done.") from error


def _holder(home: Path) -> str:
    path = home / _HOLDER
    try:
        process = path.read_text(encoding="utf-8")
        since = datetime.fromtimestamp(path.stat().st_mtime).astimezone()
    except OSError:
        process = ""
    if not process.isdecimal():
        return "its process just started or ended"
    return f"process {process}, since {since:%H:%M}"

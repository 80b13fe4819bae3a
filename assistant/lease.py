"""Who is reading a generation, so that nobody deletes it under a reader.

Owns: a shared lock on the generation's directory for each reader, which the operating system drops with its process.
Refuses: deciding what may be deleted (``ingest.generations``). Systems without such locks (Windows) refuse by
themselves to delete what is open.
"""

from __future__ import annotations

import os
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from assistant.errors import IndexBroken
from assistant.generation import BUILD_COMMAND

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]


class Lease:
    """Keeps a generation on disk until it is released, or until this object or its process is gone.

    Raises:
        IndexBroken: the generation is gone, or going.
    """

    def __init__(self, generation: Path) -> None:
        try:
            descriptor = _lock(generation, exclusive=False)
        except OSError as error:
            raise IndexBroken(f"The index in {generation} is gone. Build it again with: {BUILD_COMMAND}") from error
        self._finalizer = weakref.finalize(self, _unlock, descriptor)

    def release(self) -> None:
        """Allow the generation to be deleted; a second call does nothing."""
        self._finalizer()


@contextmanager
def unread(generation: Path) -> Iterator[bool]:
    """Whether nobody reads the generation; while the block runs, nobody can begin to."""
    try:
        descriptor = _lock(generation, exclusive=True)
    except OSError:
        yield False
        return
    try:
        yield True
    finally:
        _unlock(descriptor)


def _lock(generation: Path, *, exclusive: bool) -> int | None:
    if fcntl is None:
        return None
    descriptor = os.open(generation, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, (fcntl.LOCK_EX if exclusive else fcntl.LOCK_SH) | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        raise
    except OSError:
        pass  # a file system without locks, where readers rely on the last two generations staying
    return descriptor


def _unlock(descriptor: int | None) -> None:
    if descriptor is not None:
        os.close(descriptor)

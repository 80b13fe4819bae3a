"""The directory of generations, write side.

Owns: names of new generations, giving one its name and the pointer, and deleting what nobody needs, in an order that
survives a crash or a power cut after every step. Refuses: what is in a generation (``ingest.publish``).
Whoever calls this holds the build lock.
"""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import Sequence
from pathlib import Path

from assistant.generation import POINTER, VECTORS, current_generation, generation_name, generation_number
from assistant.lease import unread
from ingest.failpoints import Failpoint, reach

_UNFINISHED = ".tmp"
_log = logging.getLogger(__name__)


def next_generation(index_dir: Path) -> Path:
    """Where the next generation will be."""
    return index_dir / generation_name(1 + max(_numbers(index_dir), default=0))


def unfinished(generation: Path) -> Path:
    """Where it is built. No two processes build in one place: what a killed build started may live a little longer."""
    return generation.with_name(f"{generation.name}.{os.getpid()}{_UNFINISHED}")


def put_in_use(building: Path, generation: Path) -> None:
    """Give a built generation its name and point readers to it.

    Raises:
        OSError: the disk refused; readers still use the generation before, or this one.
    """
    _sync_tree(building)
    reach(Failpoint.BEFORE_RENAME)
    building.rename(generation)
    # The name must be on disk before the pointer that says it.
    _sync(generation.parent)
    reach(Failpoint.AFTER_RENAME)
    _point_to(generation)


def tidy(index_dir: Path) -> None:
    """Delete what interrupted builds left, and every generation but the one in use and the one before it.

    A generation that somebody reads stays until a later time, and so does what the system does not let go of. Without
    a pointer that can be read, no generation is deleted.
    """
    if not index_dir.is_dir():
        return
    for path in _superfluous(index_dir):
        with unread(path) as free:
            if free:
                _delete_generation(path)
    for path in index_dir.glob(f"*{_UNFINISHED}"):
        _delete(path)


def _superfluous(index_dir: Path) -> Sequence[Path]:
    current = current_generation(index_dir)
    number = generation_number(current.name) if current else None
    if number is None:
        return []
    # What is newer than the one in use never came into use: its build died before it swapped the pointer.
    before = max((n for n in _numbers(index_dir) if n < number), default=number)
    return [index_dir / generation_name(n) for n in _numbers(index_dir) if n not in {before, number}]


def _delete_generation(path: Path) -> None:
    try:
        # Without its name first: half of a generation must not look like one.
        doomed = path.rename(unfinished(path))
    except OSError as error:
        _log.warning("%s stays for now: %s", path, error.strerror)
        return
    shutil.rmtree(doomed / VECTORS, ignore_errors=True)
    reach(Failpoint.DURING_PRUNE)
    _delete(doomed)


def _delete(path: Path) -> None:
    try:
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    except OSError as error:
        _log.warning("%s stays for now: %s", path, error.strerror)


def _point_to(generation: Path) -> None:
    pending = generation.with_name(f"{POINTER}{_UNFINISHED}")
    with pending.open("w", encoding="utf-8") as file:
        file.write(generation.name + "\n")
        file.flush()
        os.fsync(file.fileno())
    reach(Failpoint.BEFORE_SWAP)
    pending.replace(generation.with_name(POINTER))
    reach(Failpoint.AFTER_SWAP)
    _sync(generation.parent)


def _numbers(index_dir: Path) -> list[int]:
    numbers = (generation_number(path.name) for path in index_dir.iterdir())
    return [number for number in numbers if number is not None]


def _sync_tree(directory: Path) -> None:
    """Bring a directory and all that is in it to the disk."""
    for path in (*directory.rglob("*"), directory):
        _sync(path)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

"""What the operating system says about storage, as this program's errors.

Owns: which refusals mean that there is no room. A limit on the size of files or a used-up quota counts as a full disk:
what helps is the same. Refuses: SQLite's own errors (``assistant.sqlite``).
"""

from __future__ import annotations

import errno
import shutil
from pathlib import Path

from assistant.errors import DiskFull, StorageError

_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_PROBE = "room.tmp"


def disk_full(path: Path) -> DiskFull:
    """The error for a path that could not grow."""
    return DiskFull(f"The disk that holds {path} is full. Free some space and try again; nothing saved is lost.")


def storage_error(error: OSError, path: Path, action: str) -> StorageError:
    """The error for a path that cannot be ``action`` ("opened", "written")."""
    if error.errno in _NO_ROOM:
        return disk_full(path)
    return StorageError(f"{path} cannot be {action}: {error.strerror}.")


def has_room(directory: Path, size_bytes: int) -> bool:
    """Whether a new file of this size fits into the directory, for stores that hide why a write failed."""
    probe = directory / _PROBE
    try:
        if shutil.disk_usage(directory).free < size_bytes:
            return False
        with probe.open("wb") as file:
            # Its end alone is written: a limit on the size of files counts the hole before it, the disk does not.
            file.seek(size_bytes)
            file.write(b"\0")
    except OSError as error:
        return error.errno not in _NO_ROOM
    finally:
        probe.unlink(missing_ok=True)
    return True

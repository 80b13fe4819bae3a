"""Limits that a process sets on itself.

Owns: memory, CPU time, and writing no files. Refuses: wall-clock time, which only another process can keep
(``supervisor``). Where the system has no such limits (Windows, partly macOS) the wall clock is what remains.
"""

from __future__ import annotations

import contextlib
import math
from pathlib import Path

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]

_STATM = Path("/proc/self/statm")


def confine(memory_bytes: int) -> None:
    """Allow ``memory_bytes`` of address space beyond what is in use now, no core dumps, and no writing to files."""
    if resource is None:
        return
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_FSIZE, 0)
    if in_use := _pages(0):
        _limit(resource.RLIMIT_AS, in_use + memory_bytes)


def allow_cpu(seconds: float) -> None:
    """Allow this much CPU time from now on; the system ends the process after it."""
    if resource is None:
        return
    usage = resource.getrusage(resource.RUSAGE_SELF)
    _limit(resource.RLIMIT_CPU, math.ceil(usage.ru_utime + usage.ru_stime + seconds))


def resident_bytes() -> int:
    """The memory this process holds now, 0 where that is not known.

    Not ``ru_maxrss``: on Linux that begins with what the parent held when it started this process.
    """
    return _pages(1) if resource is not None else 0


def _pages(field: int) -> int:
    """A field of /proc/self/statm in bytes; it counts pages: 0 is all address space, 1 what is resident."""
    try:
        return int(_STATM.read_text(encoding="ascii").split()[field]) * resource.getpagesize()
    except OSError:  # not Linux
        return 0


def _limit(kind: int, value: int) -> None:
    hard = resource.getrlimit(kind)[1]
    with contextlib.suppress(OSError, ValueError):  # not every system knows every limit
        # Only the soft limit moves, so that the next document can be allowed its own time.
        resource.setrlimit(kind, (value if hard == resource.RLIM_INFINITY else min(value, hard), hard))

"""Limits that a process sets on itself.

Owns: memory, CPU time, and writing no files. Refuses: wall-clock time, which only another process can keep
(``supervisor``). Where the system has no such limits (Windows, partly macOS) the wall clock is what remains.
"""

from __future__ import annotations

import contextlib
import math
import sys
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
    with contextlib.suppress(OSError):
        pages = int(_STATM.read_text(encoding="ascii").split()[0])
        _limit(resource.RLIMIT_AS, pages * resource.getpagesize() + memory_bytes)


def allow_cpu(seconds: float) -> None:
    """Allow this much CPU time from now on; the system ends the process after it."""
    if resource is None:
        return
    usage = resource.getrusage(resource.RUSAGE_SELF)
    _limit(resource.RLIMIT_CPU, math.ceil(usage.ru_utime + usage.ru_stime + seconds))


def peak_memory_bytes() -> int:
    """The most memory this process ever had, 0 where that is not known."""
    if resource is None:
        return 0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def _limit(kind: int, value: int) -> None:
    hard = resource.getrlimit(kind)[1]
    with contextlib.suppress(OSError, ValueError):  # not every system knows every limit
        # Only the soft limit moves, so that the next document can be allowed its own time.
        resource.setrlimit(kind, (value if hard == resource.RLIM_INFINITY else min(value, hard), hard))

"""What became of each source during a build, as it is shown while it goes.

Owns: the words of a status line. Refuses: deciding it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SourceResult:
    """One source and its line: ``indexed 41 chunks``, ``unchanged``, ``skipped: bot wall``, ``failed: 404``."""

    source: str
    outcome: str


OnSource = Callable[[SourceResult], None]
"""Called once for each source, when its outcome is known."""


UNCHANGED = "unchanged"
REMOVED = "removed"
NOTHING_THERE = "failed: no file or folder there"
LEFT_OUT = "removed by you; to have it back, add it by its path"
"""The reason of a file that was removed while the folder it lies in stays."""

"""How long this learner takes, relative to the estimates, learned from the minutes of finished sittings.

Owns: the estimate and how uncertain it is. Refuses: what follows from it (``assistant.planning.forecast``).

A few sittings say little, so the ratio is shrunk towards 1: as if ten hours had gone exactly as estimated before. The
uncertainty shrinks with the same weight.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.planning.forecast import DEFAULT_PACE_SD
from assistant.progress import EntryStatus, LogEntry

_PRIOR_MINUTES = 600
_LEAST_SD = 0.08
"""Next month is never like the last one exactly."""
_LIMITS = (0.25, 4.0)


@dataclass(frozen=True, slots=True)
class Pace:
    """``factor`` times the estimate is what this learner takes; ``sd`` is how far off that may be, as a share.

    ``minutes`` are the planned minutes it was learned from.
    """

    factor: float = 1.0
    sd: float = DEFAULT_PACE_SD
    minutes: int = 0

    @property
    def percent(self) -> int:
        """The factor in whole percent."""
        return round(self.factor * 100)


def learned_pace(entries: Iterable[LogEntry]) -> Pace:
    """The pace that finished sittings show; those without planned or actual minutes say nothing."""
    finished = [
        entry for entry in entries if entry.status is EntryStatus.DONE and entry.planned_minutes and entry.minutes
    ]
    planned = sum(entry.planned_minutes for entry in finished)
    actual = sum(entry.minutes for entry in finished)
    factor = (_PRIOR_MINUTES + actual) / (_PRIOR_MINUTES + planned)
    sd = max(_LEAST_SD, DEFAULT_PACE_SD * math.sqrt(_PRIOR_MINUTES / (_PRIOR_MINUTES + planned)))
    low, high = _LIMITS
    return Pace(min(high, max(low, factor)), sd, planned)

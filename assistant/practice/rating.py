"""What an answer is worth to FSRS.

Owns: the mapping. Refuses: FSRS itself (``memory``).

    wrong, however sure                            again
    right, and guessing                            hard: luck is no recall, so it comes back soon
    right, and thinking so, or never asked for     good
    right, and sure                                easy
"""

from __future__ import annotations

from enum import IntEnum

from assistant.practice_store import Confidence


class Worth(IntEnum):
    """FSRS's four ratings, with its numbers."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


_WHEN_RIGHT = {Confidence.GUESSING: Worth.HARD, Confidence.THINK_SO: Worth.GOOD, Confidence.SURE: Worth.EASY}


def worth(*, was_right: bool, confidence: Confidence | None) -> Worth:
    """The rating of one answer; see the table above."""
    if not was_right:
        return Worth.AGAIN
    return _WHEN_RIGHT[confidence] if confidence else Worth.GOOD

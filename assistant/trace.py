"""How an answer came about, as it is kept with the answer.

Owns: the value objects: plain words and numbers, no passage's text, at most ``MAX_CANDIDATES`` candidates.
Refuses: noting anything down (``assistant.tracing``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

MAX_CANDIDATES = 40


class Fate(StrEnum):
    """What became of a passage: the answer cites it, the writer had it, or it did not get that far."""

    CITED = "cited"
    READ = "read"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage that was found or given to the writer; ``reason`` says why it is not cited.

    ``rank`` counts from 1, what only the writer was given comes last; scores are as in ``ScoredPassage``.
    """

    rank: int
    passage_id: str
    title: str
    score: float
    dense: float | None
    lexical: float | None
    fate: Fate
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Trace:
    """The steps of one answer.

    ``query`` is the question as it was searched for. ``signals`` are what the confidence rests on, by name; below
    ``threshold`` a question is refused. ``timings_ms`` are the steps in their order; ``write`` is the time the writer
    took, without that of whoever read along.
    """

    query: str
    signals: Mapping[str, float]
    threshold: float
    candidates: tuple[Candidate, ...]
    timings_ms: Mapping[str, int]

    def outcomes(self) -> Mapping[tuple[Fate, str], int]:
        """How many candidates came to the same end for the same reason, in order of rank; the cited ones left out."""
        return Counter((each.fate, each.reason) for each in self.candidates if each.reason)

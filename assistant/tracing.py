"""Notes taken while a question is answered.

Owns: the time of each step, and what became of each passage that was found. Refuses: any influence on the answer.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TypeVar

from assistant.domain import ScoredPassage
from assistant.titles import passage_title
from assistant.trace import MAX_CANDIDATES, Candidate, Fate, Trace

_QUERY_CHARS = 2_000
_TITLE_CHARS = 200
_UNUSED = "no sentence of it was used"
_UNSUPPORTED = "cited by the writer, but its words do not carry the sentence"
_NOT_READ = "not among the best {count}"
_REFUSED = "the question was refused before anything was written"

Piece = TypeVar("Piece")


class Tracing:
    """The notes on one question; ``clock`` returns seconds."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._timings_s: dict[str, float] = {}
        self.note("", (), {}, 0.0)

    def note(self, query: str, found: Sequence[ScoredPassage], signals: Mapping[str, float], threshold: float) -> None:
        """Note what was searched for, all that was found (also what no writer will be given), and its judgement."""
        self._query = query[:_QUERY_CHARS]
        self._found = found
        self._signals = signals
        self._threshold = threshold

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Take the time of the block; a step that is taken again adds to its time."""
        started_s = self._clock()
        try:
            yield
        finally:
            self._timings_s[name] = self._timings_s.get(name, 0.0) + self._clock() - started_s

    def timed(self, name: str, pieces: Iterable[Piece]) -> Iterator[Piece]:
        """The pieces; only the time they take to come counts, not what is done with them."""
        iterator = iter(pieces)
        while True:
            with self.step(name):
                try:
                    piece = next(iterator)
                except StopIteration:
                    return
            yield piece

    def trace(self, read: Sequence[ScoredPassage], cited: Collection[str], claimed: Collection[str]) -> Trace:
        """The notes as they are kept.

        ``read`` are the passages a writer was given, none if it was not asked; ``cited`` are the ids of those the
        answer cites, ``claimed`` of those the writer cited, whether or not that was true.
        """
        read_ids = {scored.passage.id for scored in read}
        known = {scored.passage.id for scored in self._found}
        everything = [*self._found, *(scored for scored in read if scored.passage.id not in known)]

        def fate(passage_id: str) -> tuple[Fate, str]:
            if passage_id in cited:
                return Fate.CITED, ""
            if passage_id in read_ids:
                return Fate.READ, _UNSUPPORTED if passage_id in claimed else _UNUSED
            return Fate.DROPPED, _NOT_READ.format(count=len(read)) if read else _REFUSED

        candidates = [
            Candidate(
                rank,
                scored.passage.id,
                passage_title(scored.passage)[:_TITLE_CHARS],
                scored.score,
                scored.dense,
                scored.lexical,
                *fate(scored.passage.id),
            )
            # What only the writer was given comes last, whatever place it had among its passages.
            for rank, scored in enumerate(everything[:MAX_CANDIDATES], start=1)
        ]
        timings_ms = {name: round(seconds * 1000) for name, seconds in self._timings_s.items()}
        return Trace(self._query, self._signals, self._threshold, tuple(candidates), timings_ms)

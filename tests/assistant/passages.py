"""Passages for tests: short to write, whole enough for every module that reads them."""

from __future__ import annotations

from assistant.domain import Passage, PassageKind, ScoredPassage

BREAKER = "13. Resiliency Patterns > Circuit Breaker Pattern"


def passage(
    id_: str,
    text: str,
    *,
    section: str = "How it works",
    kind: PassageKind = PassageKind.NOTES,
    module: int | None = 13,
    topic: str | None = "circuit-breaker",
    url: str | None = None,
    of: str = BREAKER,
) -> Passage:
    """A passage of the notes on circuit breakers, unless said otherwise."""
    return Passage(id_, "notes/13.md", kind, module, topic, f"{of} > {section}", text, url)


def ranked(*passages: Passage, scores: tuple[float, ...] = ()) -> tuple[ScoredPassage, ...]:
    """The passages as retrieval returns them: the best first, each half as good as the one before by default."""
    given = scores or tuple(0.5**place for place in range(len(passages)))
    pairs = zip(passages, given, strict=True)
    return tuple(ScoredPassage(rank, each, score, score, 3.0) for rank, (each, score) in enumerate(pairs, start=1))

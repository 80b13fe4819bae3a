"""Which roadmap topic the learner's own material is about.

Owns: the nearest topic of each chunk outside the roadmap: that of the nearest passage of the notes.
Refuses: changing what the roadmap's own passages say.
"""

from __future__ import annotations

import numpy as np

from assistant.domain import OUTSIDE_THE_ROADMAP, PassageKind
from assistant.embedding import Matrix
from assistant.library import Library

NEAR_ENOUGH = 0.5
"""Cosine similarity to the nearest passage of the notes below which a chunk belongs to no topic."""


def match_topics(library: Library, fingerprint: str) -> None:
    """Say of every chunk outside the roadmap which topic it belongs to, or that it belongs to none."""
    outside = [chunk for chunk in library.chunks() if chunk.passage.kind in OUTSIDE_THE_ROADMAP]
    notes = [chunk for chunk in library.chunks() if chunk.passage.kind is PassageKind.NOTES and chunk.passage.topic]
    if not outside or not notes:
        return
    known: Matrix = np.stack([library.embedding(chunk.embedding_key, fingerprint) for chunk in notes])
    topics: dict[str, str | None] = {}
    for chunk in outside:
        similarity = known @ library.embedding(chunk.embedding_key, fingerprint)
        nearest = int(np.argmax(similarity))
        topics[chunk.passage.id] = notes[nearest].passage.topic if similarity[nearest] >= NEAR_ENOUGH else None
    library.set_topics(topics)

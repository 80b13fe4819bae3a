"""Which roadmap topic the learner's own material is about.

Owns: the nearest topic of each chunk outside the roadmap: that of the nearest passage of the notes.
Refuses: changing what the roadmap's own passages say.
"""

from __future__ import annotations

import hashlib

import numpy as np

from assistant.domain import Partition, PassageKind
from assistant.library import Library
from ingest.batching import batches

NEAR_ENOUGH = 0.5
"""Cosine similarity to the nearest passage of the notes below which a chunk belongs to no topic."""

_BATCH = 1024


def match_topics(library: Library, fingerprint: str) -> None:
    """Say of every chunk outside the roadmap which topic it belongs to, or that it belongs to none.

    Only what is new is compared, or everything if the notes have changed.
    """
    roadmap = [document for document, _ in library.documents(Partition.ROADMAP)]
    version = hashlib.sha256(repr((fingerprint, NEAR_ENOUGH, roadmap)).encode()).hexdigest()
    documents = library.unmatched(version)
    if not documents:
        return
    notes = [e for e in library.vectors(roadmap, fingerprint) if e.kind is PassageKind.NOTES and e.topic]
    if notes:
        known = np.stack([note.vector for note in notes])
        for batch in batches(library.vectors(documents, fingerprint), _BATCH):
            similarity = np.stack([chunk.vector for chunk in batch]) @ known.T
            nearest = similarity.argmax(axis=1)
            near_enough = similarity.max(axis=1) >= NEAR_ENOUGH
            library.set_topics(
                {
                    chunk.id: notes[note].topic if near else None
                    for chunk, note, near in zip(batch, nearest, near_enough, strict=True)
                }
            )
    library.mark_matched(documents, version)

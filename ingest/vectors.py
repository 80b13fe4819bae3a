"""The vectors of a generation that is being built: made from nothing, or from a copy of the generation before.

Building the graph of 100,000 vectors takes minutes; copying it and changing what changed takes seconds. The generation
before is only read.
Owns: choosing between the two.
Refuses: publishing (``ingest.publish``) and the store's settings (``assistant.vectors``).
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path

import numpy as np

from assistant.domain import Partition
from assistant.errors import IndexBroken
from assistant.generation import PASSAGES, ROWS, VECTORS, Manifest, read_manifest
from assistant.library import Embedded, Library
from assistant.sqlite import open_snapshot, translated
from assistant.vectors import VectorStore
from ingest.batching import batches
from ingest.failpoints import Failpoint, reach
from ingest.progress import Progress
from ingest.seal import Seal, unbroken_seal

_Changes = Mapping[Partition, tuple[Sequence[str], Sequence[str]]]
"""For each partition the ids that are gone and those that are new; an id stands for its text and its vector."""

_BATCH = 1000
"""Vectors that a store takes at once; it takes more, but holds them twice."""
_MAX_REMOVED = 0.1
"""Removed vectors stay in a graph, unseen; above this share of those in use it is built anew."""


def write_vectors(building: Path, library: Library, manifest: Manifest, before: Path | None, progress: Progress) -> int:
    """Write the vectors of the passages in ``building``; returns how many removed ones their graph still carries."""
    seal = _usable(before, manifest) if before else None
    if before and seal:
        changes = _changes(building / PASSAGES, before / PASSAGES)
        removed = seal.removed + sum(len(gone) for gone, _ in changes.values())
        if removed <= _MAX_REMOVED * manifest.passages:
            _copy(before / VECTORS, building / VECTORS)
            _change(building / VECTORS, library, manifest, changes, progress)
            return removed
    done = 0
    with VectorStore.create(building / VECTORS, manifest.partitions) as store:
        for partition in manifest.partitions:
            documents = (document for document, _ in library.documents(partition))
            for batch in batches(library.vectors(documents, manifest.fingerprint), _BATCH):
                _add(store, partition, batch)
                done += len(batch)
                progress(done, manifest.passages)
    return 0


def _copy(before: Path, vectors: Path) -> None:
    try:
        shutil.copytree(before, vectors)
    except shutil.Error as error:
        # Its errors have no code: whether the disk is full is found out by measuring, as with Chroma's own.
        raise IndexBroken(f"{before} cannot be copied: {error}") from error


def _change(vectors: Path, library: Library, manifest: Manifest, changes: _Changes, progress: Progress) -> None:
    done, total = 0, sum(len(new) for _, new in changes.values())
    with VectorStore.open(vectors, manifest.partitions) as store:
        for partition in manifest.partitions:
            gone, new = changes[partition]
            for ids in batches(gone, _BATCH):
                store.remove(partition, ids)
            for batch in batches(library.vectors_of(new, manifest.fingerprint), _BATCH):
                _add(store, partition, batch)
                done += len(batch)
                progress(done, total)


def _usable(before: Path, manifest: Manifest) -> Seal | None:
    try:
        known = read_manifest(before)
    except IndexBroken:
        return None
    same = (known.fingerprint, known.dimension, known.partitions) == (
        manifest.fingerprint,
        manifest.dimension,
        manifest.partitions,
    )
    return unbroken_seal(before) if same else None


def _changes(path: Path, before: Path) -> _Changes:
    with translated(path), closing(open_snapshot(path)) as database:
        database.execute("ATTACH ? AS before", (f"{before.resolve().as_uri()}?mode=ro&immutable=1",))
        return {
            partition: (
                _only_in(database, "before.passages", "main.passages", partition),
                _only_in(database, "main.passages", "before.passages", partition),
            )
            for partition in Partition
        }


def _only_in(database: sqlite3.Connection, table: str, other: str, partition: Partition) -> list[str]:
    query = f"SELECT id FROM {table} WHERE rowid BETWEEN ? AND ? EXCEPT SELECT id FROM {other}"  # noqa: S608 - ours
    return [row["id"] for row in database.execute(query, ROWS[partition])]


def _add(store: VectorStore, partition: Partition, batch: Sequence[Embedded]) -> None:
    store.add(partition, [chunk.id for chunk in batch], np.stack([chunk.vector for chunk in batch]))
    reach(Failpoint.MID_BUILD)

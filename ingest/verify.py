"""Proof that a generation is whole; run as a process of its own: ``python -m ingest.verify DIRECTORY``.

Owns: the checks. Refuses: repairing anything.
"""

from __future__ import annotations

import faulthandler
import os
import sqlite3
import sys
import threading
from contextlib import closing
from pathlib import Path

from assistant.domain import Partition
from assistant.errors import IndexBroken, StudyError
from assistant.generation import PASSAGES, ROWS, VECTORS, Manifest, read_manifest
from assistant.sqlite import open_snapshot, translated
from assistant.vectors import VectorStore
from ingest.batching import batches

TIMEOUT_S = 300.0
END_WITH_STDIN = "--end-with-stdin"
"""Argument of a caller that keeps standard input open for as long as it wants to know."""
_BATCH = 1000
_PROBES = 50
_SAME = 0.999
"""Cosine similarity above which two vectors count as the same text."""


def verify_generation(generation: Path) -> int:
    """Check that both stores hold exactly the manifest's passages and find their own vectors; returns their number.

    Raises:
        IndexBroken: naming the first check that failed.
    """
    manifest = read_manifest(generation)
    path = generation / PASSAGES
    with (
        translated(path),
        closing(open_snapshot(path)) as database,
        VectorStore.open(generation / VECTORS, manifest.partitions) as store,
    ):
        _check_passages(database, manifest)
        for partition in manifest.partitions:
            _check_vectors(store, database, partition, manifest)
    return manifest.passages


def _check_passages(database: sqlite3.Connection, manifest: Manifest) -> None:
    result = database.execute("PRAGMA integrity_check").fetchone()[0]
    if result != "ok":
        raise IndexBroken(f"{PASSAGES} is damaged: {result}")
    for partition in Partition:
        expected = manifest.count(partition)
        found = database.execute("SELECT count(*) FROM passages WHERE rowid BETWEEN ? AND ?", ROWS[partition])
        if (count := found.fetchone()[0]) != expected:
            raise IndexBroken(f"{PASSAGES} holds {count} passages ({partition}), the manifest says {expected}.")
    indexed = database.execute("SELECT count(*) FROM passages_fts_docsize").fetchone()[0]
    if indexed != manifest.passages:
        raise IndexBroken(f"{PASSAGES} indexes {indexed} of {manifest.passages} passages.")


def _check_vectors(store: VectorStore, database: sqlite3.Connection, partition: Partition, manifest: Manifest) -> None:
    rows = database.execute("SELECT id FROM passages WHERE rowid BETWEEN ? AND ? ORDER BY rowid", ROWS[partition])
    missing = 0
    probes: list[str] = []
    step = max(1, manifest.count(partition) // _PROBES)
    for batch in batches((row["id"] for row in rows), _BATCH):
        missing += len(store.missing(partition, batch))
        probes += batch[::step]
    # Ids are unique in both stores: as many vectors as passages, and one for each, leaves none over.
    only_in_one = 2 * missing + store.count(partition) - manifest.count(partition)
    if only_in_one:
        raise IndexBroken(f"{only_in_one} passages are only in one of the two stores.")
    vectors = store.vectors(partition, probes)
    if vectors.shape != (len(probes), manifest.dimension):
        raise IndexBroken(f"vectors have shape {vectors.shape}, expected {(len(probes), manifest.dimension)}.")
    if any(max(nearest.values()) < _SAME for nearest in store.nearest(partition, vectors, k=1)):
        raise IndexBroken("a passage is not the nearest neighbour of its own vector.")


def main() -> int:
    """Verify the directory named on the command line; exit 0 if whole, 1 with the reason on stderr if not."""
    # Damaged stores have been seen to hang; this works even where nothing else in the process does.
    faulthandler.dump_traceback_later(TIMEOUT_S, exit=True)
    if END_WITH_STDIN in sys.argv[2:]:
        threading.Thread(target=_end_with_stdin, daemon=True).start()
    try:
        verify_generation(Path(sys.argv[1]))
    except StudyError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def _end_with_stdin() -> None:
    os.read(0, 1)
    os._exit(1)


if __name__ == "__main__":
    sys.exit(main())

"""Proof that a generation is whole; run as a process of its own: ``python -m ingest.verify DIRECTORY``.

Owns: the checks. Refuses: repairing anything.
"""

from __future__ import annotations

import faulthandler
import os
import sys
import threading
from contextlib import closing
from pathlib import Path

from assistant.domain import Partition
from assistant.errors import IndexBroken, StudyError
from assistant.generation import OUTSIDE_ROWS, PASSAGES, VECTORS, read_manifest
from assistant.sqlite import open_snapshot, translated
from assistant.vectors import VectorStore

TIMEOUT_S = 300.0
END_WITH_STDIN = "--end-with-stdin"
"""Argument of a caller that keeps standard input open for as long as it wants to know."""
_PROBES = 50
_SAME = 0.999
"""Cosine similarity above which two vectors count as the same text."""


def verify_generation(generation: Path) -> int:
    """Check that both stores hold exactly the manifest's passages and find their own vectors; returns their number.

    Raises:
        IndexBroken: naming the first check that failed.
    """
    manifest = read_manifest(generation)
    ids = _passage_ids(generation / PASSAGES)
    for partition, found in ids.items():
        if len(found) != manifest.count(partition):
            raise IndexBroken(
                f"{PASSAGES} holds {len(found)} passages ({partition}), the manifest says {manifest.count(partition)}."
            )
    with VectorStore.open(generation / VECTORS, manifest.partitions) as store:
        for partition in manifest.partitions:
            _check_vectors(store, partition, ids[partition], manifest.dimension)
    return manifest.passages


def _passage_ids(path: Path) -> dict[Partition, list[str]]:
    with translated(path), closing(open_snapshot(path)) as database:
        result = database.execute("PRAGMA integrity_check").fetchone()[0]
        if result != "ok":
            raise IndexBroken(f"{path.name} is damaged: {result}")
        indexed = database.execute("SELECT count(*) FROM passages_fts_docsize").fetchone()[0]
        rows = database.execute("SELECT rowid < ? AS roadmap, id FROM passages ORDER BY rowid", (OUTSIDE_ROWS,))
        ids: dict[Partition, list[str]] = {partition: [] for partition in Partition}
        for row in rows:
            ids[Partition.ROADMAP if row["roadmap"] else Partition.OUTSIDE].append(row["id"])
    passages = sum(map(len, ids.values()))
    if indexed != passages:
        raise IndexBroken(f"{path.name} indexes {indexed} of {passages} passages.")
    return ids


def _check_vectors(store: VectorStore, partition: Partition, ids: list[str], dimension: int) -> None:
    only_in_one = store.ids(partition) ^ set(ids)
    if only_in_one:
        raise IndexBroken(f"{len(only_in_one)} passages are only in one of the two stores.")
    probes = ids[:: max(1, len(ids) // _PROBES)]
    vectors = store.vectors(partition, probes)
    if vectors.shape != (len(probes), dimension):
        raise IndexBroken(f"vectors have shape {vectors.shape}, expected {(len(probes), dimension)}.")
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

"""Library to published generation.

Owns: building a generation beside the one in use and proving it in a subprocess. A reader sees the old generation or
the new one, never anything between. Refuses: names and the pointer (``ingest.generations``).
"""

from __future__ import annotations

import logging
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from assistant.disk import disk_full, has_room, storage_error
from assistant.domain import Partition, Passage
from assistant.errors import IndexBroken
from assistant.generation import (
    MANIFEST,
    PASSAGES,
    PASSAGES_SCHEMA,
    ROWS,
    VECTORS,
    Manifest,
    current_generation,
    manifest_json,
)
from assistant.library import Library
from assistant.sqlite import open_database, transaction
from ingest.failpoints import Failpoint, reach
from ingest.generations import next_generation, put_in_use, tidy, unfinished
from ingest.progress import OnStage, Progress, quietly
from ingest.seal import write_seal
from ingest.vectors import write_vectors
from ingest.verify import END_WITH_STDIN, TIMEOUT_S

_log = logging.getLogger(__name__)
_BYTES_PER_NUMBER = 4
_SPARE_BYTES = 1_000_000
"""What a generation takes beside its vectors, at the least."""
REBUILD = "INSERT INTO passages_fts (passages_fts) VALUES ('rebuild')"
"""Makes the word index of the passages."""


def publish(
    library: Library, index_dir: Path, manifest: Manifest, progress: Progress, on_stage: OnStage = quietly
) -> Path:
    """Build, verify and publish a new generation; returns its directory.

    Raises:
        IndexBroken: the built generation failed its verification.
        StorageError: the disk refused. In both cases the generation in use is untouched.
    """
    try:
        index_dir.mkdir(parents=True, exist_ok=True)
        generation = next_generation(index_dir)
        building = unfinished(generation)
        building.mkdir()
        try:
            _write(building, library, manifest, current_generation(index_dir), progress, on_stage)
            put_in_use(building, generation)
        except BaseException:
            # On a full disk the half-built generation is what fills it.
            shutil.rmtree(building, ignore_errors=True)
            raise
        finally:
            tidy(index_dir)
    except OSError as error:
        raise storage_error(error, index_dir, "written") from error
    return generation


def _write(
    building: Path, library: Library, manifest: Manifest, before: Path | None, progress: Progress, on_stage: OnStage
) -> None:
    on_stage("Publishing")
    try:
        _write_passages(building / PASSAGES, library)
        (building / MANIFEST).write_text(manifest_json(manifest), encoding="utf-8")
        try:
            removed = _write_proved(building, library, manifest, before, progress, on_stage)
        except IndexBroken as error:
            # What was copied may be to blame, and would be in every build to come.
            _log.info("building all vectors anew: %s", error)
            shutil.rmtree(building / VECTORS, ignore_errors=True)
            removed = _write_proved(building, library, manifest, None, progress, on_stage)
        write_seal(building, removed)
    except IndexBroken as error:
        # Chroma does not say why it could not write, or does not even notice.
        size_bytes = _SPARE_BYTES + manifest.passages * manifest.dimension * _BYTES_PER_NUMBER
        if has_room(building, size_bytes):
            raise
        raise disk_full(building.parent) from error


def _write_proved(
    building: Path, library: Library, manifest: Manifest, before: Path | None, progress: Progress, on_stage: OnStage
) -> int:
    removed = write_vectors(building, library, manifest, before, progress)
    reach(Failpoint.BEFORE_VERIFY)
    on_stage("Verifying")
    verify_in_subprocess(building)
    return removed


def _write_passages(path: Path, library: Library) -> None:
    connection = open_database(path, (PASSAGES_SCHEMA,))
    try:
        with transaction(connection, path):
            connection.executemany(
                "INSERT INTO passages (rowid, id, source, kind, module, topic, heading, text, url)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                ((row, p.id, p.source, p.kind.value, p.module, p.topic, p.heading, p.text, p.url)
                 for row, p in _numbered(library)),
            )  # fmt: skip
            connection.execute(REBUILD)
            connection.execute("INSERT INTO passages_fts (passages_fts) VALUES ('optimize')")
        # Readers open the file as immutable, which needs everything in the one file and no write-ahead log.
        connection.execute("PRAGMA journal_mode=DELETE")
    finally:
        connection.close()


def _numbered(library: Library) -> Iterator[tuple[int, Passage]]:
    for partition in Partition:
        yield from enumerate((chunk.passage for chunk in library.chunks(partition)), start=ROWS[partition][0])


def verify_in_subprocess(generation: Path) -> None:
    """Prove a generation whole, in a process of its own: a damaged vector store can hang or kill who opens it.

    Raises:
        IndexBroken: it is not whole, or did not answer in time.
        DiskFull: there is no room to find out.
    """
    try:
        _run_verification(generation)
    except IndexBroken as error:
        if has_room(generation.parent, _SPARE_BYTES):
            raise
        raise disk_full(generation) from error


def _run_verification(generation: Path) -> None:
    command = [sys.executable, "-m", "ingest.verify", str(generation), END_WITH_STDIN]
    # The system closes the writing end when this process dies, however it dies, and the verification then ends, too.
    read_end, write_end = os.pipe()
    try:
        subprocess.run(  # noqa: S603
            command, check=True, timeout=TIMEOUT_S, stdin=read_end, capture_output=True, text=True
        )
    except subprocess.TimeoutExpired as error:
        raise IndexBroken("The index did not answer in time.") from error
    except subprocess.CalledProcessError as error:
        _log.error("verification of %s failed: %s", generation, error.stderr)
        reason = error.stderr.strip().splitlines()[-1:] or ["no reason given"]
        raise IndexBroken(f"The index in {generation} is not whole: {reason[0]}") from error
    finally:
        os.close(read_end)
        os.close(write_end)

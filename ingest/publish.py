"""Library to published generation.

Owns: building a generation beside the one in use, proving it in a subprocess, and swapping the pointer. A reader
sees the old generation or the new one, never anything between.
"""

from __future__ import annotations

import errno
import itertools
import logging
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from assistant.errors import DiskFull, IndexBroken, StorageError
from assistant.generation import (
    MANIFEST,
    PASSAGES,
    PASSAGES_SCHEMA,
    POINTER,
    VECTORS,
    Manifest,
    generation_name,
    generation_number,
    manifest_json,
)
from assistant.library import Chunk, Library
from assistant.sqlite import open_database, transaction
from assistant.vectors import VectorStore

_log = logging.getLogger(__name__)
_VERIFY_TIMEOUT_S = 300.0
REBUILD = "INSERT INTO passages_fts (passages_fts) VALUES ('rebuild')"
"""Makes the word index of the passages."""


def publish(library: Library, index_dir: Path, manifest: Manifest) -> Path:
    """Build, verify and publish a new generation; returns its directory.

    Raises:
        IndexBroken: the built generation failed its verification.
        StorageError: the disk refused. In both cases the generation in use is untouched.
    """
    try:
        index_dir.mkdir(parents=True, exist_ok=True)
        _remove_leftovers(index_dir)
        name = generation_name(1 + max(_published(index_dir), default=0))
        building = index_dir / f"{name}.tmp"
        building.mkdir()
        try:
            _write(building, library, manifest)
            published = building.rename(index_dir / name)
        except BaseException:
            # On a full disk the half-built generation is what fills it.
            shutil.rmtree(building, ignore_errors=True)
            raise
        _point_to(index_dir, name)
        _prune(index_dir)
    except OSError as error:
        raise _translated(error, index_dir) from error
    return published


def _write(building: Path, library: Library, manifest: Manifest) -> None:
    _write_passages(building / PASSAGES, library.chunks())
    _write_vectors(building / VECTORS, library, manifest.fingerprint)
    (building / MANIFEST).write_text(manifest_json(manifest), encoding="utf-8")
    verify_in_subprocess(building)
    _sync_tree(building)


def _translated(error: OSError, index_dir: Path) -> StorageError:
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return DiskFull(f"The disk of {index_dir} is full. Free some space and build again; the old index stays.")
    return StorageError(f"{index_dir} cannot be written: {error.strerror}. The old index stays.")


def _write_passages(path: Path, chunks: Iterable[Chunk]) -> None:
    connection = open_database(path, (PASSAGES_SCHEMA,))
    try:
        with transaction(connection, path):
            connection.executemany(
                "INSERT INTO passages (id, source, kind, module, topic, heading, text, url)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                ((p.id, p.source, p.kind.value, p.module, p.topic, p.heading, p.text, p.url)
                 for p in (chunk.passage for chunk in chunks)),
            )  # fmt: skip
            connection.execute(REBUILD)
            connection.execute("INSERT INTO passages_fts (passages_fts) VALUES ('optimize')")
        # Readers open the file as immutable, which needs everything in the one file and no write-ahead log.
        connection.execute("PRAGMA journal_mode=DELETE")
    finally:
        connection.close()


def _write_vectors(directory: Path, library: Library, fingerprint: str) -> None:
    with VectorStore.create(directory) as store:
        chunks = library.chunks()
        while batch := list(itertools.islice(chunks, store.batch_size)):
            vectors = np.stack([library.embedding(chunk.embedding_key, fingerprint) for chunk in batch])
            store.add([chunk.passage.id for chunk in batch], vectors)


def verify_in_subprocess(generation: Path) -> None:
    """Prove a generation whole, in a process of its own: a damaged vector store can hang or kill who opens it.

    Raises:
        IndexBroken: it is not whole, or did not answer in time.
    """
    command = [sys.executable, "-m", "ingest.verify", str(generation)]
    try:
        subprocess.run(command, check=True, timeout=_VERIFY_TIMEOUT_S, capture_output=True, text=True)  # noqa: S603
    except subprocess.TimeoutExpired as error:
        raise IndexBroken("The index did not answer in time.") from error
    except subprocess.CalledProcessError as error:
        _log.error("verification of %s failed: %s", generation, error.stderr)
        reason = error.stderr.strip().splitlines()[-1:] or ["no reason given"]
        raise IndexBroken(f"The index in {generation} is not whole: {reason[0]}") from error


def _point_to(index_dir: Path, name: str) -> None:
    pending = index_dir / f"{POINTER}.tmp"
    with pending.open("w", encoding="utf-8") as file:
        file.write(name + "\n")
        file.flush()
        os.fsync(file.fileno())
    pending.replace(index_dir / POINTER)
    _sync(index_dir)


def _published(index_dir: Path) -> Sequence[int]:
    numbers = (generation_number(path.name) for path in index_dir.iterdir())
    return [number for number in numbers if number is not None]


def _remove_leftovers(index_dir: Path) -> None:
    for path in index_dir.glob("gen-*.tmp"):
        _log.info("removing %s, left by an interrupted build", path.name)
        shutil.rmtree(path)


def _prune(index_dir: Path) -> None:
    # The generation before the current one stays: a reader may still be answering from it.
    for number in sorted(_published(index_dir))[:-2]:
        shutil.rmtree(index_dir / generation_name(number))


def _sync_tree(directory: Path) -> None:
    for path in (*directory.rglob("*"), directory):
        _sync(path)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

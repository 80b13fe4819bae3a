"""The truth about what has been ingested, in one SQLite file.

Owns: sources with their status, the documents they hold, chunks, and the embedding cache keyed by content and model.
The published index is derived from this file and can be rebuilt from it at any time. Refuses: searching
(``assistant.index``), making embeddings, and knowing where sources come from (``ingest``).
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
import numpy.typing as npt

from assistant.domain import Partition, Passage, PassageKind
from assistant.library_schema import MIGRATIONS
from assistant.sqlite import open_database, transaction, translated

Vector = npt.NDArray[np.float32]


class Origin(StrEnum):
    """Where a source comes from: our corpus, the learner, or the catalogue of linked resources."""

    CORPUS = "corpus"
    OWN = "own"
    CATALOGUE = "catalogue"


_ORIGINS = {Partition.ROADMAP: (Origin.CORPUS,), Partition.OUTSIDE: (Origin.OWN, Origin.CATALOGUE)}


class SourceStatus(StrEnum):
    """What became of a source the last time it was read."""

    INDEXED = "indexed"
    SKIPPED = "skipped"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Chunk:
    """A passage and the key of its embedding (a hash of exactly the text that is embedded)."""

    passage: Passage
    embedding_key: str


@dataclass(frozen=True, slots=True)
class Source:
    """One thing that was read.

    ``id`` is its path within the corpus, its absolute path, or its URL; ``root`` is what was added for it to be read
    (the folder it lies in, or itself). ``reason`` says why it is not indexed, or is empty. ``content_hash`` identifies
    the bytes that were read; ``etag`` and ``last_modified`` are what a web server said of them. ``document_id`` names
    the document it holds; two sources with the same content share one. ``chunks`` counts the document's chunks.
    """

    id: str
    origin: Origin
    root: str
    title: str
    status: SourceStatus
    reason: str = ""
    content_hash: str = ""
    document_id: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    chunks: int = 0


class Library:
    """The open library file. Use as a context manager."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._connection = open_database(path, MIGRATIONS)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; the library cannot be used afterwards."""
        self._connection.close()

    def sources(self, origin: Origin | None = None) -> tuple[Source, ...]:
        """Every source, or those of one origin, by id."""
        rows = self._rows(
            "SELECT s.*, (SELECT count(*) FROM chunks c WHERE c.document_id = s.document_id) AS chunks FROM sources s"
            " WHERE ? IN ('', s.origin) ORDER BY s.id",
            origin.value if origin else "",
        )
        return tuple(_source(row) for row in rows)

    def has_document(self, document_id: str) -> bool:
        """Whether a document is stored already, whichever source it came from."""
        return any(True for _ in self._rows("SELECT 1 FROM documents WHERE id = ?", document_id))

    def put(self, source: Source, chunks: Sequence[Chunk] | None = None) -> None:
        """Store a source in place of what was known of it, in one transaction.

        ``chunks`` are those of its document if the document is new; a document that no source holds is forgotten.
        """
        with transaction(self._connection, self.path):
            if chunks is not None and source.document_id is not None:
                # What the source held goes first: an edited document has most of its passage ids in common with it.
                self._connection.execute("DELETE FROM sources WHERE id = ?", (source.id,))
                self._forget_orphans()
                self._connection.execute("INSERT INTO documents VALUES (?)", (source.document_id,))
                self._connection.executemany(
                    "INSERT INTO chunks VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    [_chunk_row(source.document_id, ordinal, chunk) for ordinal, chunk in enumerate(chunks)],
                )
            self._connection.execute(
                "INSERT OR REPLACE INTO sources VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", _source_row(source)
            )
            self._forget_orphans()

    def remove(self, source_ids: Iterable[str]) -> None:
        """Forget sources and what only they held; cached embeddings stay, so that undoing costs nothing."""
        with transaction(self._connection, self.path):
            self._connection.executemany("DELETE FROM sources WHERE id = ?", [(source,) for source in source_ids])
            self._forget_orphans()

    def chunks(self, partition: Partition | None = None) -> Iterator[Chunk]:
        """Every chunk of a partition, or all of them, the roadmap's first, in a fixed order.

        A passage's ``source`` is the first of those that hold its document. No more than one document is in memory.
        """
        for part in (partition,) if partition else Partition:
            origins = ",".join(f"'{origin}'" for origin in _ORIGINS[part])
            documents = self._rows(
                "SELECT document_id, min(id) AS source FROM sources"  # noqa: S608 - names of ours
                f" WHERE document_id IS NOT NULL AND origin IN ({origins}) GROUP BY document_id ORDER BY source"
            )
            for document, source in documents:
                rows = self._rows("SELECT * FROM chunks WHERE document_id = ? ORDER BY ordinal", document)
                yield from (_chunk(row, source) for row in rows)

    def kinds(self) -> dict[PassageKind, int]:
        """How many chunks there are of each kind; kinds without any are left out."""
        rows = self._rows("SELECT kind, count(*) AS n FROM chunks GROUP BY kind ORDER BY kind")
        return {PassageKind(row["kind"]): row["n"] for row in rows}

    def topics_by_document(self) -> dict[str, dict[str, int]]:
        """What documents outside the corpus are about: document id -> topic id -> its chunks, the most first."""
        rows = self._rows(
            "SELECT document_id, topic, count(*) AS n FROM chunks WHERE topic IS NOT NULL AND document_id IN"
            " (SELECT document_id FROM sources WHERE origin <> ?)"
            " GROUP BY document_id, topic ORDER BY n DESC, topic",
            Origin.CORPUS.value,
        )
        found: dict[str, dict[str, int]] = {}
        for row in rows:
            found.setdefault(row["document_id"], {})[row["topic"]] = row["n"]
        return found

    def set_topics(self, topics: Mapping[str, str | None]) -> None:
        """Say which roadmap topic chunks belong to: chunk id -> topic id, or None for none."""
        with transaction(self._connection, self.path):
            self._connection.executemany(
                "UPDATE chunks SET topic = ? WHERE id = ? AND topic IS NOT ?",
                [(topic, chunk, topic) for chunk, topic in topics.items()],
            )

    def content_hash(self) -> str:
        """Changes exactly when a chunk or its order does."""
        digest = hashlib.sha256()
        for chunk in self.chunks():
            digest.update(repr(chunk).encode())
        return digest.hexdigest()

    def missing_embeddings(self, fingerprint: str) -> frozenset[str]:
        """Embedding keys of chunks that have no vector of this model yet."""
        rows = self._rows(
            "SELECT DISTINCT embedding_key FROM chunks EXCEPT"
            " SELECT embedding_key FROM embeddings WHERE fingerprint = ?",
            fingerprint,
        )
        return frozenset(row["embedding_key"] for row in rows)

    def store_embeddings(self, fingerprint: str, vectors: Iterable[tuple[str, Vector]]) -> None:
        """Cache vectors (float32, shape ``(dimension,)``) under their keys; storing one twice changes nothing."""
        rows = [(key, fingerprint, vector.astype("<f4").tobytes()) for key, vector in vectors]
        with transaction(self._connection, self.path):
            self._connection.executemany("INSERT OR IGNORE INTO embeddings VALUES (?, ?, ?)", rows)

    def embedding(self, key: str, fingerprint: str) -> Vector:
        """The cached vector, float32 of shape ``(dimension,)``.

        Raises:
            KeyError: nothing is cached under that key for that model.
        """
        rows = self._rows("SELECT vector FROM embeddings WHERE embedding_key = ? AND fingerprint = ?", key, fingerprint)
        for row in rows:
            return np.frombuffer(row["vector"], dtype="<f4").astype(np.float32)
        raise KeyError(key)

    def forget_unused_embeddings(self) -> int:
        """Drop cached vectors that no chunk uses any more; returns how many."""
        with transaction(self._connection, self.path):
            cursor = self._connection.execute(
                "DELETE FROM embeddings WHERE embedding_key NOT IN (SELECT embedding_key FROM chunks)"
            )
        return cursor.rowcount

    def _forget_orphans(self) -> None:
        self._connection.execute(
            "DELETE FROM documents WHERE id NOT IN (SELECT document_id FROM sources WHERE document_id IS NOT NULL)"
        )

    def _rows(self, sql: str, *parameters: str) -> Iterator[sqlite3.Row]:
        with translated(self.path):
            yield from self._connection.execute(sql, parameters)


def _source(row: sqlite3.Row) -> Source:
    return Source(**{**dict(row), "origin": Origin(row["origin"]), "status": SourceStatus(row["status"])})


def _source_row(source: Source) -> tuple[str | None, ...]:
    return (
        source.id,
        source.origin.value,
        source.root,
        source.title,
        source.status.value,
        source.reason,
        source.content_hash,
        source.document_id,
        source.etag,
        source.last_modified,
    )


def _chunk(row: sqlite3.Row, source: str) -> Chunk:
    passage = Passage(
        id=row["id"],
        source=source,
        kind=PassageKind(row["kind"]),
        module=row["module"],
        topic=row["topic"],
        heading=row["heading"],
        text=row["text"],
        url=row["url"],
    )
    return Chunk(passage, row["embedding_key"])


def _chunk_row(document_id: str, ordinal: int, chunk: Chunk) -> tuple[object, ...]:
    passage = chunk.passage
    return (
        passage.id,
        document_id,
        ordinal,
        passage.kind.value,
        passage.module,
        passage.topic,
        passage.heading,
        passage.text,
        passage.url,
        chunk.embedding_key,
    )

"""The truth about what has been ingested, in one SQLite file.

Owns: sources, their chunks, and the embedding cache keyed by content and model. The published index is derived from
this file and can be rebuilt from it at any time. Refuses: searching (``assistant.index``) and making embeddings.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
import numpy.typing as npt

from assistant.domain import Passage, PassageKind
from assistant.sqlite import open_database, transaction, translated

Vector = npt.NDArray[np.float32]

_MIGRATIONS = (
    """
    CREATE TABLE sources (
        id TEXT PRIMARY KEY,
        title TEXT NOT NULL,
        content_hash TEXT NOT NULL
    ) STRICT;
    CREATE TABLE chunks (
        id TEXT PRIMARY KEY,
        source_id TEXT NOT NULL REFERENCES sources (id) ON DELETE CASCADE,
        ordinal INTEGER NOT NULL,
        kind TEXT NOT NULL,
        module INTEGER,
        topic TEXT,
        heading TEXT NOT NULL,
        text TEXT NOT NULL,
        url TEXT,
        embedding_key TEXT NOT NULL
    ) STRICT;
    CREATE INDEX chunks_by_source ON chunks (source_id, ordinal);
    CREATE TABLE embeddings (
        embedding_key TEXT NOT NULL,
        fingerprint TEXT NOT NULL,
        vector BLOB NOT NULL,
        PRIMARY KEY (embedding_key, fingerprint)
    ) STRICT, WITHOUT ROWID;
    """,
)


@dataclass(frozen=True, slots=True)
class Chunk:
    """A passage and the key of its embedding (a hash of exactly the text that is embedded)."""

    passage: Passage
    embedding_key: str


@dataclass(frozen=True, slots=True)
class Source:
    """One ingested document: ``id`` is its path relative to the corpus, ``chunks`` how many it was split into."""

    id: str
    title: str
    content_hash: str
    chunks: int


class Library:
    """The open library file. Use as a context manager."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._connection = open_database(path, _MIGRATIONS)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; the library cannot be used afterwards."""
        self._connection.close()

    def sources(self) -> tuple[Source, ...]:
        """Every source, by id."""
        rows = self._rows(
            "SELECT s.id, s.title, s.content_hash, count(c.id) AS chunks FROM sources s"
            " LEFT JOIN chunks c ON c.source_id = s.id GROUP BY s.id ORDER BY s.id"
        )
        return tuple(Source(**dict(row)) for row in rows)

    def replace_source(self, source_id: str, title: str, content_hash: str, chunks: Sequence[Chunk]) -> None:
        """Store a source with its chunks in place of what it held before, in one transaction."""
        with transaction(self._connection, self.path):
            self._connection.execute("DELETE FROM sources WHERE id = ?", (source_id,))
            self._connection.execute("INSERT INTO sources VALUES (?, ?, ?)", (source_id, title, content_hash))
            self._connection.executemany(
                "INSERT INTO chunks VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [_chunk_row(source_id, ordinal, chunk) for ordinal, chunk in enumerate(chunks)],
            )

    def remove_sources(self, source_ids: Iterable[str]) -> None:
        """Forget sources and their chunks; cached embeddings stay, so that undoing costs nothing."""
        with transaction(self._connection, self.path):
            self._connection.executemany("DELETE FROM sources WHERE id = ?", [(source,) for source in source_ids])

    def chunks(self) -> Iterator[Chunk]:
        """Every chunk in a fixed order: by source, then position."""
        for row in self._rows("SELECT * FROM chunks ORDER BY source_id, ordinal"):
            passage = Passage(
                id=row["id"],
                source=row["source_id"],
                kind=PassageKind(row["kind"]),
                module=row["module"],
                topic=row["topic"],
                heading=row["heading"],
                text=row["text"],
                url=row["url"],
            )
            yield Chunk(passage, row["embedding_key"])

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

    def _rows(self, sql: str, *parameters: str) -> Iterator[sqlite3.Row]:
        with translated(self.path):
            yield from self._connection.execute(sql, parameters)


def _chunk_row(source_id: str, ordinal: int, chunk: Chunk) -> tuple[object, ...]:
    passage = chunk.passage
    return (
        passage.id,
        source_id,
        ordinal,
        passage.kind.value,
        passage.module,
        passage.topic,
        passage.heading,
        passage.text,
        passage.url,
        chunk.embedding_key,
    )

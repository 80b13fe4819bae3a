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


@dataclass(frozen=True, slots=True)
class Embedded:
    """What is needed of a chunk beside its text: ``vector`` is float32 of shape ``(dimension,)``."""

    id: str
    kind: PassageKind
    topic: str | None
    vector: Vector


_HELD = "SELECT document_id FROM sources WHERE id = ? AND document_id IS NOT NULL"
_SOURCES = "SELECT s.*, (SELECT count(*) FROM chunks c WHERE c.document_id = s.document_id) AS chunks FROM sources s"


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

    def source(self, source_id: str) -> Source | None:
        """One source, or None if there is none of that id."""
        rows = self._rows(f"{_SOURCES} WHERE s.id = ?", source_id)
        return next((_source(row) for row in rows), None)

    def sources(self, origin: Origin | None = None) -> tuple[Source, ...]:
        """Every source, or those of one origin, by id."""
        rows = self._rows(f"{_SOURCES} WHERE ? IN ('', s.origin) ORDER BY s.id", origin.value if origin else "")
        return tuple(_source(row) for row in rows)

    def has_document(self, document_id: str) -> bool:
        """Whether a document is stored already, whichever source it came from."""
        return any(True for _ in self._rows("SELECT 1 FROM documents WHERE id = ?", document_id))

    def put(self, source: Source, chunks: Sequence[Chunk] | None = None) -> None:
        """Store a source in place of what was known of it, in one transaction.

        ``chunks`` are those of its document if the document is new; a document that no source holds is forgotten.
        """
        with transaction(self._connection, self.path):
            before = [row["document_id"] for row in self._rows(_HELD, source.id)]
            if chunks is not None and source.document_id is not None:
                # What the source held goes first: an edited document has most of its passage ids in common with it.
                self._connection.execute("DELETE FROM sources WHERE id = ?", (source.id,))
                self._forget_orphans(before)
                self._connection.execute("INSERT INTO documents (id) VALUES (?)", (source.document_id,))
                self._connection.executemany(
                    "INSERT INTO chunks VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    [_chunk_row(source.document_id, ordinal, chunk) for ordinal, chunk in enumerate(chunks)],
                )
            self._connection.execute(
                "INSERT OR REPLACE INTO sources VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", _source_row(source)
            )
            self._forget_orphans(before)

    def remove(self, source_ids: Iterable[str]) -> None:
        """Forget sources and what only they held; cached embeddings stay, so that undoing costs nothing."""
        with transaction(self._connection, self.path):
            for source_id in source_ids:
                held = [row["document_id"] for row in self._rows(_HELD, source_id)]
                self._connection.execute("DELETE FROM sources WHERE id = ?", (source_id,))
                self._forget_orphans(held)

    def chunks(self, partition: Partition | None = None) -> Iterator[Chunk]:
        """Every chunk of a partition, or all of them, the roadmap's first, in a fixed order.

        A passage's ``source`` is the first of those that hold its document. No more than one document is in memory.
        """
        for part in (partition,) if partition else Partition:
            for document, source in self.documents(part):
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

    def documents(self, partition: Partition) -> list[tuple[str, str]]:
        """Every document of a partition with the first of the sources that hold it, by that source's id."""
        marks = ",".join("?" * len(_ORIGINS[partition]))
        rows = self._rows(
            "SELECT document_id, min(id) AS source FROM sources"  # noqa: S608 - question marks only
            f" WHERE document_id IS NOT NULL AND origin IN ({marks}) GROUP BY document_id ORDER BY source",
            *_ORIGINS[partition],
        )
        return [(row["document_id"], row["source"]) for row in rows]

    def count(self, partition: Partition) -> int:
        """How many chunks a partition has."""
        marks = ",".join("?" * len(_ORIGINS[partition]))
        rows = self._rows(
            "SELECT count(*) AS n FROM chunks WHERE document_id IN"  # noqa: S608 - question marks only
            f" (SELECT document_id FROM sources WHERE origin IN ({marks}))",
            *_ORIGINS[partition],
        )
        return int(next(rows)["n"])

    def set_topics(self, topics: Mapping[str, str | None]) -> None:
        """Say which roadmap topic chunks belong to: chunk id -> topic id, or None for none."""
        with transaction(self._connection, self.path):
            self._connection.executemany(
                "UPDATE chunks SET topic = ? WHERE id = ? AND topic IS NOT ?",
                [(topic, chunk, topic) for chunk, topic in topics.items()],
            )

    def unmatched(self, version: str) -> list[str]:
        """The documents outside the roadmap that ``mark_matched`` was not called for with this version."""
        matched = {row["id"] for row in self._rows("SELECT id FROM documents WHERE matched = ?", version)}
        return [document for document, _ in self.documents(Partition.OUTSIDE) if document not in matched]

    def mark_matched(self, document_ids: Iterable[str], version: str) -> None:
        """Remember which state of the notes the topics of documents come from."""
        with transaction(self._connection, self.path):
            self._connection.executemany(
                "UPDATE documents SET matched = ? WHERE id = ?", [(version, document) for document in document_ids]
            )

    def content_hash(self) -> str:
        """Changes exactly when a chunk, its topic or its order does: a document's id stands for its chunks."""
        matched = {row["id"]: row["matched"] for row in self._rows("SELECT id, matched FROM documents")}
        digest = hashlib.sha256()
        for partition in Partition:
            for document, source in self.documents(partition):
                # Without a match: a build beside us has just stored it.
                digest.update(repr((document, source, matched.get(document))).encode())
        return digest.hexdigest()

    def missing_embeddings(self, fingerprint: str) -> list[str]:
        """Ids of chunks that have no vector of this model yet, the shortest first; one for each embedding key."""
        rows = self._rows(
            "SELECT min(id) AS id FROM chunks c WHERE NOT EXISTS"
            " (SELECT 1 FROM embeddings e WHERE e.embedding_key = c.embedding_key AND e.fingerprint = ?)"
            " GROUP BY embedding_key ORDER BY length(heading) + length(text), id",
            fingerprint,
        )
        return [row["id"] for row in rows]

    def chunks_with(self, chunk_ids: Sequence[str]) -> list[Chunk]:
        """The chunks with these ids, in their order."""
        marks = ",".join("?" * len(chunk_ids))
        rows = self._rows(
            "SELECT c.*, (SELECT min(s.id) FROM sources s WHERE s.document_id = c.document_id) AS source"  # noqa: S608
            f" FROM chunks c WHERE id IN ({marks})",
            *chunk_ids,
        )
        found = {row["id"]: _chunk(row, row["source"]) for row in rows}
        return [found[chunk_id] for chunk_id in chunk_ids]

    def vectors_of(self, chunk_ids: Iterable[str], fingerprint: str) -> Iterator[Embedded]:
        """Like ``vectors``, by the ids of chunks."""
        for chunk_id in chunk_ids:
            yield from self._embedded("c.id = ?", chunk_id, fingerprint)

    def vectors(self, document_ids: Iterable[str], fingerprint: str) -> Iterator[Embedded]:
        """The embedded chunks of documents, in order; a chunk without a vector of this model is left out."""
        for document_id in document_ids:
            yield from self._embedded("c.document_id = ?", document_id, fingerprint)

    def _embedded(self, condition: str, *parameters: str) -> Iterator[Embedded]:
        rows = self._rows(
            "SELECT c.id, c.kind, c.topic, e.vector FROM chunks c JOIN embeddings e USING (embedding_key)"  # noqa: S608
            f" WHERE {condition} AND e.fingerprint = ? ORDER BY c.ordinal",
            *parameters,
        )
        for id_, kind, topic, vector in rows:
            yield Embedded(id_, PassageKind(kind), topic, np.frombuffer(vector, dtype="<f4").astype(np.float32))

    def store_embeddings(self, fingerprint: str, vectors: Iterable[tuple[str, Vector]]) -> None:
        """Cache vectors (float32, shape ``(dimension,)``) under their keys; storing one twice changes nothing."""
        rows = [(key, fingerprint, vector.astype("<f4").tobytes()) for key, vector in vectors]
        with transaction(self._connection, self.path):
            self._connection.executemany("INSERT OR IGNORE INTO embeddings VALUES (?, ?, ?)", rows)

    def forget_unused_embeddings(self) -> int:
        """Drop cached vectors that no chunk uses any more; returns how many."""
        with transaction(self._connection, self.path):
            cursor = self._connection.execute(
                "DELETE FROM embeddings WHERE embedding_key NOT IN (SELECT embedding_key FROM chunks)"
            )
        return cursor.rowcount

    def _forget_orphans(self, document_ids: Iterable[str]) -> None:
        self._connection.executemany(
            "DELETE FROM documents WHERE id = ? AND id NOT IN (SELECT document_id FROM sources WHERE document_id = ?)",
            [(document_id, document_id) for document_id in document_ids],
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

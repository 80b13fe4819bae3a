"""The published index, read side: nearest vectors, matching words, and the passages behind ids.

What is asked of one partition costs the same whatever the other one holds.

Owns: opening one generation and asking its two stores.
Refuses: combining the two kinds of score (``assistant.retrieval``) and ever writing.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path

from assistant.disk import disk_full, has_room
from assistant.domain import Partition, Passage, PassageKind
from assistant.embedding import Matrix
from assistant.errors import IndexBroken, IndexStale, StorageError
from assistant.generation import BUILD_COMMAND, PASSAGES, ROWS, VECTORS, read_manifest
from assistant.lease import Lease
from assistant.sqlite import open_snapshot, quoted_term, translated
from assistant.vectors import VectorStore

# Headings name the subject in few words, so a match there says more than one in the running text.
_HEADING_WEIGHT = 2.0
_TEXT_WEIGHT = 1.0
_OPENING_BYTES = 32_768


class Index:
    """One open generation, which stays on disk until it is closed; safe to share between threads for reading.

    Raises:
        IndexBroken: a store of the generation cannot be read.
        IndexStale: it was made with another embedding model than ``fingerprint``.
        DiskFull: there is not even room to open it. What is open already goes on.
    """

    def __init__(self, generation: Path, fingerprint: str) -> None:
        self.generation = generation
        self._path = generation / PASSAGES
        with ExitStack() as opened:
            opened.callback(Lease(generation).release)
            self.manifest = read_manifest(generation)
            if self.manifest.fingerprint != fingerprint:
                raise IndexStale(
                    "The index was made with another embedding model than the one in use. "
                    f"Build it again with: {BUILD_COMMAND}"
                )
            try:
                self._database = open_snapshot(self._path)
                opened.callback(self._database.close)
                self._vectors = opened.enter_context(VectorStore.open(generation / VECTORS, self.manifest.partitions))
            except StorageError as error:
                # Chroma writes a little when it opens a store, and then takes it back.
                if not has_room(generation.parent, _OPENING_BYTES):
                    raise disk_full(generation) from error
                raise self._broken() from error
            self._opened = opened.pop_all()

    def close(self) -> None:
        """Release both stores."""
        self._opened.close()

    def dense(self, partition: Partition, vector: Matrix, k: int) -> dict[str, float]:
        """The ``k`` nearest passages to a unit vector of shape ``(1, dimension)``: id -> cosine similarity."""
        k = min(k, self.manifest.count(partition))
        if not k:
            return {}
        try:
            return self._vectors.nearest(partition, vector, k)[0]
        except IndexBroken as error:
            raise self._broken() from error

    def all_vectors(self, partition: Partition) -> Matrix:
        """Every vector of a partition, shape ``(n, dimension)``: ``dense``, which reads few, is checked against it."""
        try:
            return self._vectors.all_vectors(partition)
        except IndexBroken as error:
            raise self._broken() from error

    def nearness(self, partition: Partition, vector: Matrix, ids: Sequence[str]) -> float:
        """The cosine similarity of a unit vector, shape ``(1, dimension)``, and the nearest of these passages."""
        try:
            return float((self._vectors.vectors(partition, ids) @ vector[0]).max())
        except IndexBroken as error:
            raise self._broken() from error

    def lexical(self, partition: Partition, terms: Sequence[str], k: int) -> dict[str, float]:
        """The ``k`` best passages that contain any of the terms: id -> BM25 score (higher is better).

        Scores of different partitions can be compared: how rare a word is counts over both.
        """
        if not terms or not self.manifest.count(partition):
            return {}
        rows = self._rows(
            "SELECT p.id, -bm25(passages_fts, ?, ?) AS score"
            " FROM passages_fts JOIN passages p ON p.rowid = passages_fts.rowid"
            " WHERE passages_fts MATCH ? AND passages_fts.rowid BETWEEN ? AND ? ORDER BY score DESC, p.id LIMIT ?",
            (_HEADING_WEIGHT, _TEXT_WEIGHT, " OR ".join(map(quoted_term, terms)), *ROWS[partition], k),
        )
        return {row["id"]: row["score"] for row in rows}

    def frequency(self, partition: Partition, term: str) -> int:
        """How many passages contain the term, after stemming."""
        rows = self._rows(
            "SELECT count(*) AS n FROM passages_fts WHERE passages_fts MATCH ? AND rowid BETWEEN ? AND ?",
            (quoted_term(term), *ROWS[partition]),
        )
        return int(rows[0]["n"])

    def passages(self, ids: Iterable[str]) -> Mapping[str, Passage]:
        """The passages with these ids; an unknown id is left out."""
        wanted = list(ids)
        marks = ",".join("?" * len(wanted))
        rows = self._rows(f"SELECT * FROM passages WHERE id IN ({marks})", wanted)  # noqa: S608 - question marks only
        return {row["id"]: _passage(row) for row in rows}

    def about(self, topic: str) -> tuple[Passage, ...]:
        """The notes on a topic, in their order."""
        rows = self._rows(
            "SELECT * FROM passages WHERE topic = ? AND kind = ? AND rowid <= ? ORDER BY rowid",
            (topic, PassageKind.NOTES.value, ROWS[Partition.ROADMAP][1]),
        )
        return tuple(_passage(row) for row in rows)

    def overview(self, module: int) -> tuple[Passage, ...]:
        """What the roadmap and the notes say of a module as a whole, in their order."""
        rows = self._rows(
            "SELECT * FROM passages WHERE module = ? AND topic IS NULL AND rowid <= ? ORDER BY rowid",
            (module, ROWS[Partition.ROADMAP][1]),
        )
        return tuple(_passage(row) for row in rows)

    def _rows(self, sql: str, parameters: Sequence[str | int | float]) -> list[sqlite3.Row]:
        try:
            with translated(self._path):
                return self._database.execute(sql, parameters).fetchall()
        except StorageError as error:
            raise self._broken() from error

    def _broken(self) -> IndexBroken:
        return IndexBroken(f"The index in {self.generation} cannot be read. Build it again with: {BUILD_COMMAND}")


def _passage(row: sqlite3.Row) -> Passage:
    return Passage(
        id=row["id"],
        source=row["source"],
        kind=PassageKind(row["kind"]),
        module=row["module"],
        topic=row["topic"],
        heading=row["heading"],
        text=row["text"],
        url=row["url"],
    )

"""The vector store of one generation: Chroma collections in a directory. The only importer of chromadb.

Owns: how a collection is created (no embedding function, explicit HNSW settings) and Chroma's errors.
Refuses: deciding when a store may be written: only a generation that is being built is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self, cast

import numpy as np

from assistant.domain import Partition
from assistant.embedding import Matrix
from assistant.errors import IndexBroken

if TYPE_CHECKING:
    from chromadb.api.client import Client
    from chromadb.api.collection_configuration import CreateHNSWConfiguration
    from chromadb.api.models.Collection import Collection

DATABASE = "chroma.sqlite3"
"""The file that Chroma writes into even when a store is only read."""

# Chroma's defaults lose neighbours without saying so. Settings changed after creation are ignored, so that other ones
# hold from the next time that a store is built from nothing.
_HNSW: CreateHNSWConfiguration = {
    "space": "cosine",
    "ef_construction": 400,
    "ef_search": 400,
    "max_neighbors": 32,
    # Every batch goes into the graph's files at once. What waits in Chroma's log instead is put into them by the next
    # reader, who would pay for it and change the files of a generation that must not change.
    "batch_size": 2,
    "sync_threshold": 2,
}


class VectorStore:
    """Unit vectors by passage id, with a collection for each partition: a filter by metadata is twenty times slower.

    Use as a context manager, or ``close`` it.
    Every method raises ``IndexBroken`` where the store cannot be read or written.
    """

    def __init__(self, client: Client, collections: Mapping[Partition, Collection]) -> None:
        self._client = client
        self._collections = collections

    @classmethod
    def create(cls, directory: Path, partitions: Iterable[Partition]) -> Self:
        """Make an empty store in a directory that does not exist yet."""
        # No embedding function: one that is persisted with the collection is run by whoever opens it.
        with _translated(), _client(directory) as client:
            collections = {
                partition: client.create_collection(partition, embedding_function=None, configuration={"hnsw": _HNSW})
                for partition in partitions
            }
            return cls(client, collections)

    @classmethod
    def open(cls, directory: Path, partitions: Iterable[Partition]) -> Self:
        """Open a store that was built before."""
        if not directory.is_dir():
            raise IndexBroken(f"{directory} is missing.")
        with _translated(), _client(directory) as client:
            collections = {
                partition: client.get_collection(partition, embedding_function=None) for partition in partitions
            }
            return cls(client, collections)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Release the files."""
        self._client.close()

    def add(self, partition: Partition, ids: Sequence[str], vectors: Matrix) -> None:
        """Store vectors, float32 of shape ``(len(ids), dimension)``; a few thousand at once."""
        with _translated():
            self._collections[partition].add(ids=list(ids), embeddings=vectors)

    def remove(self, partition: Partition, ids: Sequence[str]) -> None:
        """Take vectors out."""
        with _translated():
            self._collections[partition].delete(ids=list(ids))

    def count(self, partition: Partition) -> int:
        """How many vectors a partition has."""
        with _translated():
            return self._collections[partition].count()

    def missing(self, partition: Partition, ids: Sequence[str]) -> frozenset[str]:
        """Those of the ids that have no vector."""
        with _translated():
            return frozenset(ids).difference(self._collections[partition].get(ids=list(ids), include=[])["ids"])

    def vectors(self, partition: Partition, ids: Sequence[str]) -> Matrix:
        """The stored vectors of these ids, shape ``(found, dimension)``, in the store's own order."""
        with _translated():
            found = self._collections[partition].get(ids=list(ids), include=["embeddings"])
        return np.asarray(found["embeddings"], np.float32)

    def all_vectors(self, partition: Partition) -> Matrix:
        """Every stored vector, shape ``(n, dimension)``, in the store's own order."""
        with _translated():
            return np.asarray(self._collections[partition].get(include=["embeddings"])["embeddings"], np.float32)

    def nearest(self, partition: Partition, vectors: Matrix, k: int) -> list[dict[str, float]]:
        """For each row of ``vectors`` (shape ``(n, dimension)``) its ``k`` nearest: id -> cosine similarity."""
        with _translated():
            result = self._collections[partition].query(query_embeddings=vectors, n_results=k, include=["distances"])
        distances = result["distances"] or []
        return [
            {id_: 1.0 - float(distance) for id_, distance in zip(ids, row, strict=True)}
            for ids, row in zip(result["ids"], distances, strict=True)
        ]


@contextmanager
def _client(directory: Path) -> Iterator[Client]:
    """A client that is closed if the block fails: what stays open here holds its files until the process ends."""
    import chromadb  # noqa: PLC0415 - takes a second to import
    from chromadb.config import Settings  # noqa: PLC0415

    # Its declared type has no close(), which its only implementation has and which releases the files.
    client = cast(
        "Client", chromadb.PersistentClient(path=str(directory), settings=Settings(anonymized_telemetry=False))
    )
    try:
        yield client
    except BaseException:
        client.close()
        raise


@contextmanager
def _translated() -> Iterator[None]:
    import sqlite3  # noqa: PLC0415

    from chromadb.errors import ChromaError  # noqa: PLC0415

    try:
        yield
    except (ChromaError, ValueError, OSError, sqlite3.Error) as error:
        raise IndexBroken(f"The vector store cannot be used: {error}") from error

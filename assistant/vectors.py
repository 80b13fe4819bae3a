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

# Chroma's defaults lose neighbours without saying so, and settings changed after creation are ignored.
_HNSW: CreateHNSWConfiguration = {
    "space": "cosine",
    "ef_construction": 400,
    "ef_search": 400,
    "max_neighbors": 32,
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

    @property
    def batch_size(self) -> int:
        """The most vectors that one ``add`` takes."""
        return self._client.get_max_batch_size()

    def add(self, partition: Partition, ids: Sequence[str], vectors: Matrix) -> None:
        """Store vectors, float32 of shape ``(len(ids), dimension)``."""
        with _translated():
            self._collections[partition].add(ids=list(ids), embeddings=vectors)

    def ids(self, partition: Partition) -> frozenset[str]:
        """Every id of a partition."""
        with _translated():
            return frozenset(self._collections[partition].get(include=[])["ids"])

    def vectors(self, partition: Partition, ids: Sequence[str]) -> Matrix:
        """The stored vectors of these ids, shape ``(found, dimension)``, in the store's own order."""
        with _translated():
            found = self._collections[partition].get(ids=list(ids), include=["embeddings"])
        return np.asarray(found["embeddings"], np.float32)

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

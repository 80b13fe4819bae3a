"""The vector store of one generation: a Chroma collection in a directory. The only importer of chromadb.

Owns: how the collection is created (no embedding function, explicit HNSW settings) and Chroma's errors.
Refuses: deciding when a store may be written: only a generation that is being built is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self, cast

import numpy as np

from assistant.embedding import Matrix
from assistant.errors import IndexBroken

if TYPE_CHECKING:
    from chromadb.api.client import Client
    from chromadb.api.collection_configuration import CreateHNSWConfiguration
    from chromadb.api.models.Collection import Collection

_COLLECTION = "passages"
# Chroma's defaults lose neighbours without saying so, and settings changed after creation are ignored.
_HNSW: CreateHNSWConfiguration = {
    "space": "cosine",
    "ef_construction": 400,
    "ef_search": 400,
    "max_neighbors": 32,
}


class VectorStore:
    """Unit vectors by passage id. Use as a context manager, or ``close`` it.

    Every method raises ``IndexBroken`` where the store cannot be read or written.
    """

    def __init__(self, client: Client, collection: Collection) -> None:
        self._client = client
        self._collection = collection

    @classmethod
    def create(cls, directory: Path) -> Self:
        """Make an empty store in a directory that does not exist yet."""
        # No embedding function: one that is persisted with the collection is run by whoever opens it.
        with _translated(), _client(directory) as client:
            return cls(
                client,
                client.create_collection(_COLLECTION, embedding_function=None, configuration={"hnsw": _HNSW}),
            )

    @classmethod
    def open(cls, directory: Path) -> Self:
        """Open a store that was built before."""
        if not directory.is_dir():
            raise IndexBroken(f"{directory} is missing.")
        with _translated(), _client(directory) as client:
            return cls(client, client.get_collection(_COLLECTION, embedding_function=None))

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

    def add(self, ids: Sequence[str], vectors: Matrix) -> None:
        """Store vectors, float32 of shape ``(len(ids), dimension)``."""
        with _translated():
            self._collection.add(ids=list(ids), embeddings=vectors)

    def ids(self) -> frozenset[str]:
        """Every id in the store."""
        with _translated():
            return frozenset(self._collection.get(include=[])["ids"])

    def vectors(self, ids: Sequence[str]) -> Matrix:
        """The stored vectors of these ids, shape ``(found, dimension)``, in the store's own order."""
        with _translated():
            return np.asarray(self._collection.get(ids=list(ids), include=["embeddings"])["embeddings"], np.float32)

    def nearest(self, vectors: Matrix, k: int) -> list[dict[str, float]]:
        """For each row of ``vectors`` (shape ``(n, dimension)``) its ``k`` nearest: id -> cosine similarity."""
        with _translated():
            result = self._collection.query(query_embeddings=vectors, n_results=k, include=["distances"])
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

"""The retriever of the generation in use, whichever that is when it is asked for.

Owns: opening a generation when it is published, and closing one when it is no longer in use and its last question is
done. Refuses: searching (``assistant.retrieval``).
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from assistant.embedding import Embedder
from assistant.errors import IndexBroken
from assistant.generation import require_current_generation
from assistant.index import Index
from assistant.reranking import load_reranker
from assistant.retrieval import Retriever
from assistant.settings import Settings
from assistant.vocabulary import Vocabulary


class Following:
    """Safe to share between threads; nothing is opened before it is needed.

    Raises:
        RerankerMissing: the settings name a reranker that is not there.
    """

    def __init__(self, settings: Settings, embedder: Embedder, read_vocabulary: Callable[[], Vocabulary]) -> None:
        self._settings = settings
        self._reranker = load_reranker(settings.reranker)
        self._vocabulary = cache(read_vocabulary)
        self._embedder = embedder
        self._current: Retriever | None = None
        self._users: Counter[Retriever] = Counter()
        # Reentrant: Python may finish an abandoned answer, which ends its block, while this thread is in here.
        self._lock = threading.RLock()

    @contextmanager
    def retriever(self) -> Iterator[Retriever]:
        """The retriever of the newest generation; it stays open for the block, whatever is published meanwhile.

        Raises:
            IndexMissing, IndexStale, IndexBroken: there is no usable index.
        """
        with self._lock:
            retriever = self._newest()
            self._users[retriever] += 1
        try:
            yield retriever
        finally:
            with self._lock:
                self._users[retriever] -= 1
                self._close_if_done(retriever)

    def close(self) -> None:
        """Close what is open; a block that still runs keeps its retriever until its end."""
        with self._lock:
            self._replace(None)

    def _newest(self) -> Retriever:
        generation = require_current_generation(self._settings.index_dir)
        retriever = self._current
        if retriever is None or retriever.index.generation != generation:
            retriever = self._open(generation)
            self._replace(retriever)
        return retriever

    def _replace(self, retriever: Retriever | None) -> None:
        previous, self._current = self._current, retriever
        if previous is not None:
            self._close_if_done(previous)

    def _close_if_done(self, retriever: Retriever) -> None:
        if retriever is not self._current and not self._users[retriever]:
            del self._users[retriever]
            retriever.index.close()

    def _open(self, generation: Path) -> Retriever:
        try:
            index = Index(generation, self._embedder.fingerprint)
        except IndexBroken:
            newer = require_current_generation(self._settings.index_dir)
            if newer == generation:
                raise
            # It was replaced and deleted between reading its name and opening it.
            return self._open(newer)
        return Retriever(
            index,
            self._embedder,
            self._vocabulary(),
            dense_weight=self._settings.dense_weight,
            candidates=self._settings.candidates,
            reranker=self._reranker,
        )

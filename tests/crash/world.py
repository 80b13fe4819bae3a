"""A learner's machine on which builds are killed, and what must be true of it afterwards."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from assistant.domain import Partition
from assistant.embedding import Matrix
from assistant.generation import PASSAGES, VECTORS, require_current_generation
from assistant.index import Index
from assistant.library import Library
from assistant.settings import Settings
from assistant.sqlite import open_snapshot
from assistant.vectors import VectorStore
from assistant.words import content_words
from ingest.lock import build_lock
from ingest.verify import verify_generation
from tests.conftest import BagOfStems
from tests.crash.builds import Build, Home
from tests.mini_corpus import write_corpus

QUESTIONS = ("How does a fuse breaker work?", "Which flux do copper tracks need?", "What is new in this round?")
_EMBEDDER = BagOfStems()


@dataclass(frozen=True, slots=True)
class Published:
    """What readers get: the generation's name and the answers of both stores to every question."""

    generation: str
    answers: tuple[tuple[tuple[tuple[str, float], ...], tuple[tuple[str, float], ...]], ...]


class World:
    """A corpus, a folder of notes, and a home that has one whole generation."""

    def __init__(self, folder: Path, disk: Path | None = None) -> None:
        self.vault = folder / "vault"
        self.vault.mkdir(parents=True)
        for number, metal in enumerate(("copper", "tin", "silver")):
            (self.vault / f"{metal}.md").write_text(
                f"# {metal.title()}\n\nTracks of {metal} need flux number {number}.\n\n## Heat\n\nIt melts early.\n",
                encoding="utf-8",
            )
        self.home = Home((disk or folder) / "home", write_corpus(folder / "corpus"), (str(self.vault),))
        self.reference = replace(self.home, home=folder / "reference")
        self._round = 0
        self.edit()
        assert Build(self.home, proof=False).end() == 0

    @property
    def settings(self) -> Settings:
        return self.home.settings

    def edit(self) -> None:
        """Change a note of the corpus, change one file, add one, remove one, so that the next build has work."""
        self._round += 1
        notes = self.home.corpus_dir / "notes" / "01-breaking-things.md"
        text = notes.read_text(encoding="utf-8")
        head, found, tail = text.partition("window of ")
        assert found
        notes.write_text(f"{head}{found}{100 + self._round} {tail.split(' ', 1)[1]}", encoding="utf-8")
        for name in ("changing.md", f"new-{self._round}.md"):
            (self.vault / name).write_text(
                f"# Round {self._round}\n\nNew in round {self._round} is the {name} of this vault.\n", encoding="utf-8"
            )
        (self.vault / f"new-{self._round - 2}.md").unlink(missing_ok=True)

    def published(self) -> Published:
        """Open what is published like any reader does."""
        with closing(Index(require_current_generation(self.settings.index_dir), _EMBEDDER.fingerprint)) as index:
            answers = tuple(
                (
                    tuple(index.dense(partition, _EMBEDDER.embed([question]), 5).items()),
                    tuple(index.lexical(partition, content_words(question), 5).items()),
                )
                for question in QUESTIONS
                for partition in Partition
            )
            return Published(index.generation.name, answers)

    def check_interrupted(self, before: Published) -> bool:
        """What is published is whole, and is what was published before unless the new one took its place.

        Returns whether it did.
        """
        now = self.published()
        assert all(dense for dense, _ in now.answers)
        # Each question has its words in one of the two partitions at least.
        assert all(one or other for (_, one), (_, other) in zip(now.answers[::2], now.answers[1::2], strict=True))
        if now.generation == before.generation:
            assert now == before
        verify_generation(self.settings.index_dir / now.generation)
        self._check_library()
        return now.generation != before.generation

    def finish(self) -> None:
        """The next run completes, and leaves what a run that was never interrupted leaves."""
        run, reference = Build(self.home), Build(self.reference, proof=False)
        assert (run.end(), reference.end()) == (0, 0)
        self._check_library()
        for build in (self.home, self.reference):
            verify_generation(require_current_generation(build.settings.index_dir))
        assert _library(self.home) == _library(self.reference)
        passages, vectors = _index(self.home)
        expected_passages, expected_vectors = _index(self.reference)
        assert passages == expected_passages
        # Chroma normalises what it takes into its graph, so that the last digit depends on when it did.
        np.testing.assert_allclose(vectors, expected_vectors, atol=1e-5)
        assert sorted(path.name for path in self.settings.home.rglob("*.tmp")) == []
        generations = sorted(path.name for path in self.settings.index_dir.glob("gen-*"))
        assert generations[-1] == self.published().generation
        assert len(generations) <= 2
        with build_lock(self.settings.home):
            pass
        assert not (self.settings.home / "build.pid").exists()

    def _check_library(self) -> None:
        with closing(sqlite3.connect(self.settings.library_path)) as database:
            assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert database.execute("PRAGMA foreign_key_check").fetchall() == []


def _library(home: Home) -> object:
    with Library(home.settings.library_path) as library:
        chunks = list(library.chunks())
        assert len({chunk.passage.id for chunk in chunks}) == len(chunks)
        assert library.missing_embeddings(_EMBEDDER.fingerprint) == []
        return library.sources(), chunks


def _index(home: Home) -> tuple[list[tuple[object, ...]], Matrix]:
    """The passages in order, and the vectors of each partition by id."""
    generation = require_current_generation(home.settings.index_dir)
    with closing(open_snapshot(generation / PASSAGES)) as database:
        passages = [tuple(row) for row in database.execute("SELECT * FROM passages ORDER BY rowid")]
    ids = sorted({passage[1] for passage in passages})
    with VectorStore.open(generation / VECTORS, Partition) as store:
        assert sum(store.count(partition) for partition in Partition) == len(ids)
        vectors = [
            store.vectors(partition, [id_])
            for partition in Partition
            for id_ in ids
            if not store.missing(partition, [id_])
        ]
    return passages, np.concatenate(vectors)

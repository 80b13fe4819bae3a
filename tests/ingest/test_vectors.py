"""A generation made from the one before: the same answers as one made from nothing, and never from a damaged one."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from assistant.domain import Partition
from assistant.errors import IndexBroken
from assistant.generation import require_current_generation
from assistant.index import Index
from assistant.settings import Settings
from assistant.vectors import VectorStore
from ingest import pipeline, vectors
from ingest.pipeline import BuildReport, Ingest
from ingest.seal import unbroken_seal
from ingest.verify import verify_generation
from ingest.web import Fetcher
from tests.conftest import BagOfStems
from tests.mini_corpus import write_corpus

NOTES = "notes/01-breaking-things.md"


class Bench:
    """A corpus, its home, and a way to change one and build the other."""

    def __init__(self, folder: Path, embedder: BagOfStems) -> None:
        self.settings = Settings(home=folder / "home", corpus_dir=write_corpus(folder / "corpus"))
        self.embedder = embedder

    def build(self) -> BuildReport:
        return Ingest(self.settings, self.embedder, Fetcher(), lambda _done, _total: None).build()

    def edit(self, old: str, new: str) -> None:
        path = self.settings.corpus_dir / NOTES
        path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")

    @property
    def generation(self) -> Path:
        return require_current_generation(self.settings.index_dir)

    def removed(self) -> int | None:
        seal = unbroken_seal(self.generation)
        return seal.removed if seal else None

    def nearest(self, text: str) -> dict[str, float]:
        index = Index(self.generation, self.embedder.fingerprint)
        found = index.dense(Partition.ROADMAP, self.embedder.embed([text]), 27)
        index.close()
        return {id_: round(score, 5) for id_, score in found.items()}


@pytest.fixture
def bench(tmp_path: Path, embedder: BagOfStems) -> Bench:
    made = Bench(tmp_path, embedder)
    made.build()
    return made


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 255
    path.write_bytes(bytes(data))


def vector_files(generation: Path) -> list[Path]:
    return [path for path in generation.rglob("*") if path.suffix in {".bin", ".pickle"}]


def test_a_small_change_is_made_to_a_copy_and_finds_the_same(bench: Bench, tmp_path: Path) -> None:
    before = bench.nearest("a fuse breaker exchanges calls")
    bench.edit("A fuse breaker trades single calls", "A fuse breaker exchanges single calls")
    assert bench.build().generation == "gen-0002"
    assert bench.removed() == 1
    assert verify_generation(bench.generation) == 27
    changed = bench.nearest("a fuse breaker exchanges calls")
    assert len(changed) == 27
    assert len(changed.keys() - before.keys()) == 1
    anew = Bench(tmp_path / "anew", bench.embedder)
    anew.edit("A fuse breaker trades single calls", "A fuse breaker exchanges single calls")
    anew.build()
    assert anew.removed() == 0
    assert anew.nearest("a fuse breaker exchanges calls") == changed


def test_after_many_removals_the_graph_is_built_anew(bench: Bench) -> None:
    removed = []
    for old, new in pairwise(("trades", "exchanges", "gives", "spends")):
        bench.edit(f"A fuse breaker {old} single calls", f"A fuse breaker {new} single calls")
        bench.build()
        removed.append(bench.removed())
    assert removed == [1, 2, 0]  # three of 27 would be more than a tenth


@pytest.mark.parametrize("damage", [flip, Path.unlink], ids=["flipped", "missing"])
def test_a_damaged_generation_is_no_start_for_the_next(bench: Bench, damage: Callable[[Path], None]) -> None:
    damage(next(path for path in vector_files(bench.generation) if path.name == "data_level0.bin"))
    assert bench.removed() is None
    bench.edit("A fuse breaker trades single calls", "A fuse breaker exchanges single calls")
    bench.build()
    assert bench.removed() == 0
    assert len(bench.nearest("a fuse breaker")) == 27


def test_a_copy_that_fails_its_proof_is_built_anew(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    # Changes that miss a passage, as from a generation that lies about itself.
    monkeypatch.setattr(vectors, "_changes", lambda _path, _before: dict.fromkeys(Partition, ([], [])))
    bench.edit("A fuse breaker trades single calls", "A fuse breaker exchanges single calls")
    bench.build()
    assert bench.removed() == 0
    assert verify_generation(bench.generation) == 27


def test_reading_breaks_no_seal_and_an_unbroken_one_spares_the_proof(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_generation: Path) -> None:
        raise IndexBroken("it was proved again")

    bench.nearest("a fuse breaker")
    assert bench.removed() == 0
    monkeypatch.setattr(pipeline, "verify_in_subprocess", refuse)
    assert not bench.build().published
    flip(bench.generation / "passages.sqlite")
    assert bench.build().generation == "gen-0002"


def test_a_seal_that_cannot_be_read_is_no_seal(bench: Bench) -> None:
    (bench.generation / "seal.json").write_text("{}", encoding="utf-8")
    assert bench.removed() is None
    assert not bench.build().published  # it is proved in full instead


def test_a_store_says_what_it_lacks(bench: Bench) -> None:
    ids = list(bench.nearest("fuse"))
    with VectorStore.open(bench.generation / "chroma", [Partition.ROADMAP]) as store:
        assert store.missing(Partition.ROADMAP, [*ids, "nothing"]) == {"nothing"}
        assert store.count(Partition.ROADMAP) == 27

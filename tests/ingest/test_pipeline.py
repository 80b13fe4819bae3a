from __future__ import annotations

import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.domain import Partition
from assistant.errors import CorpusError, IndexBroken, IndexMissing, IndexStale, StoreBusy
from assistant.generation import current_generation, read_manifest, require_current_generation
from assistant.index import Index
from assistant.library import Library
from assistant.retrieval import Retriever
from assistant.settings import Settings
from assistant.vectors import VectorStore
from assistant.vocabulary import Vocabulary
from ingest import publish as publish_module
from ingest.pipeline import BuildReport, Ingest
from ingest.status import read_status
from ingest.verify import verify_generation
from ingest.web import Fetcher
from tests.conftest import REPOSITORY, BagOfStems
from tests.mini_corpus import write_corpus


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home", corpus_dir=write_corpus(tmp_path / "corpus"))


def run_build(settings: Settings, embedder: BagOfStems) -> BuildReport:
    return Ingest(settings, embedder, Fetcher(), lambda _done, _total: None).build()


def edit_notes(settings: Settings, old: str, new: str) -> None:
    path = settings.corpus_dir / "notes" / "01-breaking-things.md"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_first_build_embeds_and_publishes_everything(settings: Settings, embedder: BagOfStems) -> None:
    report = run_build(settings, embedder)
    # Roadmap: introduction, 2 outlines, 3 lines, closing. Notes: overview, 2 x (7 sections + 2 questions), project.
    assert report == BuildReport(sources=2, chunks=27, embedded=27, reused=0, generation="gen-0001", published=True)
    assert verify_generation(require_current_generation(settings.index_dir)) == 27
    assert len(embedder.embedded) == 27


def test_unchanged_build_embeds_and_publishes_nothing(settings: Settings, embedder: BagOfStems) -> None:
    run_build(settings, embedder)
    embedder.embedded.clear()
    report = run_build(settings, embedder)
    assert (report.embedded, report.reused, report.published, report.generation) == (0, 27, False, "gen-0001")
    assert embedder.embedded == []


def test_changed_sentence_embeds_only_its_chunk(settings: Settings, embedder: BagOfStems) -> None:
    run_build(settings, embedder)
    embedder.embedded.clear()
    edit_notes(settings, "A fuse breaker trades single calls", "A fuse breaker exchanges single calls")
    report = run_build(settings, embedder)
    assert (report.embedded, report.chunks, report.generation) == (1, 27, "gen-0002")
    assert "exchanges" in embedder.embedded[0]


def test_removed_notes_disappear_and_return_from_the_cache(settings: Settings, embedder: BagOfStems) -> None:
    run_build(settings, embedder)
    path = settings.corpus_dir / "notes" / "01-breaking-things.md"
    text = path.read_text(encoding="utf-8")
    path.unlink()
    assert run_build(settings, embedder).chunks == 7
    path.write_text(text, encoding="utf-8")
    assert run_build(settings, embedder).embedded == 0


def test_only_the_last_two_generations_stay(settings: Settings, embedder: BagOfStems) -> None:
    for word in ("exchanges", "gives", "spends"):
        run_build(settings, embedder)
        edit_notes(settings, "A fuse breaker ", f"A fuse breaker {word} ")
    run_build(settings, embedder)
    assert sorted(path.name for path in settings.index_dir.iterdir()) == ["CURRENT", "gen-0003", "gen-0004"]


def test_failed_verification_keeps_the_old_index(
    settings: Settings, embedder: BagOfStems, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_build(settings, embedder)
    edit_notes(settings, "A fuse breaker trades", "A fuse breaker exchanges")

    def manifest_of_more(library: Library, embedder: BagOfStems) -> object:
        return replace(real_manifest(library, embedder), passages=99)

    real_manifest = sys.modules["ingest.pipeline"]._manifest  # type: ignore[attr-defined]
    monkeypatch.setattr("ingest.pipeline._manifest", manifest_of_more)
    with pytest.raises(
        IndexBroken, match=r"is not whole: passages.sqlite holds 27 passages \(roadmap\), the manifest says 99"
    ):
        run_build(settings, embedder)
    monkeypatch.undo()
    assert current_generation(settings.index_dir) == settings.index_dir / "gen-0001"
    assert run_build(settings, embedder).generation == "gen-0002"
    assert not list(settings.index_dir.glob("*.tmp"))


def test_damaged_manifest_is_built_again(settings: Settings, embedder: BagOfStems) -> None:
    run_build(settings, embedder)
    (require_current_generation(settings.index_dir) / "manifest.json").write_text("{", encoding="utf-8")
    assert run_build(settings, embedder).generation == "gen-0002"


def test_broken_corpus_changes_nothing(settings: Settings, embedder: BagOfStems) -> None:
    run_build(settings, embedder)
    edit_notes(settings, "## Trying again", "## Trying never")
    with pytest.raises(CorpusError, match="'Trying never' is not a topic of this module"):
        run_build(settings, embedder)
    assert read_status(settings).up_to_date


def test_second_build_says_who_holds_the_lock(settings: Settings, embedder: BagOfStems) -> None:
    script = f"""
import sys
from pathlib import Path
from ingest.lock import build_lock
with build_lock(Path({str(settings.home)!r})):
    print("held", flush=True)
    sys.stdin.read()
"""
    with subprocess.Popen(
        [sys.executable, "-c", script], cwd=REPOSITORY, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(StoreBusy, match=f"process {holder.pid}"):
            run_build(settings, embedder)
        holder.send_signal(signal.SIGKILL)
    # A killed build leaves no lock behind.
    assert run_build(settings, embedder).published


def test_index_of_another_model_is_refused(settings: Settings, embedder: BagOfStems) -> None:
    run_build(settings, embedder)
    with pytest.raises(IndexStale, match="python -m ingest build"):
        Index(require_current_generation(settings.index_dir), "another-model")


def test_missing_index_names_the_command(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing, match="python -m ingest build"):
        require_current_generation(tmp_path)


@pytest.mark.parametrize("name", ["passages.sqlite", "chroma/chroma.sqlite3"])
def test_damaged_store_is_one_clear_error(settings: Settings, embedder: BagOfStems, name: str) -> None:
    run_build(settings, embedder)
    generation = require_current_generation(settings.index_dir)
    (generation / name).write_bytes(b"not a database, not at all" * 100)
    with pytest.raises(IndexBroken, match="Build it again with: python -m ingest build"):
        index = Index(generation, embedder.fingerprint)
        index.lexical(Partition.ROADMAP, ["fuse"], 5)
    assert run_build(settings, embedder).generation == "gen-0002"
    index = Index(require_current_generation(settings.index_dir), embedder.fingerprint)
    assert index.lexical(Partition.ROADMAP, ["fuse"], 5)


def test_verify_finds_an_empty_word_index(
    settings: Settings, embedder: BagOfStems, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publish_module, "verify_in_subprocess", lambda _generation: None)
    monkeypatch.setattr(publish_module, "REBUILD", "SELECT 1")
    run_build(settings, embedder)
    with pytest.raises(IndexBroken, match="indexes 0 of 27 passages"):
        verify_generation(require_current_generation(settings.index_dir))


@pytest.mark.parametrize("content", [b"\xff\xfe", b"", b"gen-9999", b"../../etc"])
def test_damaged_pointer_is_built_again(settings: Settings, embedder: BagOfStems, content: bytes) -> None:
    run_build(settings, embedder)
    (settings.index_dir / "CURRENT").write_bytes(content)
    assert run_build(settings, embedder).published
    assert read_status(settings).up_to_date


def test_verify_finds_a_missing_vector(
    settings: Settings, embedder: BagOfStems, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publish_module, "verify_in_subprocess", lambda _generation: None)
    real_add = VectorStore.add
    monkeypatch.setattr(
        VectorStore,
        "add",
        lambda self, partition, ids, vectors: real_add(self, partition, ids[1:], vectors[1:]),
    )
    run_build(settings, embedder)
    with pytest.raises(IndexBroken, match="1 passages are only in one of the two stores"):
        verify_generation(require_current_generation(settings.index_dir))


def test_hybrid_search_finds_words_and_meaning(settings: Settings, embedder: BagOfStems) -> None:
    run_build(settings, embedder)
    index = Index(require_current_generation(settings.index_dir), embedder.fingerprint)
    retriever = Retriever(index, embedder, Vocabulary(()), dense_weight=0.5, candidates=50)
    found = retriever.retrieve("How does a retry loop work?", k=5)
    assert found.terms == ("retry", "loop")
    assert found.passages[0].passage.topic == "retries"
    assert [scored.rank for scored in found.passages] == [1, 2, 3, 4, 5]
    scores = [scored.score for scored in found.passages]
    assert scores == sorted(scores, reverse=True)
    index.close()


def test_any_text_can_be_searched(settings: Settings, embedder: BagOfStems) -> None:
    run_build(settings, embedder)
    index = Index(require_current_generation(settings.index_dir), embedder.fingerprint)
    retriever = Retriever(index, embedder, Vocabulary(()), dense_weight=0.5, candidates=50)
    for text in ("c++", "C#", "AND", "what is x?", "NEAR(", "*", '"', "a OR b NOT c", "-", "é", "🚀", ""):
        assert len(retriever.retrieve(text, k=3).passages) == 3, text


def test_manifest_describes_what_was_built(settings: Settings, embedder: BagOfStems) -> None:
    run_build(settings, embedder)
    manifest = read_manifest(require_current_generation(settings.index_dir))
    assert (manifest.fingerprint, manifest.passages, manifest.dimension) == ("bag-of-stems", 27, 64)
    status = read_status(settings)
    assert (status.chunks, status.generation, status.model, status.up_to_date) == (27, "gen-0001", "bag-of-stems", True)
    assert [source.chunks for source in status.sources] == [20, 7]

"""``study sources`` over a real library: what is there, why it is not, and where to go on."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.domain import Passage, PassageKind
from assistant.library import Chunk, Library, Origin, Source, SourceStatus
from assistant.settings import Settings
from tests.assistant.commands import Run, make_run
from tests.mini_corpus import write_corpus

PAGE, OTHER = "https://example.org/fuses", "https://example.org/queues"
CATALOGUE = "resources:\n" + "".join(
    f"  - id: {name}\n    url: {url}\n    title: {title}\n    kind: docs\n    level: beginner\n    minutes: 10\n"
    f"    topics: [fuses]\n    cost: free\n    licence: ''\n    why: It explains what they are for, with examples of both kinds.\n    checked: {{'on': 2026-11-22, how: by hand}}\n"
    for name, url, title in (("one", PAGE, "On fuses"), ("two", OTHER, "On queues"))
)
HOW = (
    "Add with: python -m ingest add PATH|URL; take out with: python -m ingest remove PATH|URL; fetch the links with: "
    "python -m ingest build --links"
)


@pytest.fixture
def study(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    corpus = write_corpus(tmp_path / "corpus")
    (corpus / "resources.yaml").write_text(CATALOGUE, encoding="utf-8")
    monkeypatch.setenv("STUDY_HOME", str(tmp_path))
    monkeypatch.setenv("STUDY_CORPUS_DIR", str(corpus))
    return make_run(monkeypatch, capsys)


@pytest.fixture
def filled(study: Run, tmp_path: Path) -> Run:
    """With a note of two chunks, a file that could not be read, and a page that was not found."""
    with Library(Settings(home=tmp_path).library_path) as library:
        chunks = [
            Chunk(Passage(f"note-{n}", "/notes.md", PassageKind.OWN, None, "fuses", "Notes", "Text."), f"text {n}")
            for n in range(2)
        ]
        library.put(
            Source("/notes.md", Origin.OWN, "/notes.md", "My notes", SourceStatus.INDEXED, "", "h", "d"), chunks
        )
        library.put(Source("/bad.pdf", Origin.OWN, "/bad.pdf", "Bad", SourceStatus.FAILED, "no text in it"))
        library.put(Source(PAGE, Origin.CATALOGUE, PAGE, "On fuses", SourceStatus.FAILED, "404"))
    return study


def test_before_the_first_build_it_says_how_to_add(study: Run) -> None:
    done = study("sources")
    assert (done.code, done.out) == (0, "Nothing is indexed yet.\n")
    assert done.err == f"0 of your own, 2 linked resources, 2 of them not fetched. {HOW}\n"


def test_each_source_has_its_status_and_the_reason(filled: Run) -> None:
    lines = filled("sources").out.splitlines()
    assert lines == [
        "2 passages indexed: your material 2.",
        "/bad.pdf: failed: no text in it",
        "/notes.md: indexed 2 chunks",
        f"{PAGE}: failed: 404",
    ]
    assert filled("sources", "--links").out.splitlines() == [*lines, f"{OTHER}: not fetched"]
    assert filled("sources", "FUSES").out.splitlines()[1:] == [f"{PAGE}: failed: 404"]


def test_programs_get_one_object(filled: Run) -> None:
    found = filled("sources", "--json").json
    assert found["chunks"] == {"own": 2}
    assert found["own"][1] == {
        "source": "/notes.md", "title": "My notes", "status": "indexed", "reason": "", "chunks": 2,
        "topics": [{"topic": "fuses", "chunks": 2}],
    }  # fmt: skip
    assert [(each["source"], each["status"], each["reason"]) for each in found["linked"]] == [
        (PAGE, "failed", "404"), (OTHER, "not fetched", ""),
    ]  # fmt: skip

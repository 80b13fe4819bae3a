"""What there is to read, from a real library."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from assistant.domain import Level, Passage, PassageKind, Resource
from assistant.library import Chunk, Library, Origin, Source, SourceStatus
from assistant.material import LinkedSource, Material, OwnSource, corpus_summary, read_material

PAGE = Resource("a", "A page", "https://example.org/a", "docs", Level.BEGINNER, 10, ("fuses",), True, "", "Says why.")
OTHER = replace(PAGE, id="b", url="https://example.org/b")


def source(id_: str, origin: Origin, document: str | None) -> Source:
    status = SourceStatus.INDEXED if document else SourceStatus.FAILED
    return Source(id_, origin, id_, id_, status, "" if document else "404", "hash", document)


def chunk(id_: str, kind: PassageKind, topic: str | None) -> Chunk:
    return Chunk(Passage(id_, "s", kind, None, topic, "Heading", "Text."), id_)


def test_index_is_summed_up_in_one_line() -> None:
    assert corpus_summary({}) == "Nothing is indexed yet."
    chunks = {PassageKind.NOTES: 1461, PassageKind.OWN: 3, PassageKind.ROADMAP: 190}
    assert corpus_summary(chunks) == "1,654 passages indexed: roadmap 190, study notes 1,461, your material 3."


def test_before_the_first_build_there_is_only_the_catalogue(tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite"
    assert read_material(path, [PAGE]) == Material({}, (), (LinkedSource(PAGE, None),))
    assert not path.exists()


def test_sources_are_joined_with_topics_and_catalogue(tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite"
    own, failed = source("/a.md", Origin.OWN, "own-1"), source("/b.md", Origin.OWN, None)
    fetched = source(PAGE.url, Origin.CATALOGUE, "page-1")
    with Library(path) as library:
        library.put(source("notes", Origin.CORPUS, "notes-1"), [chunk("n1", PassageKind.NOTES, "fuses")])
        topics = ("retries", "fuses", "fuses", None)
        library.put(own, [chunk(f"o{n}", PassageKind.OWN, topic) for n, topic in enumerate(topics)])
        library.put(failed)
        library.put(fetched, [chunk("r1", PassageKind.RESOURCE, "fuses")])
    material = read_material(path, [PAGE, OTHER])
    assert material == Material(
        {PassageKind.NOTES: 1, PassageKind.OWN: 4, PassageKind.RESOURCE: 1},
        (OwnSource(replace(own, chunks=4), (("fuses", 2), ("retries", 1))), OwnSource(failed, ())),
        (LinkedSource(PAGE, replace(fetched, chunks=1)), LinkedSource(OTHER, None)),
    )

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from assistant.domain import Partition, PassageKind
from assistant.library import Chunk, Library, Origin, Source, SourceStatus
from tests.assistant.passages import passage

MODEL = "model"


def source(name: str, document: str, origin: Origin = Origin.OWN) -> Source:
    return Source(name, origin, name, name, SourceStatus.INDEXED, document_id=document)


def chunk(id_: str, text: str, key: str = "") -> Chunk:
    return Chunk(replace(passage(id_, text, kind=PassageKind.OWN), heading="H"), key or f"key-{id_}")


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library(tmp_path / "library.sqlite") as opened:
        opened.put(source("notes/1.md", "corpus-1", Origin.CORPUS), [chunk("c1", "A fuse.")])
        opened.put(source("/b.md", "own-b"), [chunk("b1", "The longest text of all."), chunk("b2", "Short.")])
        opened.put(source("/a.md", "own-a"), [chunk("a1", "Middle length.", "key-b2")])
        yield opened


def embed(library: Library, *keys: str) -> None:
    library.store_embeddings(MODEL, [(key, np.full(2, place, np.float32)) for place, key in enumerate(keys)])


def ids(library: Library, partition: Partition | None = None) -> list[str]:
    return [each.passage.id for each in library.chunks(partition)]


def test_the_roadmap_comes_first_and_each_partition_by_source(library: Library) -> None:
    assert ids(library) == ["c1", "a1", "b1", "b2"]
    assert ids(library, Partition.OUTSIDE) == ["a1", "b1", "b2"]
    assert [library.count(partition) for partition in Partition] == [1, 3]
    assert library.documents(Partition.OUTSIDE) == [("own-a", "/a.md"), ("own-b", "/b.md")]


def test_what_is_missing_comes_shortest_first_and_once_for_each_text(library: Library) -> None:
    # a1 and b2 share a key, and stand for it by the first of their ids.
    assert library.missing_embeddings(MODEL) == ["c1", "a1", "b1"]
    embed(library, "key-b2", "key-c1")
    assert library.missing_embeddings(MODEL) == ["b1"]
    assert library.missing_embeddings("other") == ["c1", "a1", "b1"]


def test_chunks_come_in_the_order_they_are_asked_for(library: Library) -> None:
    found = library.chunks_with(["b2", "a1", "b1"])
    assert [(each.passage.id, each.passage.source) for each in found] == [
        ("b2", "/b.md"),
        ("a1", "/a.md"),
        ("b1", "/b.md"),
    ]


def test_vectors_come_by_document_and_by_chunk(library: Library) -> None:
    embed(library, "key-c1", "key-b1", "key-b2")
    by_document = [(each.id, each.kind, each.vector.tolist()) for each in library.vectors(["own-b"], MODEL)]
    assert by_document == [("b1", PassageKind.OWN, [1.0, 1.0]), ("b2", PassageKind.OWN, [2.0, 2.0])]
    assert [(each.id, each.vector.tolist()) for each in library.vectors_of(["a1"], MODEL)] == [("a1", [2.0, 2.0])]
    assert list(library.vectors(["own-b"], "other")) == []


def test_a_document_goes_with_the_last_source_that_holds_it(library: Library) -> None:
    library.put(source("/c.md", "own-b"))
    library.remove(["/b.md"])
    assert library.documents(Partition.OUTSIDE) == [("own-a", "/a.md"), ("own-b", "/c.md")]
    library.put(replace(source("/c.md", "own-b"), document_id=None, status=SourceStatus.FAILED))
    assert ids(library, Partition.OUTSIDE) == ["a1"]
    assert not library.has_document("own-b")


def test_one_source_is_found_by_its_id(library: Library) -> None:
    assert library.source("/b.md") == replace(source("/b.md", "own-b"), chunks=2)
    assert library.source("/nothing.md") is None


def test_only_documents_of_another_version_are_unmatched(library: Library) -> None:
    assert library.unmatched("1") == ["own-a", "own-b"]
    library.mark_matched(["own-a"], "1")
    assert library.unmatched("1") == ["own-b"]
    assert library.unmatched("2") == ["own-a", "own-b"]


def test_the_content_hash_follows_documents_names_and_topics(library: Library) -> None:
    seen = [library.content_hash()]
    assert library.content_hash() == seen[0]
    library.mark_matched(["own-a"], "1")
    seen.append(library.content_hash())
    library.put(source("/0.md", "own-b"))
    seen.append(library.content_hash())
    library.remove(["/a.md"])
    seen.append(library.content_hash())
    assert len(set(seen)) == 4

"""An index whose roadmap is far smaller than what was linked to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.confidence import signals
from assistant.domain import OUTSIDE_THE_ROADMAP, Partition, PassageKind
from assistant.library import Chunk, Library, Origin, Source, SourceStatus
from assistant.retrieval import VOUCHING, Retriever
from assistant.settings import Settings
from ingest.split import embedding_text
from tests.assistant.passages import passage
from tests.assistant.retrievers import built
from tests.conftest import BagOfStems
from tests.mini_corpus import write_corpus

QUESTION = "What does a fuse breaker count in its window?"


def page_chunk(number: int) -> Chunk:
    page = passage(f"page{number}", f"{QUESTION} Page {number}.", kind=PassageKind.RESOURCE, module=None, topic=None)
    page = replace(page, heading=QUESTION)
    return Chunk(page, embedding_text(page))


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home", corpus_dir=write_corpus(tmp_path / "corpus"))


@pytest.fixture
def roadmap(settings: Settings, embedder: BagOfStems) -> Iterator[Retriever]:
    retriever = built(settings, embedder)
    yield retriever
    retriever.index.close()


@pytest.fixture
def crowded(settings: Settings, embedder: BagOfStems, roadmap: Retriever) -> Iterator[Retriever]:
    """The same roadmap after pages of 200 chunks were linked, each nearer to the question than any of the notes."""
    source = Source("https://a.example/", Origin.CATALOGUE, "", "Pages", SourceStatus.INDEXED, document_id="pages")
    with Library(settings.library_path) as library:
        library.put(source, [page_chunk(number) for number in range(200)])
    retriever = built(settings, embedder)
    yield retriever
    retriever.index.close()


def test_each_partition_answers_for_itself(crowded: Retriever, embedder: BagOfStems) -> None:
    vector = embedder.embed([QUESTION])
    kinds = {}
    for partition in Partition:
        found = {
            *crowded.index.dense(partition, vector, 20),
            *crowded.index.lexical(partition, ["fuse"], 20),
        }
        kinds[partition] = {found.kind in OUTSIDE_THE_ROADMAP for found in crowded.index.passages(found).values()}
    assert kinds == {Partition.ROADMAP: {False}, Partition.OUTSIDE: {True}}
    assert [crowded.index.manifest.count(partition) for partition in Partition] == [27, 200]


def test_a_roadmap_alone_has_one_partition(roadmap: Retriever, embedder: BagOfStems) -> None:
    assert roadmap.index.manifest.partitions == (Partition.ROADMAP,)
    assert roadmap.index.dense(Partition.OUTSIDE, embedder.embed([QUESTION]), 5) == {}
    assert roadmap.index.lexical(Partition.OUTSIDE, ["fuse"], 5) == {}


def test_many_linked_pages_leave_the_roadmap_its_share(crowded: Retriever, roadmap: Retriever) -> None:
    found = [scored.passage for scored in crowded.retrieve(QUESTION, 1000).passages]
    assert found[0].kind is PassageKind.RESOURCE
    only_roadmap = [scored.passage for scored in crowded.retrieve(QUESTION, 1000, roadmap_only=True).passages]
    assert {each.id for each in only_roadmap} == {each.id for each in found if each.kind not in OUTSIDE_THE_ROADMAP}
    before = roadmap.retrieve(QUESTION, 1000).passages
    assert {each.id for each in only_roadmap} == {scored.passage.id for scored in before}


def test_words_are_as_rare_as_in_the_roadmap(crowded: Retriever, roadmap: Retriever) -> None:
    words = ("fuse", "window", "page", "sheep")
    assert [crowded.importance(word) for word in words] == [roadmap.importance(word) for word in words]


def test_many_linked_pages_do_not_starve_the_confidence(crowded: Retriever, roadmap: Retriever) -> None:
    found, before = crowded.retrieve(QUESTION, 8), roadmap.retrieve(QUESTION, 8)
    assert len(found.vouchers) == 8
    assert {scored.passage.kind for scored in found.vouchers} <= VOUCHING
    assert signals(found, crowded.importance).nearest == signals(before, roadmap.importance).nearest
    assert signals(found, crowded.importance).coverage == signals(before, roadmap.importance).coverage

"""The rows of the sources page's tables, without a page."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.curriculum import Curriculum, load_curriculum
from assistant.domain import Level, Resource
from assistant.library import Origin, Source, SourceStatus
from assistant.material import LinkedSource, OwnSource
from assistant.ui.sources.rows import Row, linked_rows, matching, own_rows, removal_lines, roots_of, statuses
from tests.mini_corpus import write_corpus

HOME = Path("/home/me/study")


@pytest.fixture
def curriculum(tmp_path: Path) -> Curriculum:
    return load_curriculum(write_corpus(tmp_path / "corpus"))


def indexed(id_: str, chunks: int, *topics: tuple[str, int], root: str = "") -> OwnSource:
    source = Source(id_, Origin.OWN, root or id_, id_, SourceStatus.INDEXED, document_id=id_, chunks=chunks)
    return OwnSource(source, topics)


def failed(id_: str, reason: str, root: str = "") -> OwnSource:
    return OwnSource(Source(id_, Origin.OWN, root or id_, id_, SourceStatus.FAILED, reason), ())


UPLOAD = "/home/me/study/uploads/a.pdf"
OWN = [
    indexed(UPLOAD, 41, ("fuses", 30), ("retries", 2)),
    indexed("/vault/deep/b.md", 2, root="/vault"),
    failed("/vault/c.pdf", "encrypted PDF", root="/vault"),
    failed("https://a.org/x", "404"),
]


def test_rows_say_what_became_of_each_source_problems_first(curriculum: Curriculum) -> None:
    assert own_rows(OWN, curriculum, HOME) == [
        Row("a.org/x", "Failed", None, "404", "Web", "https://a.org/x", "https://a.org/x"),
        Row("c.pdf", "Failed", None, "Encrypted PDF", "/vault", "/vault"),
        Row("a.pdf", "Indexed", 41, "Fuses and breakers (30); Trying again (2)", "Upload", UPLOAD),
        Row("b.md", "Indexed", 2, "No topic of the roadmap is near", "/vault", "/vault"),
    ]


def test_many_topics_are_cut(curriculum: Curriculum) -> None:
    topics = [("fuses", 3), ("retries", 2), ("queues", 2), ("gone", 1)]
    (row,) = own_rows([indexed("/a.md", 8, *topics)], curriculum, HOME)
    assert row.about == "Fuses and breakers (3); Trying again (2); Queues (2)"
    assert row.place == "/"


def test_linked_rows_show_topics_or_the_reason(curriculum: Curriculum) -> None:
    page = Resource("a", "A page", "https://a.org/x", "docs", Level.BEGINNER, 9, ("fuses", "queues"), True, "", "")
    bad = Source(page.url, Origin.CATALOGUE, page.url, page.url, SourceStatus.FAILED, "unreachable (no such host)")
    good = Source(page.url, Origin.CATALOGUE, page.url, page.url, SourceStatus.INDEXED, chunks=7)
    about = "Fuses and breakers; Queues"
    assert linked_rows([LinkedSource(page, found) for found in (None, bad, good)], curriculum) == [
        Row("A page", "Not fetched", None, about, "Docs", page.url, page.url),
        Row("A page", "Failed", None, "Unreachable (no such host)", "Docs", page.url, page.url),
        Row("A page", "Indexed", 7, about, "Docs", page.url, page.url),
    ]


def test_filters_need_every_word_and_one_of_the_statuses(curriculum: Curriculum) -> None:
    rows = own_rows(OWN, curriculum, HOME)
    assert statuses(rows) == {"Failed": 2, "Indexed": 2}
    names = [
        [row.name for row in matching(rows, text, wanted)]
        for text, wanted in (("", []), ("", ["Indexed"]), ("VAULT pdf", []), ("fuses", ["Failed"]))
    ]
    assert names == [["a.org/x", "c.pdf", "a.pdf", "b.md"], ["a.pdf", "b.md"], ["c.pdf"], []]


def test_selected_rows_mean_what_was_added(curriculum: Curriculum) -> None:
    rows = own_rows(OWN, curriculum, HOME)
    assert roots_of(rows, [3, 1, 2, 9, -1]) == ["/vault", UPLOAD]


def test_removal_is_said_before_it_is_done() -> None:
    own = [*OWN, indexed("/one.md", 1)]
    assert removal_lines([UPLOAD, "/vault", "https://a.org/x", "/one.md"], own, HOME) == [
        "a.pdf: the uploaded copy is deleted",
        "the whole folder /vault, 2 files: forgotten here, the files stay on disk",
        "a.org/x: forgotten here",
        "one.md: forgotten here, the file stays on disk",
    ]

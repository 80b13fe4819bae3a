"""One topic with everything around it, on the tiny corpus and on the real one."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.catalogue import load_catalogue
from assistant.check_questions import CheckQuestions
from assistant.curriculum import load_curriculum
from assistant.domain import Level, Resource
from assistant.errors import CorpusError, InvalidInput
from assistant.note_files import NoteFiles
from assistant.settings import Settings
from assistant.topic_overview import TopicOverview, topic_overview
from tests.mini_corpus import write_corpus


def resource(name: str, *topics: str) -> Resource:
    return Resource(name, name, f"https://example.org/{name}", "docs", Level.BEGINNER, 10, topics, True, "", "Good.")


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return write_corpus(tmp_path)


def overview(corpus: Path, topic: str, *catalogue: Resource) -> TopicOverview:
    notes = NoteFiles(corpus, load_curriculum(corpus))
    return topic_overview(notes.curriculum, notes, CheckQuestions(notes), catalogue, topic)


def test_everything_on_a_topic_is_brought_together(corpus: Path) -> None:
    found = overview(corpus, "retries", resource("other", "fuses"), resource("late", "fuses", "retries"),
                     resource("own", "retries"))  # fmt: skip
    assert (found.topic.id, found.module.number) == ("retries", 1)
    assert [(topic.id, edge.hard) for topic, edge in found.needs] == [("fuses", True)]
    assert [(topic.id, edge.hard) for topic, edge in found.unlocks] == [("queues", False)]
    assert [section.heading for section in found.sections] == [
        "In one sentence", "How it works", "When to use it, and when not", "Trade-offs", "Pitfalls", "In practice",
    ]  # fmt: skip
    assert found.connections == (("fuses", "A retry loop leads to fuses."),)
    assert [each.id for each in found.resources] == ["own", "late"]
    assert [question.text for question in found.questions] == [
        "What does A retry loop count?", "Why does A retry loop exist?",
    ]  # fmt: skip


def test_hard_edges_come_first(corpus: Path) -> None:
    found = overview(corpus, "queues")
    assert [(topic.id, edge.hard) for topic, edge in found.needs] == [("fuses", True), ("retries", False)]
    assert (found.sections, found.connections, found.questions) == ((), (), ())


def test_an_unknown_topic_is_a_clear_error(corpus: Path) -> None:
    with pytest.raises(InvalidInput, match="The roadmap has no topic called 'x'"):
        overview(corpus, "x")


def test_notes_are_read_once_and_a_broken_file_is_named(corpus: Path) -> None:
    notes = NoteFiles(corpus, load_curriculum(corpus))
    assert notes.topic("fuses") is notes.topic("fuses")
    assert notes.topic("nothing") is None
    path = corpus / "notes" / "01-breaking-things.md"
    path.write_bytes(b"\xff")
    assert notes.topic("fuses") is not None
    with pytest.raises(CorpusError, match="01-breaking-things.md cannot be read"):
        NoteFiles(corpus, load_curriculum(corpus)).topic("fuses")


def test_every_topic_of_the_roadmap_has_a_full_page() -> None:
    directory = Settings().corpus_dir
    notes = NoteFiles(directory, load_curriculum(directory))
    catalogue = load_catalogue(directory, notes.curriculum)
    for topic in notes.curriculum.topics:
        found = topic_overview(notes.curriculum, notes, CheckQuestions(notes), catalogue, topic)
        assert len(found.sections) == 6, topic
        assert found.questions, topic
        assert found.resources, topic

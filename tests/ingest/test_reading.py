from __future__ import annotations

from pathlib import Path

from assistant.curriculum import load_curriculum
from assistant.settings import Settings
from ingest.reading import reading_minutes, write_reading_minutes
from tests.mini_corpus import CURRICULUM, write_corpus


def test_stored_reading_times_are_those_of_the_notes() -> None:
    corpus = Settings().corpus_dir
    curriculum = load_curriculum(corpus)
    stored = {topic.id: topic.reading_minutes for topic in curriculum.topics.values()}
    assert stored == reading_minutes(corpus, curriculum), "run: python -m ingest reading-times"


def test_writing_changes_only_its_own_lines(tmp_path: Path) -> None:
    corpus = write_corpus(tmp_path)
    minutes = reading_minutes(corpus, load_curriculum(corpus))
    assert minutes == {"fuses": 1, "retries": 1}
    for minutes_now in (minutes, {"fuses": 7}):
        write_reading_minutes(corpus, minutes_now)
    text = (corpus / "curriculum.yaml").read_text(encoding="utf-8")
    assert text.replace("        reading_minutes: 7\n", "") == CURRICULUM
    curriculum = load_curriculum(corpus)
    assert [topic.reading_minutes for topic in curriculum.topics.values()] == [7, 0, 0]

"""The corpus as it is shipped keeps its own rules."""

from __future__ import annotations

from assistant.curriculum import load_curriculum
from assistant.notes import note_path, parse_module_notes
from assistant.settings import Settings
from ingest.lint import Severity
from ingest.lint.files import lint_corpus
from ingest.text import read_text

CORPUS = Settings().corpus_dir


def test_notes_break_no_rule() -> None:
    findings = lint_corpus(CORPUS, load_curriculum(CORPUS))
    assert [str(finding) for finding in findings if finding.severity is Severity.ERROR] == []


def test_every_topic_has_notes_and_questions() -> None:
    curriculum = load_curriculum(CORPUS)
    topics, questions = 0, 0
    for module in curriculum.modules:
        notes = parse_module_notes(read_text(CORPUS / note_path(module)), note_path(module))
        topics += len(notes.topics)
        questions += sum(len(topic.questions) for topic in notes.topics)
    assert topics == 145
    assert questions >= 4 * 145


def test_project_hours_are_those_of_the_curriculum() -> None:
    for module in load_curriculum(CORPUS).modules:
        notes = parse_module_notes(read_text(CORPUS / note_path(module)), note_path(module))
        assert notes.project.hours == module.project_hours, module.number

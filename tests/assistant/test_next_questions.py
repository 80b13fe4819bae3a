from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from assistant.confidence import load_model
from assistant.conversations import Turn
from assistant.curriculum import load_curriculum
from assistant.domain import Answer, AnswerStatus, Citation
from assistant.next_questions import MOST, next_questions, topic_of
from assistant.note_files import NoteFiles
from assistant.notes import Section, TopicNotes
from assistant.service import open_assistant
from assistant.settings import Settings
from assistant.topic_subjects import topic_subjects
from tests.conftest import REPOSITORY

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
SUBJECTS = {"breaker": "circuit breakers", "retry": "retries", "queue": "queues and topics"}
SECTIONS = ("In one sentence", "When to use it, and when not", "Trade-offs", "Pitfalls")
NOTES = TopicNotes(
    "Breaker", 1, tuple(Section(each, 1, "Text.") for each in SECTIONS), (), (("retry", "Why."), ("queue", "Why."))
)
PITFALLS = "What can go wrong with circuit breakers?"
TRADE_OFFS = "What are the trade-offs of circuit breakers?"
WHEN = "When should I use circuit breakers?"
COMPARE = "What is the difference between circuit breakers and retries?"
EXPLAIN = "Can you explain queues and topics?"


def turn(question: str = "What is it?", *cited: tuple[str | None, str]) -> Turn:
    citations = tuple(
        Citation(n, f"p{n}", 1, topic, f"1. M > T > {section}", None, "Text.")
        for n, (topic, section) in enumerate(cited, start=1)
    )
    answer = Answer(question, AnswerStatus.ANSWERED, "Text.", citations, (), 1.0, "notes", 1)
    return Turn(1, "c", question, NOW, answer)


def asked_next(*turns: Turn) -> list[str]:
    return list(next_questions(turns, "breaker", NOTES, SUBJECTS))


def test_more_of_the_topic_then_what_it_is_connected_with() -> None:
    assert asked_next(turn("What is it?", ("breaker", "In one sentence"))) == [PITFALLS, TRADE_OFFS, COMPARE]


def test_what_was_cited_or_asked_is_not_asked_for_again() -> None:
    told = turn("What is it?", ("breaker", "Pitfalls"), ("breaker", "Trade-offs"))
    assert asked_next(told) == [WHEN, COMPARE, EXPLAIN]
    assert asked_next(told, turn(WHEN.lower(), ("breaker", "In one sentence"))) == [COMPARE, EXPLAIN]
    assert asked_next(told, turn("And?", ("retry", "Pitfalls"))) == [WHEN, EXPLAIN]


def test_sections_and_connections_that_are_not_there_are_not_asked_for() -> None:
    bare = replace(NOTES, sections=NOTES.sections[:1], connections=(("gone", "Why."),))
    assert next_questions([turn()], "breaker", bare, SUBJECTS) == ()


def test_the_topic_is_the_one_most_cited() -> None:
    assert topic_of(turn("?", ("a", "x"), ("b", "x"), ("b", "y"))) == "b"
    assert topic_of(turn("?", ("a", "x"), ("b", "x"))) == "a"
    assert topic_of(turn("?", (None, "x"))) is None
    assert topic_of(replace(turn(), answer=None)) is None


@pytest.mark.parametrize("told", [(), ("Pitfalls", "Trade-offs")], ids=["first", "later"])
def test_no_question_on_any_topic_is_one_that_would_be_refused(real_settings: Settings, told: tuple[str, ...]) -> None:
    curriculum = load_curriculum(REPOSITORY / "corpus")
    notes, subjects = NoteFiles(REPOSITORY / "corpus", curriculum), topic_subjects(curriculum)
    assistant = open_assistant(real_settings, with_journal=False)
    asked: dict[str, float] = {}
    for topic in curriculum.topics:
        read = notes.topic(topic)
        assert read is not None
        questions = next_questions([turn("?", *((topic, each) for each in told))], topic, read, subjects)
        assert 2 <= len(questions) <= MOST
        asked |= {each: load_model().confidence(assistant.signals(each)) for each in questions}
    assistant.close()
    assert len(asked) > 250
    assert {question: share for question, share in asked.items() if share < load_model().threshold} == {}

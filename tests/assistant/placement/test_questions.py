from __future__ import annotations

from pathlib import Path

import pytest

from assistant.curriculum import load_curriculum
from assistant.errors import CorpusError
from assistant.placement import QuestionBank, load_question_bank
from assistant.settings import Settings
from tests.mini_corpus import write_corpus

CORPUS = Settings().corpus_dir


@pytest.fixture(scope="module")
def bank() -> QuestionBank:
    return load_question_bank(CORPUS, load_curriculum(CORPUS))


def test_every_topic_has_two_questions_at_least(bank: QuestionBank) -> None:
    assert min(bank.count(topic) for topic in load_curriculum(CORPUS).topics) == 2
    assert bank.count("no-such-topic") == 0
    assert bank.next_number("no-such-topic", 0, ()) is None


def test_questions_are_shown_as_in_the_notes_but_shuffled(bank: QuestionBank) -> None:
    shown = [bank.shown("monolith-vs-microservices-vs-soa", 1, seed) for seed in range(20)]
    questions = [question for question in shown if question is not None]
    assert len(questions) == 20
    assert {question.text for question in questions} == {"What most clearly separates microservices from a monolith?"}
    assert {question.options[question.right] for question in questions} == {
        "Each microservice can be deployed on its own."
    }
    assert {question.right for question in questions} == {0, 1, 2, 3}
    assert all(question.why_not[question.right] == "" for question in questions)
    assert all(sum(why == "" for why in question.why_not) == 1 for question in questions)
    assert len({frozenset(question.options) for question in questions}) == 1
    assert bank.shown("monolith-vs-microservices-vs-soa", 1, 7) == questions[7]
    assert bank.shown("monolith-vs-microservices-vs-soa", 99, 0) is None


def test_a_retake_begins_with_another_question(bank: QuestionBank) -> None:
    for topic in load_curriculum(CORPUS).topics:
        first, second = (bank.next_number(topic, seed, ()) for seed in (0, 1))
        assert first is not None
        assert first != second
        following = bank.next_number(topic, 0, [first])
        assert following not in {None, first}
    assert bank.next_number("rest-design-principles", 0, range(1, 9)) is None


def test_first_questions_are_not_all_the_first_of_the_notes(bank: QuestionBank) -> None:
    firsts = {bank.next_number(topic, 0, ()) for topic in load_curriculum(CORPUS).topics}
    assert {1, 2} <= firsts


def test_notes_that_do_not_fit_the_roadmap_are_refused(tmp_path: Path) -> None:
    corpus = write_corpus(tmp_path)
    curriculum = load_curriculum(corpus)
    load_question_bank(corpus, curriculum)
    path = next((corpus / "notes").glob("01*.md"))
    path.write_text(
        path.read_text(encoding="utf-8").replace("## Fuses and breakers", "## Fuse boxes"), encoding="utf-8"
    )
    with pytest.raises(CorpusError, match="module 1 has no topic called 'Fuse boxes'"):
        load_question_bank(corpus, curriculum)
    path.write_bytes(b"\xff")
    with pytest.raises(CorpusError, match="cannot be read"):
        load_question_bank(corpus, curriculum)

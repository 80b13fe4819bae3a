"""Check questions from the notes: their keys, their order, and what a learner is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.check_questions import CheckQuestions, next_question, verdict
from assistant.curriculum import load_curriculum
from assistant.domain import CheckQuestion, Choice
from assistant.errors import CorpusError
from assistant.note_files import NoteFiles
from assistant.settings import Settings
from tests.mini_corpus import write_corpus

PICK = CheckQuestion("t", "pick", "Which?", (Choice("A cat", False, "cats sleep"), Choice("etcd", True, "")), ())
OTHER = CheckQuestion("t", "other", "Which now?", (Choice("Yes", True, ""), Choice("No", False, "")), ())
TELL = CheckQuestion("t", "tell", "Why?", (), ("Because.",))


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return write_corpus(tmp_path)


def questions(corpus: Path) -> CheckQuestions:
    return CheckQuestions(NoteFiles(corpus, load_curriculum(corpus)))


def test_a_topic_has_the_questions_of_its_notes(corpus: Path) -> None:
    pick, tell = questions(corpus).on("fuses")
    assert (pick.topic, pick.text, pick.key_points) == ("fuses", "What does A fuse breaker count?", ())
    assert {(choice.text, choice.right, choice.why_not) for choice in pick.choices} == {
        ("A fuse breaker counts failures.", True, ""),
        ("Sheep.", False, "sheep are for sleep."),
    }
    assert (tell.choices, tell.key_points) == ((), ("A fuse breaker exists to protect callers.",))
    assert len({question.key for topic in ("fuses", "retries") for question in questions(corpus).on(topic)}) == 4


@pytest.mark.parametrize("topic", ["queues", "no-such-topic"])
def test_a_topic_without_notes_has_none(corpus: Path, topic: str) -> None:
    assert questions(corpus).on(topic) == ()


def test_the_right_option_is_not_always_in_the_same_place() -> None:
    directory = Settings().corpus_dir
    bank = CheckQuestions(NoteFiles(directory, load_curriculum(directory)))
    places = [
        [choice.right for choice in question.choices].index(True)
        for topic in list(bank.notes.curriculum.topics)[:20]
        for question in bank.on(topic)
        if question.choices
    ]
    assert set(places) == {0, 1, 2, 3}
    assert bank.on("circuit-breaker") == CheckQuestions(NoteFiles(directory, bank.notes.curriculum)).on(
        "circuit-breaker"
    )


@pytest.mark.parametrize("content", [b"\xff\xfe", b"# no notes at all"])
def test_notes_that_cannot_be_read_are_a_clear_error(corpus: Path, content: bytes) -> None:
    (corpus / "notes" / "01-breaking-things.md").write_bytes(content)
    with pytest.raises(CorpusError, match="01-breaking-things.md"):
        questions(corpus).on("fuses")


def test_the_next_question_is_a_new_one_before_one_that_went_wrong_and_never_one_just_asked() -> None:
    assert next_question((TELL, PICK, OTHER), {}, ()) == PICK
    assert next_question((TELL, PICK, OTHER), {}, {"pick"}) == OTHER
    assert next_question((TELL, PICK, OTHER), {"pick": False}, ()) == OTHER
    assert next_question((PICK, TELL), {"pick": False}, ()) == TELL
    assert next_question((PICK, TELL), {"pick": False, "tell": True}, ()) == PICK
    assert next_question((PICK,), {"pick": True}, ()) is None
    assert next_question((), {}, ()) is None


def test_the_verdict_gives_the_reason_and_the_right_option() -> None:
    assert verdict(PICK, 1) == "Right."
    assert verdict(PICK, 0) == "Not quite. Cats sleep. Right is: etcd."
    assert verdict(OTHER, 1) == "Not quite. Right is: Yes."

"""The cards of a topic, and the sentence of the notes behind an answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.check_questions import CheckQuestions, question_key
from assistant.curriculum import load_curriculum
from assistant.domain import CheckQuestion, Choice
from assistant.errors import InvalidInput
from assistant.note_files import NoteFiles
from assistant.notes import Section
from assistant.practice.bank import CardBank
from assistant.practice.cards import Card, CardKind
from assistant.practice.contrast import Contrasts
from assistant.practice.evidence import Evidence, evidence_for
from assistant.settings import Settings
from tests.mini_corpus import write_corpus

SECTIONS = (
    Section(
        "How it works", 1, "A breaker counts failed calls. It opens after half of them failed.\n\n```sh\nshow half\n```"
    ),
    Section("Pitfalls", 9, "- Half a timeout protects nobody."),
    Section("How it connects", 12, "- [[x]]: It opens after half of them failed, and more."),
)


def bank(corpus: Path) -> CardBank:
    curriculum = load_curriculum(corpus)
    old_names = {"fuses": ("old-fuses",)}
    return CardBank(
        curriculum, CheckQuestions(NoteFiles(corpus, curriculum)), Contrasts(curriculum, ()),
        lambda topic: old_names.get(topic, ()),
    )  # fmt: skip


def test_the_cards_of_a_topic_know_what_they_were_called(tmp_path: Path) -> None:
    cards = bank(write_corpus(tmp_path))
    pick, tell = cards.on("fuses")
    assert (pick.kind, tell.kind, pick.topic) == (CardKind.CHOICE, CardKind.OPEN, "fuses")
    assert pick.earlier_keys == (question_key("old-fuses", pick.question.text),)
    assert (pick.right_answer, tell.right_answer) == (
        "A fuse breaker counts failures.", "A fuse breaker exists to protect callers.",
    )  # fmt: skip
    assert cards.on("queues") == cards.on("nothing") == ()


def test_a_card_is_found_by_the_beginning_of_its_key(tmp_path: Path) -> None:
    cards = bank(write_corpus(tmp_path))
    pick = cards.on("fuses")[0]
    assert cards.find(pick.key[:6]) == pick
    for key, message in (("nope", "No question has the key 'nope'"), ("", "No question has the key")):
        with pytest.raises(InvalidInput, match=message):
            cards.find(key)


def card(text: str, answer: str) -> Card:
    return Card(CheckQuestion("t", "k", text, (Choice(answer, True, ""),), ()), CardKind.CHOICE)


@pytest.mark.parametrize(
    ("text", "answer", "expected"),
    [
        ("When does it open?", "After half of the calls failed.", Evidence("How it works", "It opens after half of them failed.")),
        ("What does a timeout protect?", "Nobody.", Evidence("Pitfalls", "Half a timeout protects nobody.")),
        ("Why?", "Sheep sleep.", None),
    ],
)  # fmt: skip
def test_the_sentence_that_says_the_answer(text: str, answer: str, expected: Evidence | None) -> None:
    assert evidence_for(card(text, answer), SECTIONS) == expected


def test_almost_every_question_of_the_roadmap_has_its_sentence() -> None:
    cards = bank(Settings().corpus_dir)
    asked = [card for topic in list(cards.curriculum.topics)[::10] for card in cards.on(topic)]
    found = [cards.evidence(card) for card in asked]
    assert len(asked) > 60
    assert sum(each is not None for each in found) / len(asked) > 0.95

"""Which reading of a follow-up is searched for, with a search that finds what the test says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from assistant.condensing import Readings
from assistant.domain import Passage, ScoredPassage
from assistant.resolving import resolve
from assistant.retrieval import Retrieval
from assistant.words import content_words
from tests.assistant.passages import passage

BREAKER = passage("breaker", "A breaker opens after failures and rollbacks.")
BULKHEAD = passage("bulkhead", "A bulkhead keeps pools apart.", topic="bulkhead")
KAFKA = passage("kafka", "Kafka keeps messages in partitions for consumers.", module=15, topic="kafka")
LEANING, ON_TOPIC = "breaker: leaning", "Circuit Breaker: on topic"


class Finds:
    """Finds one passage for each text, as near as the test says; ``near`` is the nearness of the topic's notes."""

    def __init__(self, found: Mapping[str, tuple[Passage, float]], near: float) -> None:
        self._found = found
        self._near = near
        self.asked: list[str] = []

    def importance(self, term: str) -> float:
        return 1.0

    def nearness(self, text: str, topic: str) -> float:
        return self._near

    def search(self, text: str) -> Retrieval:
        self.asked.append(text)
        found, dense = self._found[text]
        passages = (ScoredPassage(1, found, 1.0, dense, 1.0),)
        terms = content_words(text)
        return Retrieval(text, terms, passages, passages, unknown=tuple(t for t in terms if t == "spaghetti"))


def replace_text(other: Passage) -> Passage:
    """Another passage that says what the breaker's does."""
    return replace(other, text=BREAKER.text)


def follow_up(question: str, **changes: object) -> Readings:
    readings = Readings(question, LEANING, ON_TOPIC, leans=True, topic="circuit-breaker", module=13)
    return replace(readings, **changes)  # type: ignore[arg-type]


def resolved(readings: Readings, alone: tuple[Passage, float], near: float, leaning: Passage = BREAKER) -> str:
    finds = Finds({readings.alone: alone, LEANING: (leaning, 0.7), ON_TOPIC: (BREAKER, 0.7)}, near)
    text, found = resolve(readings, finds.search, finds)
    assert found.query == text
    return text


def test_the_first_question_is_searched_for_as_it_is() -> None:
    finds = Finds({"What is Kafka?": (KAFKA, 0.6)}, 0.0)
    assert resolve(Readings("What is Kafka?"), finds.search, finds)[0] == "What is Kafka?"
    assert finds.asked == ["What is Kafka?"]


@pytest.mark.parametrize(
    ("question", "apart", "stands_alone"),
    [
        # A few words, one word, a whole sentence, one with a pronoun: how far each must stand apart.
        ("cheaper replicas, too?", 0.31, True),
        ("cheaper replicas, too?", 0.29, False),
        ("replicas?", 0.36, True),
        ("replicas?", 0.34, False),
        ("how do I send messages to consumers?", 0.17, True),
        ("how do I send messages to consumers?", 0.15, False),
        ("how do they send messages to consumers?", 0.44, False),
        ("how do they send messages to consumers?", 0.46, True),
    ],
)
def test_a_question_stands_alone_if_other_notes_are_much_nearer(
    question: str, apart: float, stands_alone: bool
) -> None:
    found = resolved(follow_up(question, is_open=True), (KAFKA, 0.3 + apart), near=0.3)
    assert found == (question if stands_alone else LEANING)


def test_a_question_stands_alone_only_if_something_is_near_and_answers_it() -> None:
    question = "how do I send messages to consumers?"
    assert resolved(follow_up(question, is_open=True), (KAFKA, 0.41), near=0.1) == question
    assert resolved(follow_up(question, is_open=True), (KAFKA, 0.39), near=0.1) == LEANING
    unknown = "how do I send spaghetti to consumers?"
    assert resolved(follow_up(unknown, is_open=True), (KAFKA, 0.41), near=0.2) == LEANING


def test_a_question_that_must_lean_does_so_however_near_other_notes_are() -> None:
    assert resolved(follow_up("and the consumers?"), (KAFKA, 0.9), near=0.2) == LEANING


def test_an_addition_that_names_a_topic_far_from_the_last_one_is_about_that() -> None:
    question = "and Kafka consumers?"
    named = follow_up(question, named=frozenset({"kafka"}))
    assert resolved(named, (KAFKA, 0.9), near=0.2) == question
    assert resolved(named, (KAFKA, 0.5), near=0.2) == LEANING
    assert resolved(named, (BULKHEAD, 0.9), near=0.2) == LEANING


def test_what_belongs_neither_to_the_conversation_nor_to_the_field_is_left_alone() -> None:
    question = "can it cook spaghetti?"
    assert resolved(follow_up(question), (BREAKER, 0.1), near=0.0) == question
    assert resolved(follow_up(question), (BREAKER, 0.3), near=0.3) == LEANING


def test_one_word_says_too_little_unless_no_note_has_used_it() -> None:
    assert resolved(follow_up("overhead?"), (BREAKER, 0.1), near=0.0) == LEANING
    assert resolved(follow_up("why spaghetti?"), (BREAKER, 0.1), near=0.0) == "why spaghetti?"
    assert resolved(follow_up("why spaghetti?"), (BREAKER, 0.1), near=0.1) == LEANING


def test_a_question_that_points_nowhere_must_belong_more() -> None:
    assert resolved(follow_up("does it cook spaghetti?", is_open=True), (BREAKER, 0.2), near=0.15) == LEANING
    assert resolved(follow_up("tips for cooking spaghetti?", is_open=True), (BREAKER, 0.2), near=0.15) != LEANING


@pytest.mark.parametrize(
    ("leaning", "changes", "expected"),
    [
        (BULKHEAD, {}, LEANING),  # another topic of the module
        (KAFKA, {}, ON_TOPIC),
        (KAFKA, {"topics": frozenset({"kafka"})}, LEANING),  # cited by the last answer
        (KAFKA, {"named": frozenset({"kafka"})}, LEANING),
        (KAFKA, {"on_topic": ""}, LEANING),  # nothing else to search for
    ],
)
def test_a_subject_that_leads_astray_gives_way_to_the_topic_of_the_last_answer(
    leaning: Passage, changes: dict[str, object], expected: str
) -> None:
    readings = follow_up("how does it do rollbacks?", **changes)
    assert resolved(readings, (BREAKER, 0.4), near=0.4, leaning=leaning) == expected


def test_another_topic_is_kept_if_only_it_speaks_of_the_question() -> None:
    readings = follow_up("and consumers with partitions?")
    assert resolved(readings, (BREAKER, 0.4), near=0.4, leaning=KAFKA) == LEANING
    # What it names is in the notes of both, so it may lead on.
    assert resolved(follow_up("and failures?"), (BREAKER, 0.4), near=0.4, leaning=replace_text(KAFKA)) == LEANING
    # One word beside a pronoun is not much of a question.
    readings = follow_up("how many partitions does it need?", alone="is it partitioned?")
    assert resolved(readings, (BREAKER, 0.4), near=0.4, leaning=KAFKA) == ON_TOPIC


def test_without_a_topic_the_words_alone_decide() -> None:
    readings = follow_up("cheaper replicas?", is_open=True, leans=False, topic=None)
    assert resolved(readings, (BREAKER, 0.4), near=0.4) == "cheaper replicas?"
    assert resolved(replace(readings, leans=True), (BREAKER, 0.4), near=0.4) == LEANING


def test_a_follow_up_without_a_word_of_its_own_is_not_searched_for_bare() -> None:
    finds = Finds({LEANING: (BREAKER, 0.7)}, 0.4)
    assert resolve(follow_up("why?"), finds.search, finds)[0] == LEANING
    assert finds.asked == [LEANING]

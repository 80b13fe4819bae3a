"""A comparison: what sets the things apart, what each of them is, and only then the rest."""

from __future__ import annotations

import pytest

from assistant.composing import compose
from assistant.composing.sides import contrasts, names_all, side_names
from assistant.domain import Passage, PassageKind
from assistant.sentences import BlockKind
from assistant.words import stems
from tests.assistant.passages import passage, ranked

QUESTION = "What is the difference between a breaker and a bulkhead?"
SIDES = ("a breaker", "a bulkhead")
CONTRAST = "A breaker reacts to failures, while a bulkhead limits calls before the first failure."
BREAKER = passage(
    "b", "A breaker stops calls to what fails.", topic="breaker", section="In one sentence", of="13. Walls > Breaker"
)
BULKHEAD = passage(
    "k", "A bulkhead reserves threads.", topic="bulkhead", section="In one sentence", of="13. Walls > Bulkhead"
)
TRADE = passage(
    "t", "A breaker trades calls for stability.", topic="breaker", section="Trade-offs", of="13. Walls > Breaker"
)
CONNECTS = passage("c", f"- {CONTRAST}", topic="breaker", section="How it connects", of="13. Walls > Breaker")


def composed(*passages: Passage, question: str = QUESTION) -> list[str]:
    statements = compose(question, ranked(*passages, scores=(1.0,) * len(passages)), lambda _word: 1.0, SIDES)
    return [statement.text for statement in statements]


def test_what_sets_them_apart_leads_and_what_each_is_follows() -> None:
    assert composed(TRADE, BULKHEAD, CONNECTS, BREAKER)[:3] == [CONTRAST, BREAKER.text, BULKHEAD.text]


def test_one_item_of_a_list_leads_as_a_sentence() -> None:
    first, *_ = compose(QUESTION, ranked(CONNECTS, BREAKER), lambda _word: 1.0, SIDES)
    assert (first.text, first.block) == (CONTRAST, BlockKind.PARAGRAPH)


def test_without_a_contrast_what_each_is_comes_first() -> None:
    assert composed(TRADE, BULKHEAD, BREAKER) == [BREAKER.text, BULKHEAD.text, TRADE.text]


def test_a_mistake_that_names_both_does_not_lead() -> None:
    mistake = passage("p", f"- {CONTRAST}", topic="breaker", section="Pitfalls", of="13. Walls > Breaker")
    assert composed(mistake, BULKHEAD, BREAKER)[:2] == [BREAKER.text, BULKHEAD.text]


def test_a_term_that_names_both_does_not_lead() -> None:
    term = passage(
        "g",
        "A breaker bulkhead is both.",
        topic=None,
        section="breaker bulkhead",
        kind=PassageKind.GLOSSARY,
        of="Glossary",
    )
    assert composed(term, BULKHEAD, BREAKER)[:2] == [BREAKER.text, BULKHEAD.text]


def test_other_questions_are_not_turned_round() -> None:
    assert composed(TRADE, CONNECTS, question="Why a breaker and a bulkhead?")[0] != BREAKER.text


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        (CONTRAST, True),
        ("Use a bulkhead for tenants and a breaker for outages.", True),
        ("A breaker opens.", False),
        ("Resilience4j, Polly and other libraries offer a breaker and a bulkhead.", False),
    ],
)
def test_a_contrast_names_all_sides_and_begins_with_one(sentence: str, *, found: bool) -> None:
    assert contrasts(side_names(SIDES), sentence) is found


def test_what_the_sides_share_tells_nothing_apart() -> None:
    names = side_names(("Kafka topic", "Kafka partition"))
    assert names == [stems("topic"), stems("partition")]
    assert names_all(names, stems("A topic has partitions"))
    assert not names_all(names, stems("Kafka has topics"))
    assert not names_all(side_names(("Kafka",)), stems("Kafka"))
    assert side_names(()) == []

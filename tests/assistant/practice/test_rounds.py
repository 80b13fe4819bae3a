"""What is asked now, and how much of it."""

from __future__ import annotations

from datetime import date

from assistant.domain import CheckQuestion
from assistant.practice.cards import USUAL_SECONDS, Card, CardKind
from assistant.practice.memory import Memory
from assistant.practice.rounds import Limits, Round, make_round, pace_of
from tests.assistant.practice.answers import DAY, answer, on


def card(key: str, topic: str = "", kind: CardKind = CardKind.CHOICE) -> Card:
    return Card(CheckQuestion(topic or f"topic-{key}", key, "?", (), ()), kind)


def memory(key: str, *days: int, due: int, known: float = 0.9, right: bool = True) -> Memory:
    return Memory(key, tuple(map(on, days)), on(due), known, right)


def asked(
    cards: list[Card],
    *found: Memory,
    today: date = DAY,
    seconds: int | None = 900,
    spent: int = 0,
    new: int = 10,
    ahead: bool = False,
    last_topic: str = "",
) -> Round:
    return make_round(
        cards, {each.key: each for each in found}, today, pace=USUAL_SECONDS, spent_seconds=spent,
        limits=Limits(seconds, new), ahead=ahead, last_topic=last_topic,
    )  # fmt: skip


def keys(found: Round) -> str:
    return " ".join(each.key for each in found.cards)


def test_due_ones_come_first_the_least_known_before_the_others_then_new_ones_then_what_went_wrong_today() -> None:
    cards = [card(key) for key in "abcdef"]
    found = asked(
        cards, memory("a", -5, due=0, known=0.8), memory("b", -9, due=-2, known=0.5), memory("c", -1, due=3),
        memory("d", 0, due=1, right=False),
    )  # fmt: skip
    assert keys(found) == "b a e f d"
    assert (found.due, found.new, found.again, found.waiting, found.next_day) == (2, 2, 1, 0, on(1))
    assert (found.seconds, found.minutes) == (150, 2)


def test_what_went_wrong_comes_once_more_and_not_twice() -> None:
    assert keys(asked([card("a")], memory("a", 0, 0, due=1, right=False))) == ""
    assert keys(asked([card("a")], memory("a", 0, due=2))) == ""


def test_the_cap_cuts_and_says_what_waits() -> None:
    cards = [card(key) for key in "abc"]
    due = [memory(key, -3, due=0) for key in "abc"]
    cut = asked(cards, *due, seconds=100, spent=30)
    assert (keys(cut), cut.due, cut.waiting) == ("a b", 2, 1)
    assert asked(cards, *due, seconds=100, spent=100).cards == ()
    assert keys(asked(cards, *due, seconds=None, spent=10_000)) == "a b c"


def test_new_ones_are_few_a_day() -> None:
    cards = [card(key) for key in "abcd"]
    assert keys(asked(cards, new=2)) == "a b"
    assert keys(asked(cards, memory("a", 0, due=2), new=2)) == "b"


def test_two_of_one_topic_do_not_follow_each_other_where_others_are_left() -> None:
    cards = [card("a", "t"), card("b", "t"), card("c", "u"), card("d", "t")]
    assert keys(asked(cards)) == "a c b d"
    assert keys(asked(cards, last_topic="t")) == "c a b d"


def test_ahead_asks_what_is_not_due_but_nothing_twice_a_day() -> None:
    cards = [card("a"), card("b"), card("c")]
    found = asked(cards[:2], memory("a", -1, due=9, known=0.9), memory("b", -1, due=5, known=0.7), ahead=True)
    assert keys(found) == "b a"
    assert keys(asked([card("a")], memory("a", 0, due=9), ahead=True)) == ""


def test_the_pace_is_the_learners_own_once_there_are_enough_answers() -> None:
    kinds = {"k": CardKind.CHOICE, "o": CardKind.OPEN}
    own = [answer(seconds=seconds) for seconds in (1, 8, 12, 16, 9000)]
    assert pace_of(own, kinds) == {CardKind.CHOICE: 12, CardKind.OPEN: 75, CardKind.CONTRAST: 20}
    assert pace_of([*own[:4], answer("gone", seconds=9)], kinds) == USUAL_SECONDS

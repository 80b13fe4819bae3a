from __future__ import annotations

import pytest

from assistant.domain import PassageKind
from assistant.going_on import go_on
from tests.assistant.passages import passage, ranked
from tests.assistant.turns import answered, turn

TOLD, NEXT, ELSEWHERE = (passage(id_, "Text.", topic=topic) for id_, topic in [("a", "x"), ("b", "x"), ("c", "y")])
OUTLINE = passage("o", "Text.", topic="x", kind=PassageKind.ROADMAP)
FOUND = ranked(ELSEWHERE, TOLD, NEXT)


def ids(question: str, *history_topics: str) -> tuple[list[str], set[str]]:
    history = [turn("What is z?"), *(answered("What is x?", *ranked(TOLD), topic=topic) for topic in history_topics)]
    passages, said = go_on(question, FOUND, history)
    return [scored.passage.id for scored in passages], set(said)


def test_what_the_last_topic_has_left_comes_first() -> None:
    assert ids("tell me more", "y", "x") == (["b", "c"], {"a"})
    assert ids("tell me more", "x", "y") == (["c", "b"], {"a"})


@pytest.mark.parametrize(("question", "topics"), [("why?", ["x"]), ("more", []), ("more", ["z"])])
def test_otherwise_nothing_is_set_aside(question: str, topics: list[str]) -> None:
    assert ids(question, *topics) == (["c", "a", "b"], set())


def test_an_outline_is_nothing_to_go_on_with() -> None:
    found = ranked(TOLD, OUTLINE)
    assert go_on("more", found, [answered("What is x?", *ranked(TOLD), topic="x")]) == (found, frozenset())

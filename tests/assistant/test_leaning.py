"""What an answer leans on, over three modules: wires (1) are needed for fuses (2); queues (3) stand alone."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from assistant.citing import check
from assistant.curriculum import Curriculum
from assistant.domain import Answer, AnswerStatus, Citation, Hours, Level, Module, Passage, Prerequisite, Topic
from assistant.leaning import leaning_on, leaning_text
from assistant.standing import Standing
from tests.assistant.passages import passage, ranked

HOURS = Hours(1, 1, 1)


def module(number: int, topic: str, *needed: str) -> Module:
    edges = tuple(Prerequisite(each, True, "") for each in needed)
    title = f"All about {topic}"
    topics = (Topic(topic, title, number, Level.BEGINNER, HOURS, edges, ()),)
    return Module(number, f"m{number}", f"Module {number}", Level.BEGINNER, "", HOURS, 1, (), topics)


CURRICULUM = Curriculum((module(1, "wires"), module(2, "fuses", "wires"), module(3, "queues")))
WIRE = passage("wire", "A wire carries current. It is thin. It is long.", module=1, topic="wires")
QUEUES = (
    passage("queue", "A queue stores messages.", module=3, topic="queues", section="In one sentence"),
    passage("deep", "- An item.\n\nMessages wait for 20 seconds. Then they go.", module=3, topic="queues"),
)
FUSE = passage("fuse", "A fuse breaks the circuit.", module=2, topic="fuses")
NOTES = {"wires": (WIRE,), "queues": QUEUES}


def about(topic: str) -> Sequence[Passage]:
    return NOTES.get(topic, ())


def citation(number: int, cited: Passage) -> Citation:
    return Citation(number, cited.id, cited.module, cited.topic, "title", None, cited.text)


def answer(*cited: Passage, text: str = "A fuse breaks the circuit. [1]") -> Answer:
    citations = tuple(citation(number, each) for number, each in enumerate(cited, start=1))
    return Answer("q", AnswerStatus.ANSWERED, text, citations, ranked(*cited), 0.9, "notes", 1)


def leaning(given: Answer, known: set[str], explained: set[str] | None = None) -> Answer:
    return leaning_on(given, CURRICULUM, Standing(frozenset(known), told=True), about, explained or set())


def test_a_cited_topic_of_another_module_is_explained_in_two_sentences_of_its_notes() -> None:
    found = leaning(answer(FUSE, QUEUES[1]), {"wires"})
    assert found.leaning is not None
    assert (found.leaning.topic, found.leaning.module) == ("queues", 3)
    assert found.leaning.text == "A queue stores messages. [3] Messages wait for 20 seconds. [2]"
    assert [(each.n, each.passage_id) for each in found.citations] == [(1, "fuse"), (2, "deep"), (3, "queue")]
    assert [scored.passage.id for scored in found.retrieved] == ["fuse", "deep", "queue"]
    assert leaning_text(found.leaning) == (
        "This leans on “All about queues” (module 3), which you have not done. In two sentences: "
        "A queue stores messages. [3] Messages wait for 20 seconds. [2]"
    )
    passages = {scored.passage.id: scored.passage for scored in found.retrieved}
    checked = check(
        found.leaning.text, [passages[each.passage_id] for each in found.citations], dict.fromkeys(passages, "t")
    )
    assert (checked.supported, checked.statements) == (2, 2)


def test_a_prerequisite_that_is_not_cited_is_explained_too() -> None:
    found = leaning(answer(FUSE), set())
    assert found.leaning is not None
    assert (found.leaning.topic, found.leaning.text) == ("wires", "A wire carries current. [2] It is thin. [2]")


@pytest.mark.parametrize(
    ("given", "known", "explained"),
    [
        (answer(FUSE), {"wires"}, set()),
        (answer(FUSE), set(), {"wires"}),
        (answer(FUSE, text="A wire carries current. [1]"), set(), set()),
        (answer(QUEUES[0]), set(), set()),
        (answer(), set(), set()),
        (answer(passage("own", "Mine.", module=None, topic=None)), set(), set()),
    ],
    ids=["done", "explained before", "said already", "leans on nothing", "no citation", "own material"],
)
def test_nothing_is_explained(given: Answer, known: set[str], explained: set[str]) -> None:
    assert leaning(given, known, explained) == given

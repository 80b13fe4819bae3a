"""Reading order, and the blocks that go whole: tables of comparisons, code where it is wanted."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.composing import MAX_WORDS, Statement, compose
from assistant.domain import Passage, PassageKind
from assistant.sentences import BlockKind
from assistant.writing import ComposingWriter, Request, Written
from tests.assistant.passages import passage, ranked

TABLE = "| Aspect | Queue | Topic |\n|---|---|---|\n| Readers | one group | many |\n| Order | kept | kept |"
QUEUES = passage(
    "q",
    "A queue gives each message to one reader, whereas a topic gives it to all.",
    topic="queues",
    section="Trade-offs",
)
COMPARED = passage("t", f"Queues and topics differ in order and retention.\n\n{TABLE}", topic="queues")
QUESTION = "What is the difference between a queue and a topic?"
SIDES = ("a queue", "a topic")

LONG_CODE = "\n".join(["```", *["x"] * 39, "```"])
CODE = "```yaml\nfailureRateThreshold: 50\n```"
HOW = passage("how", "A circuit breaker counts calls.")
INTRODUCTION = passage(
    "in", "Every client library differs. The configuration sets the circuit breaker:", section="In practice"
)
LISTING = passage("code", CODE, section="In practice")
WRITE = "How do I configure a circuit breaker?"


def composed(question: str, *passages: Passage, sides: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    statements = compose(question, ranked(*passages, scores=(1.0,) * len(passages)), lambda _word: 1.0, sides)
    return [(statement.passage_id, statement.text) for statement in statements]


def written(query: str, *passages: Passage) -> str:
    pieces = ComposingWriter(lambda _word: 1.0).write(Request(query, query, ranked(*passages), ()))
    return "".join(piece for piece in pieces if not isinstance(piece, Written))


def tables(question: str, *passages: Passage, sides: tuple[str, ...]) -> list[str]:
    statements = compose(question, ranked(*passages), lambda _word: 1.0, sides)
    return [statement.text for statement in statements if statement.block is BlockKind.TABLE]


def test_after_the_leading_statement_its_passage_goes_on_and_then_the_sections_in_their_order() -> None:
    pitfall = passage("pit", "- A breaker without a timeout waits.", section="Pitfalls")
    one = passage("one", "A breaker stops calls.", section="In one sentence")
    how = passage("how", "A breaker counts failures. A breaker opens at a threshold of failures.")
    assert composed("How does a breaker open at a threshold of failures?", pitfall, how, one) == [
        ("how", "A breaker opens at a threshold of failures."),
        ("how", "A breaker counts failures."),
        ("one", "A breaker stops calls."),
        ("pit", "A breaker without a timeout waits."),
    ]


def test_in_a_comparison_the_table_follows_the_leading_statement() -> None:
    assert composed(QUESTION, QUEUES, COMPARED, sides=SIDES) == [
        ("q", QUEUES.text),
        ("t", TABLE),
        ("t", "Queues and topics differ in order and retention."),
    ]


def test_every_row_of_a_table_is_cited() -> None:
    assert written(QUESTION, QUEUES, COMPARED) == (
        f"{QUEUES.text} [1]\n\n"
        "| Aspect | Queue | Topic |\n|---|---|---|\n| Readers | one group | many [2] |\n| Order | kept | kept [2] |"
        "\n\nQueues and topics differ in order and retention. [2]"
    )


def test_sides_may_be_named_in_the_first_column() -> None:
    rows = "| Kind | Readers |\n|:--|--:|\n| Queue | one |\n| Topic | many |"
    source = passage("t", f"A queue and a topic differ.\n\n{rows}")
    assert tables(QUESTION, source, sides=SIDES) == [rows]


@pytest.mark.parametrize(
    ("question", "sides", "text"),
    [
        (QUESTION, ("a queue", "a stream"), TABLE),  # one side only
        (QUESTION, (), TABLE),
        ("What is a queue and a topic?", SIDES, TABLE),  # no comparison
        (QUESTION, SIDES, "| Queue | Topic |"),  # no table
        (QUESTION, SIDES, "| Queue | Topic |\n|---|---|"),
        (QUESTION, SIDES, "| Queue | Topic |\n| one | many |\n| kept | kept |"),
        (QUESTION, SIDES, "| Queue | Topic |\n|   |   |\n| kept | kept |"),
        (QUESTION, ("Kafka queue", "Kafka topic"), "| Kafka | RabbitMQ |\n|---|---|\n| a | b |"),
        (QUESTION, SIDES, "| Aspect | Readers |\n|---|---|\n| Queue | of a topic |"),
    ],
)
def test_another_table_is_left_out(question: str, sides: tuple[str, ...], text: str) -> None:
    assert tables(question, passage("t", f"A queue and a topic differ.\n\n{text}"), sides=sides) == []


def test_a_table_of_a_quiz_question_is_left_out() -> None:
    quiz = passage("quiz", TABLE, kind=PassageKind.QUESTION, section="Check yourself")
    assert tables(QUESTION, QUEUES, quiz, sides=SIDES) == []


def test_code_goes_last_and_whole_with_the_sentence_that_introduces_it() -> None:
    assert composed(WRITE, HOW, LISTING, INTRODUCTION) == [
        ("how", "A circuit breaker counts calls."),
        ("in", "Every client library differs."),
        ("in", "The configuration sets the circuit breaker:"),
        ("code", CODE),
    ]
    assert written(WRITE, HOW, INTRODUCTION, LISTING).endswith(
        f"The configuration sets the circuit breaker: [2]\n\n{CODE}"
    )


def test_an_example_is_the_code_of_the_subject() -> None:
    code = composed("Can you give me an example of a circuit breaker?", HOW, INTRODUCTION, LISTING)
    assert code[-1] == ("code", CODE)


def test_a_sentence_that_was_chosen_is_not_said_twice_when_it_introduces_code() -> None:
    both = passage("in", f"The configuration sets the circuit breaker.\n\n{CODE}", section="In practice")
    assert composed(WRITE, both) == [("in", "The configuration sets the circuit breaker."), ("in", CODE)]


@pytest.mark.parametrize(
    ("question", "listing"),
    [
        ("How does a circuit breaker count?", LISTING),  # nothing to write
        ("Why configure a circuit breaker?", LISTING),
        ("How do I configure a circuit breaker?", passage("code", CODE, section="In practice", topic="other")),
        ("How do I configure a circuit breaker?", passage("code", CODE)),  # not from "In practice"
        ("How do I configure a circuit breaker?", passage("code", LONG_CODE, section="In practice")),
        ("How do I install sheep?", LISTING),
    ],
)
def test_code_that_is_not_wanted_is_left_out(question: str, listing: Passage) -> None:
    found = compose(question, ranked(HOW, INTRODUCTION, listing), lambda _word: 1.0)
    assert [statement for statement in found if statement.block is BlockKind.CODE] == []


def test_code_without_an_introduction_is_left_out() -> None:
    assert composed(WRITE, HOW, LISTING) == [("how", "A circuit breaker counts calls.")]


PIECES = st.sampled_from(
    [
        *("A queue keeps order. ", "It shows a topic. ", "The code below runs. ", "Use a queue: ", "\n\n"),
        *(f"\n\n{TABLE}\n\n", f"\n\n{CODE}\n\n", "\n\n- A topic has readers.\n\n"),
        *("\n\n| Queue | Topic |\n", "|---|---|\n", "```\n"),
    ]
)
PASSAGES = st.lists(
    st.builds(
        passage,
        st.uuids().map(str),
        st.lists(PIECES, min_size=1, max_size=8).map("".join),
        section=st.sampled_from(["In one sentence", "In practice", "Trade-offs"]),
        kind=st.sampled_from(PassageKind),
    ),
    max_size=5,
)


@settings(deadline=None)
@given(st.sampled_from([QUESTION, WRITE, "queue vs topic command", "How do I run a queue and a topic?"]), PASSAGES)
def test_every_statement_is_verbatim_and_every_answer_can_be_written(question: str, passages: list[Passage]) -> None:
    statements = compose(question, ranked(*passages), lambda _word: 1.0, SIDES)
    texts = {each.id: " ".join(each.text.split()) for each in passages}
    for statement in statements:
        assert " ".join(statement.text.split()) in texts[statement.passage_id]
    assert len(set(statements)) == len(statements)
    sentences = [each for each in statements if each.block in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)]
    # The leading one and the one that introduces code are said at any length; here all are short.
    assert sum(len(each.text.split()) for each in sentences) <= MAX_WORDS
    places = [number for number, each in enumerate(statements) if each.block is BlockKind.CODE]
    assert places in ([], [len(statements) - 1])
    assert all(isinstance(each, Statement) for each in statements)
    written(question, *passages)

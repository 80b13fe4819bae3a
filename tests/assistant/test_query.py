from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from assistant.domain import Term
from assistant.query import Query, compared, understand
from assistant.vocabulary import Vocabulary

VOCABULARY = Vocabulary(
    (
        Term("circuit breaker", ("CB",), (), "breaker", "A guard."),
        Term("continuous integration and delivery", ("CI/CD",), (), "delivery", "Small steps."),
    ),
    ("Kubernetes Deployments", "OAuth"),
)


def read(question: str, *known: str) -> Query:
    return understand(question, VOCABULARY, lambda word: word in known)


def test_a_plain_question_is_left_as_it_is() -> None:
    question = "What  is a circuit breaker?\n"
    assert read(question, "circuit", "breaker") == Query(
        text=question,
        spelled_out=question,
        terms=("circuit", "breaker"),
        sides=(),
        modules=frozenset(),
        corrections=(),
    )


def test_slips_are_mended_where_they_stand_and_reported_as_typed() -> None:
    query = read("Is a Braker for kubernetse, or two Braker?")
    assert query.text == "Is a breaker for kubernetes, or two breaker?"
    assert query.corrections == (("Braker", "breaker"), ("kubernetse", "kubernetes"))
    assert query.terms == ("breaker", "kubernetes", "two")


def test_a_word_that_some_passage_holds_is_no_slip() -> None:
    assert read("Why a braker?", "braker").corrections == ()
    assert read("Why a BRAKER?", "braker").corrections == ()


@pytest.mark.parametrize("text", ["braker7", "7braker", "x9braker"])
def test_part_of_a_word_is_no_slip(text: str) -> None:
    assert read(text).text == text


@pytest.mark.parametrize("text", ["max_braker", "braker-x", "(braker)", "braker."])
def test_punctuation_ends_a_word(text: str) -> None:
    assert read(text).text == text.replace("braker", "breaker")


@pytest.mark.parametrize(
    ("question", "spelled_out"),
    [
        ("What is a CB?", "What is a CB? (circuit breaker)"),
        ("cbs or CB", "cbs or CB (circuit breaker)"),
        ("CI/CD with a CB.", "CI/CD with a CB. (continuous integration and delivery, circuit breaker)"),
        ("Is a CB a Circuit Breaker?", "Is a CB a Circuit Breaker?"),
        ("What is a CBX?", "What is a CBX?"),
    ],
)
def test_short_forms_are_spelled_out_unless_the_question_does(question: str, spelled_out: str) -> None:
    query = read(question)
    assert (query.text, query.spelled_out) == (question, spelled_out)


@pytest.mark.parametrize(
    ("question", "sides"),
    [
        ("What is the difference between a queue and a topic?", ("a queue", "a topic")),
        ("differences between REST & gRPC", ("REST", "gRPC")),
        ("Compare Helm with Kustomize, please.", ("Helm", "Kustomize")),
        ("How is SLO compared to SLA?", ("SLO", "SLA")),
        ("Compare Kafka, RabbitMQ and NATS", ("Kafka", "RabbitMQ", "NATS")),
        ("compare Kafka, RabbitMQ, SQS, and NATS.", ("Kafka", "RabbitMQ", "SQS", "NATS")),
        ("Compare Helm, which is older, with Kustomize", ("Helm", "Kustomize")),
        ("How does Kafka compare to RabbitMQ and NATS?", ("Kafka", "RabbitMQ and NATS")),
        ("How does blue-green differ from canary?", ("blue-green", "canary")),
        ("how are pods different from nodes", ("pods", "nodes")),
        ("Kafka vs RabbitMQ vs. NATS?", ("Kafka", "RabbitMQ", "NATS")),
        ("Should I use HTTP/1.1 versus HTTP/2?", ("HTTP/1.1", "HTTP/2")),
        ("What is better for a team: Node.js vs ASP.NET (Core)", ("Node.js", "ASP.NET")),
        ("a vs b vs c vs d vs e", ("a", "b", "c", "d")),
        ("difference between one\nthing and\tanother", ("one thing", "another")),
        ("How do Kafka and RabbitMQ differ?", ("Kafka", "RabbitMQ")),
        ("Is REST better than GraphQL?", ("REST", "GraphQL")),
        ("circuit breaker How does it differ from a bulkhead?", ("circuit breaker", "a bulkhead")),
        ("gRPC: compare it with REST", ("gRPC", "REST")),
        ("How does it differ from a bulkhead?", ()),
        ("Kafka vs Kafka", ()),
        ("Kafka vs ?", ()),
        ("x vs one two three four five six seven", ()),
        ("What is Kafka?", ()),
        ("and between with", ()),
        ("", ()),
    ],
)
def test_the_sides_of_a_comparison(question: str, sides: tuple[str, ...]) -> None:
    assert compared(question) == sides


@pytest.mark.parametrize(
    ("question", "modules"),
    [
        ("What is module 13 about?", {13}),
        ("Modules 3 or module #4", {3, 4}),
        ("module 1234", set()),
        ("submodule 3, 13", set()),
    ],
)
def test_modules_are_named_by_their_number(question: str, modules: set[int]) -> None:
    assert read(question).modules == modules


WORDS = st.sampled_from(
    [
        "braker",
        "kubernetse",
        "CB",
        "CI/CD",
        "vs",
        " and ",
        "compare",
        "difference between",
        "module 7",
        "(",
        ".",
        "é",
        "_",
        "9",
    ]
)
TEXTS = st.one_of(st.text(), st.lists(WORDS, max_size=12).map(" ".join), st.lists(WORDS, max_size=12).map("".join))


@given(TEXTS)
@example("İstanbul ﬀ ǅ \ud800")
def test_any_text_can_be_read_and_stays_as_it_is_unless_it_is_mended(text: str) -> None:
    query = read(text)
    assert query.corrections or query.text == text
    assert query.spelled_out.startswith(query.text)
    assert len(query.sides) != 1
    assert all(typed in text and read_as in query.text for typed, read_as in query.corrections)
    known = understand(text, VOCABULARY, lambda _word: True)
    assert (known.text, known.corrections) == (text, ())
    assert compared(query.text) == query.sides


@given(TEXTS)
def test_a_mended_question_needs_no_mending(text: str) -> None:
    query = understand(text, VOCABULARY, lambda word: word in {"breaker", "kubernetes"})
    assert understand(query.text, VOCABULARY, lambda word: word in {"breaker", "kubernetes"}).corrections == ()

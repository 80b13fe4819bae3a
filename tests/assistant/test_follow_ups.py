from __future__ import annotations

import pytest

from assistant.follow_ups import (
    Form,
    asks_for_more,
    core,
    form_of,
    has_pronoun,
    is_clause,
    is_open,
    options,
    picked,
    subject_words,
    without_turning,
)


@pytest.mark.parametrize(
    ("question", "form"),
    [
        ("thanks, but how does Kafka scale?", Form.WHOLE),
        ("Back to sagas: who coordinates them?", Form.RETURN),
        ("no, I meant the Kubernetes one", Form.CORRECTION),
        ("not the library, the pattern", Form.CORRECTION),
        ("in the machine learning sense", Form.CORRECTION),
        ("the one for container images", Form.CORRECTION),
        ("compare it with the previous one", Form.BOTH),
        ("what do they have in common?", Form.BOTH),
        ("tell me about the second one", Form.PICK),
        ("the latter?", Form.PICK),
        ("How do I keep the first request of a cold function fast?", Form.WHOLE),
        ("contract first?", Form.WHOLE),
        ("and in Kubernetes?", Form.ADDITION),
        ("what about LIME instead?", Form.ADDITION),
        ("why?", Form.BARE),
        ("is it worth it?", Form.BARE),
        ("How does it scale?", Form.POINTING),
        ("What is Kafka?", Form.WHOLE),
    ],
)
def test_forms(question: str, form: Form) -> None:
    assert form_of(question) is form


def test_words_for_another_kind_of_answer_are_no_subject() -> None:
    assert subject_words("Show me another example of Kafka's pitfalls, Kafka please") == ("kafka",)


@pytest.mark.parametrize("question", ["yes", "Yes, please!", "go on", "tell me more about that", "more details please"])
def test_going_on(question: str) -> None:
    assert asks_for_more(question)


@pytest.mark.parametrize("question", ["yes, but why?", "more replicas?", "continue a failed deployment?", "why?"])
def test_not_just_going_on(question: str) -> None:
    assert not asks_for_more(question)


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("Kafka or SQS for fan-out?", ("Kafka", "SQS for fan-out")),
        ("Should I use Argo CD or Terraform?", ("Argo CD", "Terraform")),
        ("What is the difference between a saga and 2PC?", ("a saga", "2PC")),
        ("REST vs. gRPC, or WebSocket?", ("REST", "gRPC", "WebSocket")),
        ("Circuit breaker or retry: which one first?", ("Circuit breaker", "retry")),
        ("What is Kafka?", ()),
    ],
)
def test_options(question: str, named: tuple[str, ...]) -> None:
    assert options(question) == named


def test_the_subject_of_a_definition() -> None:
    assert [core(q) for q in ("What is an AI agent?", "what's Kafka", "Explain LoRA.", "How does it scale?")] == [
        "AI agent",
        "Kafka",
        "LoRA",
        "How does it scale?",
    ]


def test_places() -> None:
    assert [picked(q) for q in ("the first one", "second option, please", "the latter", "why?")] == [0, 1, -1, 0]


def test_words_that_only_turn_are_dropped() -> None:
    assert without_turning("Back to Git: who can read?") == "Git: who can read?"
    assert without_turning("no, I meant the database kind") == "the database kind"


@pytest.mark.parametrize(
    ("question", "holds"),
    [
        ("who is the boss?", True),
        ("cheaper?", True),
        ("What's a pod?", False),
        ("How does OAuth work?", False),
        ("how does it work?", True),
        ("what is the saga pattern", False),
    ],
)
def test_questions_that_only_their_context_makes_whole(question: str, holds: bool) -> None:
    assert is_open(question) is holds


def test_whole_sentences() -> None:
    assert is_clause("how do I find the nearest drivers?")
    assert not is_clause("how do I find drivers?")
    assert not is_clause("any tips for finding the nearest drivers?")


@pytest.mark.parametrize(
    ("question", "holds"),
    [
        ("isn't that a single point of failure?", True),
        ("how do I test this?", True),
        ("do they scale?", True),
        ("how do I show that a replica lags?", False),
        ("which of these replicas lags?", False),
    ],
)
def test_pronouns(question: str, holds: bool) -> None:
    assert has_pronoun(question) is holds


def test_what_is_left_of_a_short_form_is_no_subject() -> None:
    assert subject_words("isn't it, we're told, so we'll doesn't scale") == ("told", "scale")


@pytest.mark.parametrize(
    ("question", "rest"),
    [
        ("sorry, I meant the network of caches", "the network of caches"),
        ("no, sorry, I mean pods", "pods"),
        ("actually I mean for fraud detection", "for fraud detection"),
        ("I'm asking about the index", "the index"),
    ],
)
def test_corrections(question: str, rest: str) -> None:
    assert (form_of(question), without_turning(question)) == (Form.CORRECTION, rest)

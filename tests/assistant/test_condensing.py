from __future__ import annotations

import pytest

from assistant.condensing import condense

BREAKER = "What is a circuit breaker?"
KAFKA = "What is Kafka?"
RABBIT = "What is RabbitMQ?"

FOLLOW_UPS = [
    "and how does it fail?",
    "How does it fail?",
    "how do they scale?",
    "why?",
    "Why is that?",
    "yes",
    "Yes, please",
    "ok, and then?",
    "give me an example",
    "Show me another example.",
    "examples?",
    "more details please",
    "Can you elaborate?",
    "go on",
    "Explain again, but simpler",
    "What are the drawbacks?",
    "pros and cons?",
    "What are its limitations?",
    "What are the alternatives?",
    "compare them",
    "compare it with Kafka",
    "When should I use one?",
    "What about retries?",
    "how about bulkheads",
    "But what about timeouts in Istio meshes?",
    "Is this the same?",
    "summarise that",
    "thanks!",
    "",
    "?",
]

STANDALONE = [
    "What is Kafka?",
    "Kafka",
    "C++",
    "How does Kafka replicate its log?",
    "What are examples of message brokers?",
    "What are the drawbacks of event sourcing?",
    "compare Kafka and RabbitMQ",
    "Why do retries need idempotent operations so that they are safe?",
    "What is the difference between one replica and many replicas in Kubernetes?",
    "Show me how to write a Dockerfile",
    "How do I continue a failed Terraform apply?",
    "android",  # begins like "and"
    "Orchestration or choreography?",
    "What is a sidecar container that proxies requests?",
]


@pytest.mark.parametrize("question", FOLLOW_UPS)
def test_a_follow_up_is_searched_with_the_last_question_that_stood_alone(question: str) -> None:
    assert condense(question, [KAFKA, BREAKER]) == f"{BREAKER} {question}"


@pytest.mark.parametrize("question", STANDALONE)
def test_a_question_that_stands_alone_is_left_alone(question: str) -> None:
    assert condense(question, [BREAKER]) == question


@pytest.mark.parametrize("question", FOLLOW_UPS + STANDALONE)
def test_without_history_nothing_changes(question: str) -> None:
    assert condense(question, []) == question


@pytest.mark.parametrize(
    ("history", "question", "condensed"),
    [
        # Follow-ups to follow-ups lead back to the subject.
        ([BREAKER, "why?", "give me an example"], "and how does it fail?", f"{BREAKER} and how does it fail?"),
        ([BREAKER, "why?", KAFKA, "why?"], "how does it scale?", f"{KAFKA} how does it scale?"),
        # A new subject asked for in half a sentence is carried along.
        ([KAFKA, "What about RabbitMQ?"], "how does it scale?", f"{KAFKA} What about RabbitMQ? how does it scale?"),
        ([KAFKA, "And NATS?", "yes"], "why?", f"{KAFKA} And NATS? why?"),
        # Two things are pointed to.
        (
            [BREAKER, KAFKA, RABBIT],
            "compare it with the previous one",
            f"{KAFKA} {RABBIT} compare it with the previous one",
        ),
        (
            [KAFKA, "why?", RABBIT, "why?"],
            "Which of the two is faster?",
            f"{KAFKA} {RABBIT} Which of the two is faster?",
        ),
        ([KAFKA, "And NATS?"], "Should I use both?", f"{KAFKA} And NATS? Should I use both?"),
        ([KAFKA], "Should I use both?", f"{KAFKA} Should I use both?"),
        # Nothing to lean on.
        (["why?", "yes"], "how does it fail?", "how does it fail?"),
    ],
)
def test_conversations(history: list[str], question: str, condensed: str) -> None:
    assert condense(question, history) == condensed

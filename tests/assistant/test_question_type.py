from __future__ import annotations

import pytest

from assistant.domain import Level
from assistant.question_type import QuestionType, classify, section_bonus

CASES = {
    QuestionType.DESIGN: [
        "How would you design a rate limiter?",
        "How do I structure a multi-tenant RAG system?",
        "Design a URL shortener",
        "System design of a chat service",
        "What is a good architecture for event ingestion?",
    ],
    QuestionType.DEFINITION: [
        "What is a circuit breaker?",
        "what is Kafka",
        "What's a pod?",
        "What’s an SLO?",
        "What are containers?",
        "Define idempotency",
        "Explain CQRS.",
        "Describe the saga pattern",
        "Meaning of eventual consistency",
        # What it is, although the subject has a word that asks for something else.
        "What is an error budget?",
        "What is a YAML manifest?",
        "What is a process?",
        "What is a CLI?",
        "What is a workflow engine?",
    ],
    QuestionType.COMPARISON: [
        "REST vs gRPC",
        "What is REST vs. gRPC?",
        "What is the difference between a pod and a container?",
        "How do containers differ from virtual machines?",
        "Compare Kafka and RabbitMQ",
        "Is gRPC better than REST?",
    ],
    QuestionType.TROUBLESHOOTING: [
        "How do I debug a pod that is crashing?",
        "Why is my deployment stuck?",
        "What is wrong with my pod?",
        "How does a circuit breaker fail?",
        "What is a circuit breaker? and how does it fail?",
        "error 503 from the gateway",
        "CrashLoopBackOff",
    ],
    QuestionType.COMMAND: [
        "Which command lists all pods?",
        "Give me an example config for Prometheus",
        "What does a deployment manifest look like?",
        "Show the YAML of a service",
    ],
    QuestionType.EXAMPLE: [
        "service mesh Can you give me an example?",
        "an everyday example of caching",
        "examples of chaos experiments",
        "sagas, for instance?",
    ],
    QuestionType.WHEN: [
        "When should I split a monolith?",
        "When to use gRPC?",
        "Should I use Kafka?",
        "use cases of NATS",
        "When is eventual consistency acceptable?",
    ],
    QuestionType.WHY: [
        "Why does Raft need a quorum?",
        "What is a circuit breaker? why?",
        "What are the benefits of GitOps?",
        "What is the purpose of a sidecar?",
        "Trade-offs of microservices",
        "tradeoffs of sharding",
    ],
    QuestionType.LIST: [
        "List the HTTP verbs",
        "Name three message brokers",
        "What types of probes are there?",
        "What are the components of Kubernetes?",
        "best practices for Dockerfiles",
    ],
    QuestionType.HOW: [
        "How does Kafka replicate its log?",
        "Steps of a canary release",
        "the release process at scale",
    ],
    QuestionType.OTHER: ["Kafka", "circuit breaker", "", "Is Kafka fast?", "listening on ports", "android"],
}


@pytest.mark.parametrize(
    ("kind", "question"), [(kind, question) for kind, asked in CASES.items() for question in asked]
)
def test_the_form_of_the_question_tells_its_kind(kind: QuestionType, question: str) -> None:
    assert classify(question) is kind
    assert classify(question.upper()) is kind


def test_every_kind_is_tested() -> None:
    assert set(CASES) == set(QuestionType)


@pytest.mark.parametrize(
    ("kind", "section"),
    [
        (QuestionType.DEFINITION, "In one sentence"),
        (QuestionType.COMPARISON, "Trade-offs"),
        (QuestionType.TROUBLESHOOTING, "Pitfalls"),
        (QuestionType.COMMAND, "In practice"),
        (QuestionType.EXAMPLE, "In practice"),
        (QuestionType.WHEN, "When to use it, and when not"),
        (QuestionType.HOW, "How it works"),
    ],
)
def test_each_kind_has_its_section(kind: QuestionType, section: str) -> None:
    others = {"In one sentence", "How it works", "Trade-offs", "Pitfalls", "In practice", "How it connects"} - {section}
    assert 0 < section_bonus(kind, section) <= 0.35
    assert all(section_bonus(kind, other) < section_bonus(kind, section) for other in others)


def test_an_unknown_section_has_no_bonus() -> None:
    assert [section_bonus(kind, "Check yourself") for kind in QuestionType] == [0.0] * len(QuestionType)


def test_each_level_prefers_other_sections() -> None:
    ask = QuestionType.OTHER
    assert section_bonus(ask, "Pitfalls", Level.EXPERT) > section_bonus(ask, "Pitfalls", Level.INTERMEDIATE)
    assert section_bonus(ask, "Pitfalls", Level.INTERMEDIATE) == section_bonus(ask, "Pitfalls")
    assert section_bonus(ask, "Pitfalls", Level.BEGINNER) < section_bonus(ask, "Pitfalls")
    assert section_bonus(ask, "In one sentence", Level.BEGINNER) > section_bonus(ask, "In one sentence", Level.EXPERT)

from __future__ import annotations

import pytest

from assistant.condensing import Readings, condense
from assistant.conversations import Turn
from assistant.curriculum import load_curriculum
from assistant.domain import AnswerStatus
from assistant.settings import Settings
from assistant.topic_names import TopicNames, topic_names
from tests.assistant.passages import passage, ranked
from tests.assistant.turns import answered, turn

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
    "?",
]

STANDALONE = [
    "Thanks, what is Kafka?",
    "And what is SAST?",
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


@pytest.fixture(scope="module")
def names() -> TopicNames:
    return topic_names(load_curriculum(Settings().corpus_dir))


def asked(*questions: str) -> list[Turn]:
    return [turn(question) for question in questions]


@pytest.mark.parametrize("question", FOLLOW_UPS)
def test_a_follow_up_is_searched_with_the_subject_asked_for_last(question: str, names: TopicNames) -> None:
    assert condense(question, asked(BREAKER), names).likelier == f"circuit breaker {question}"


@pytest.mark.parametrize("question", STANDALONE)
def test_a_question_that_stands_alone_is_left_alone(question: str, names: TopicNames) -> None:
    assert condense(question, asked(BREAKER), names).likelier == question


@pytest.mark.parametrize("question", FOLLOW_UPS + STANDALONE)
def test_without_history_nothing_changes(question: str, names: TopicNames) -> None:
    assert condense(question, [], names).likelier == question


@pytest.mark.parametrize(
    ("history", "question", "condensed"),
    [
        # Follow-ups to follow-ups lead back to the subject.
        ([BREAKER, "why?", "give me an example"], "and how does it fail?", "circuit breaker and how does it fail?"),
        ([BREAKER, "why?", KAFKA, "why?"], "how does it scale?", "Kafka how does it scale?"),
        # A thing asked for in half a sentence is carried along, another side of the subject only where nothing else is.
        ([KAFKA, "What about RabbitMQ?"], "how does it scale?", "Kafka What about RabbitMQ? how does it scale?"),
        ([KAFKA, "And NATS?", "yes"], "why?", "Kafka And NATS? why?"),
        ([KAFKA, "and upgrades?"], "how does it scale?", "Kafka how does it scale?"),
        ([KAFKA, "and upgrades?"], "why?", "Kafka and upgrades? why?"),
        ([KAFKA, "and upgrades?"], "and backups?", "Kafka and backups?"),
        # Two things are pointed to.
        (
            [BREAKER, KAFKA, RABBIT],
            "compare it with the previous one",
            "Kafka RabbitMQ compare it with the previous one",
        ),
        ([KAFKA, "why?", RABBIT, "why?"], "Which of the two is faster?", "Kafka RabbitMQ Which of the two is faster?"),
        ([KAFKA, "And NATS?"], "Should I use both?", "Kafka And NATS? Should I use both?"),
        ([KAFKA], "Should I use both?", "Kafka Should I use both?"),
        ([BREAKER, "Kafka or RabbitMQ?"], "compare the two", "Kafka RabbitMQ compare the two"),
        # One of several things is picked, and another later.
        (["Kafka or SQS?"], "more about the second one", "SQS: more about"),
        (["Kafka or SQS?", "the second one"], "how does it scale?", "SQS how does it scale?"),
        (["Kafka or SQS?", "the second one"], "and the first one?", "Kafka: and ?"),
        (["sagas vs 2PC"], "the former: how does it undo things", "sagas: how does it undo things"),
        (["Kafka or SQS?"], "the second one", "SQS"),
        (["Kafka, NATS or SQS?"], "tell me about the latter", "SQS: tell me about"),
        # Back to an earlier subject.
        (
            ["How do I keep secrets in a Git repository?", KAFKA, "why?"],
            "Back to Git: can others read them?",
            "How do I keep secrets in a Git repository? Git: can others read them?",
        ),
        ([BREAKER, KAFKA, "back to circuit breakers"], "why?", "circuit breaker why?"),
        ([KAFKA], "back to sagas: who coordinates?", "sagas: who coordinates?"),
        # Another sense was meant.
        (["What is drift?"], "I meant the machine learning kind", "drift the machine learning kind"),
        (["What is drift?", "no, I meant in models"], "why?", "drift in models why?"),
        # A new subject leaves the old one behind.
        ([BREAKER, KAFKA], "kafka?", "kafka?"),
        ([BREAKER, "Should I use Helm?"], "What is it?", "Should I use Helm? What is it?"),
        # Nothing to lean on.
        (["why?", "yes"], "how does it fail?", "how does it fail?"),
    ],
)
def test_conversations(history: list[str], question: str, condensed: str, names: TopicNames) -> None:
    assert condense(question, asked(*history), names).likelier == condensed


def test_a_few_words_lean_on_an_answer_that_holds_them(names: TopicNames) -> None:
    history = [
        answered("What is an idempotent request?", *ranked(passage("p", "Safe verbs such as GET never charge.")))
    ]
    assert condense("do safe verbs charge?", history, names).likelier == ("idempotent request do safe verbs charge?")
    assert condense("do safe doors charge?", history, names).likelier == "do safe doors charge?"


def test_a_topic_of_its_own_stands_alone_although_the_last_answer_holds_its_words(names: TopicNames) -> None:
    told = ranked(passage("p", "Alert fatigue stops when alerts follow the SLO."))
    history = [answered("What is an SLO?", *told, topic="alert-fatigue")]
    assert condense("How do I stop alert fatigue?", history, names).likelier == "SLO How do I stop alert fatigue?"
    elsewhere = [answered("What is an SLO?", *told, topic="org-level-slos")]
    assert condense("How do I stop alert fatigue?", elsewhere, names).likelier == "How do I stop alert fatigue?"


def test_a_refused_turn_is_no_subject(names: TopicNames) -> None:
    history = [*asked(BREAKER), answered("How do I cook rice?", status=AnswerStatus.REFUSED)]
    assert condense("how does it fail?", history, names).likelier == "circuit breaker how does it fail?"


def test_what_was_asked_very_long_ago_is_forgotten(names: TopicNames) -> None:
    assert condense("why?", asked(BREAKER, *["and then?"] * 39), names).likelier == "circuit breaker why?"
    assert condense("why?", asked(BREAKER, *["and then?"] * 40), names).likelier == "why?"


def on_topic(question: str, *history: Turn, names: TopicNames) -> str:
    return condense(question, history, names).on_topic


def test_the_topic_of_the_last_answer_goes_in_front(names: TopicNames) -> None:
    history = [answered(BREAKER, topic="circuit-breaker")]
    assert condense("how does it fail?", history, names) == Readings(
        "how does it fail?",
        "circuit breaker how does it fail?",
        "Circuit Breaker (Resilience4j, Istio): circuit breaker how does it fail?",
        leans=True,
        topic="circuit-breaker",
        module=1,
        topics=frozenset({"circuit-breaker"}),
    )


def test_the_best_passage_says_what_an_answer_is_about_if_it_is_cited(names: TopicNames) -> None:
    best = ranked(passage("b", "Pools.", topic="bulkhead-and-fallback", module=13))
    for cited, topic, module in (("bulkhead-and-fallback", "bulkhead-and-fallback", 13), ("sagas", "sagas", 1)):
        readings = condense("why?", [answered(BREAKER, *best, topic=cited)], names)
        assert (readings.topic, readings.module) == (topic, module)


def test_an_addition_that_led_to_another_topic_is_what_a_pronoun_means(names: TopicNames) -> None:
    history = [answered(BREAKER, topic="circuit-breaker"), answered("and pools?", topic="bulkhead-and-fallback")]
    title = "Bulkhead and fallback strategies"
    assert on_topic("how big are they?", *history, names=names) == f"{title}: and pools? how big are they?"
    stayed = [history[0], answered("and pools?", topic="circuit-breaker")]
    assert on_topic("how big are they?", *stayed, names=names) == (
        "Circuit Breaker (Resilience4j, Istio): circuit breaker how big are they?"
    )


@pytest.mark.parametrize("question", ["tell me about the second one", "back to Kafka: why?", "I meant the other kind"])
def test_a_question_that_says_what_it_is_about_has_no_topic_in_front(question: str, names: TopicNames) -> None:
    assert on_topic(question, answered("Kafka or SQS?", topic="kafka-rabbitmq-nats"), names=names) == ""


def test_a_correction_can_be_read_without_what_it_corrects(names: TopicNames) -> None:
    readings = condense("sorry, I meant the network of caches", [answered(BREAKER)], names)
    assert (readings.alone, readings.leaning) == (
        "the network of caches",
        "circuit breaker the network of caches",
    )
    assert readings.is_open
    kind = condense("I meant the machine learning kind", [answered("What is drift?")], names)
    assert (kind.leaning, kind.is_open) == ("drift the machine learning kind", False)


def test_how_a_question_was_read_is_remembered(names: TopicNames) -> None:
    question = "cheaper than a container?"
    for query, subject in ((question, question), (f"circuit breaker {question}", "circuit breaker")):
        asked_before = answered(question, query=query)
        assert condense("why?", [answered(BREAKER), asked_before], names).leaning == f"{subject} why?"


def test_a_named_topic_that_was_not_cited_is_told(names: TopicNames) -> None:
    history = [answered(BREAKER, topic="circuit-breaker")]
    assert condense("and conway's law?", history, names).named == {"conways-law"}
    assert condense("and circuit breakers?", history, names).named == frozenset()


def test_a_first_question_with_a_pronoun_and_a_subject_is_a_subject(names: TopicNames) -> None:
    opening = "How does a service find another one?"
    assert condense("why?", asked(opening), names).leaning == f"{opening} why?"

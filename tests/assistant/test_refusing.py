from __future__ import annotations

import pytest

from assistant.domain import Answer, AnswerStatus
from assistant.refusing import caption, small_talk


@pytest.mark.parametrize(
    ("question", "start"),
    [
        ("thanks", "You are welcome. "),
        ("Thank you!", "You are welcome. "),
        ("ok, thanks a lot!", "You are welcome. "),
        ("Thanks, that was really helpful.", "You are welcome. "),
        ("thank you so much for your help", "You are welcome. "),
        ("cheers!", "You are welcome. "),
        ("hello", "Hello. "),
        ("Hi there 👋", "Hello. "),
        ("Good morning! How are you today?", "Hello. "),
        ("Bye, see you tomorrow", "Goodbye. "),
    ],
)
def test_small_talk_is_answered_in_kind(question: str, start: str) -> None:
    said = small_talk(question)
    assert said is not None
    assert said.startswith(f"{start}Ask about any topic of the roadmap")


@pytest.mark.parametrize(
    ("question", "where"),
    [
        ("What should I study next?", "Today page"),
        ("ok, and what should I do today", "Today page"),
        ("Which topic should I learn next?", "Today page"),
        ("What's due today?", "Today page"),
        ("Could you plan Kubernetes for me?", "Plan page"),
        ("Can you make me a study plan for MLOps with 5 hours a week?", "Plan page"),
        ("plan my week", "Plan page"),
    ],
)
def test_who_asks_for_their_plan_is_told_where_it_is(question: str, where: str) -> None:
    said = small_talk(question)
    assert said is not None
    assert where in said


@pytest.mark.parametrize(
    "question",
    [
        "What should I learn about Kafka next?",
        "What should I do when a pod crashes?",
        "How does terraform plan work?",
        "How do I make a plan for disaster recovery?",
        "What is next?",
        "Which topic should a consumer read first?",
        "",
        "?",
        "ok",
        "yes",
        "more",
        "thanks, but how does Kafka scale?",
        "Hello, what is Kafka?",
        "What is a hello world program?",
        "hello world",
        "How do I say thank you in Turkish?",
        "What is graceful shutdown? Thanks!",
        "good",
        "hi-fi",
    ],
)
def test_whatever_else_is_said_is_a_question(question: str) -> None:
    assert small_talk(question) is None


def refused(question: str) -> Answer:
    return Answer(question, AnswerStatus.REFUSED, "", (), (), 0.0, "none", 1)


def test_only_a_question_is_called_not_covered() -> None:
    assert caption(refused("Thanks!")) == "Nothing was looked up"
    assert caption(refused("How do I cook rice?")) == "Not covered by the roadmap"

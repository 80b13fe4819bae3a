from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.domain import Answer, AnswerStatus, Passage, PassageKind, ScoredPassage
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
    "question",
    [
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


def test_only_what_was_looked_up_is_called_not_covered() -> None:
    found = ScoredPassage(1, Passage("p", "notes", PassageKind.NOTES, 1, "t", "Heading", "Text."), 0.2, None, None)
    said = Answer("Thanks!", AnswerStatus.REFUSED, "", (), (), 0.0, "none", 1)
    assert caption(said) == "Nothing was looked up"
    assert caption(replace(said, question="How do I cook rice?", retrieved=(found,))) == "Not covered by the roadmap"

"""Turns of a conversation for tests: short to write."""

from __future__ import annotations

from datetime import UTC, datetime

from assistant.conversations import Turn
from assistant.domain import Answer, AnswerStatus, Citation, ScoredPassage
from assistant.trace import Trace

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


def turn(question: str, answer: Answer | None = None) -> Turn:
    """One turn, without an answer unless one is given."""
    return Turn(1, "c", question, NOW, answer)


def answered(
    question: str,
    *retrieved: ScoredPassage,
    topic: str = "t",
    status: AnswerStatus = AnswerStatus.ANSWERED,
    query: str | None = None,
) -> Turn:
    """A turn whose answer has these passages and cites the first, or one called ``p``, on a topic.

    With a ``query`` it has a trace, which says what was searched for.
    """
    cited = retrieved[0].passage.id if retrieved else "p"
    citation = Citation(1, cited, 1, topic, "h", None, "")
    trace = None if query is None else Trace(query, {}, 0.5, (), {})
    return turn(question, Answer(question, status, "Told.", (citation,), retrieved, 0.9, "notes", 1, trace=trace))

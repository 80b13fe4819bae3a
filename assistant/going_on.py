"""What is left to say when a learner only says to go on ("tell me more").

Owns: which passages earlier answers used, and setting them aside. Pure.
Refuses: the forms of such questions (``assistant.follow_ups``).
"""

from __future__ import annotations

from collections.abc import Sequence, Set

from assistant.conversations import Turn
from assistant.domain import PassageKind, ScoredPassage
from assistant.follow_ups import asks_for_more


def go_on(
    question: str, passages: Sequence[ScoredPassage], history: Sequence[Turn]
) -> tuple[tuple[ScoredPassage, ...], frozenset[str]]:
    """The passages to answer from, and the ids of those that are set aside because earlier answers cited them.

    For a question that asks for more, what the last answer's topics have left comes first. Nothing is set aside for
    any other question, nor where the notes on those topics have been told to the end.
    """
    answers = [turn.answer for turn in history if turn.answer is not None and turn.answer.citations]
    said = frozenset(citation.passage_id for answer in answers for citation in answer.citations)
    topics = {citation.topic for answer in answers[-1:] for citation in answer.citations}
    left = unsaid(passages, said)
    if not asks_for_more(question) or not any(_is_note_on(topics, scored) for scored in left):
        return tuple(passages), frozenset()
    return tuple(sorted(left, key=lambda scored: scored.passage.topic not in topics)), said


def unsaid(passages: Sequence[ScoredPassage], said: Set[str]) -> tuple[ScoredPassage, ...]:
    """The passages that are not among those said."""
    return tuple(scored for scored in passages if scored.passage.id not in said)


def _is_note_on(topics: Set[str | None], scored: ScoredPassage) -> bool:
    return scored.passage.kind is PassageKind.NOTES and scored.passage.topic in topics

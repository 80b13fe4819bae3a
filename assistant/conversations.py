"""Conversations as the learner sees them: what they are called and what is looked for in them.

Owns: the value objects, the rule for titles, and the full-text query behind a learner's words. Pure.
Refuses: storing anything (``assistant.journal``).
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from assistant.domain import Answer
from assistant.errors import InvalidInput
from assistant.sqlite import quoted_term
from assistant.titles import one_line
from assistant.words import as_unicode

ONE_OFF = "ask"
"""The conversation that keeps questions asked on their own. Lists leave it out, and nothing in it is a follow-up."""
ONE_OFF_KEPT = 100
"""How many of those are kept, the newest; beside them those that somebody marked as good or wrong."""
TITLE_CHARS = 80
_MOST_TERMS = 32
"""Words of a search that count; SQLite takes no query of any length."""
UNTITLED = "Untitled"
_STORED_ONE_OFF = f"{ONE_OFF}-"


@dataclass(frozen=True, slots=True)
class Conversation:
    """A thread of turns, at least one. Its title is its first question until it is renamed."""

    id: str
    title: str
    created_at: datetime
    updated_at: datetime
    """When the last question was asked."""
    turns: int


@dataclass(frozen=True, slots=True)
class Turn:
    """A question and its answer; ``answer`` is None while it is being written, and if the program ended before."""

    id: int
    conversation_id: str
    question: str
    asked_at: datetime
    answer: Answer | None


@dataclass(frozen=True, slots=True)
class Hit:
    """A conversation that was looked for, and its first turn with the words; None if only the title has them."""

    conversation: Conversation
    turn_id: int | None
    question: str | None


def new_conversation_id() -> str:
    """An id for a conversation, safe in a URL and not guessable."""
    return uuid.uuid4().hex


def stored_id(conversation_id: str, learner_id: int) -> str:
    """The id under which a learner's conversation is stored: each learner has one-off questions of their own.

    Raises:
        InvalidInput: the id is one that only the one-off questions of somebody may have.
    """
    if conversation_id.startswith(_STORED_ONE_OFF):
        raise InvalidInput("That is no conversation's id. Begin a new conversation.")
    return f"{_STORED_ONE_OFF}{learner_id}" if conversation_id == ONE_OFF else conversation_id


def shown_id(stored: str) -> str:
    """The id by which a learner knows a conversation that is stored under this one."""
    return ONE_OFF if stored.startswith(_STORED_ONE_OFF) else stored


def title_of(text: str) -> str:
    """A title made of any text: one line of at most ``TITLE_CHARS`` characters; empty if there is nothing to see."""
    line = one_line(as_unicode(text))
    return line if len(line) <= TITLE_CHARS else line[: TITLE_CHARS - 1].rstrip() + "…"


def full_text_query(text: str) -> str:
    """The FTS5 query for texts that hold every word, of which the last may be cut off; empty if there is no word."""
    terms = [term for term in as_unicode(text).replace("\0", " ").split() if any(map(str.isalnum, term))]
    return " ".join(map(quoted_term, terms[:_MOST_TERMS])) + "*" if terms else ""

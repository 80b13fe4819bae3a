"""A follow-up to a question that stands alone.

Owns: recognising that a question leans on the turn before, and what it leans on. Pure.
Refuses: rewriting a question that stands alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.words import STOPWORDS, words

_POINTING = re.compile(r"\b(it|its|they|them|their|this|that|these|those|one|ones|former|latter|previous)\b", re.I)
_OPENING = re.compile(r"^\s*(and|but|so|or|also|what about|how about|then|yes|ok|okay|sure|more|another)\b", re.I)
_STANDS_ALONE_WORDS = 2


def condense(question: str, history: Sequence[str]) -> str:
    """The question to search for; ``history`` are the learner's earlier questions, the oldest first.

    A question that points back ("how does it fail?") or is too short to have a subject ("why?") is searched together
    with the last question that stood alone.
    """
    if not _leans_on_history(question):
        return question
    for earlier in reversed(history):
        if not _leans_on_history(earlier):
            return f"{earlier} {question}"
    return question


def _leans_on_history(question: str) -> bool:
    subject = [word for word in words(question) if word not in STOPWORDS]
    short = len(subject) <= _STANDS_ALONE_WORDS
    return not subject or (short and bool(_POINTING.search(question))) or bool(_OPENING.search(question))

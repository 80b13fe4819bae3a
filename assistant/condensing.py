"""A follow-up to a question that stands alone.

Owns: recognising that a question leans on the turn before, and what it leans on. Pure.
Refuses: rewriting a question that stands alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.words import STOPWORDS, words

_POINTING = re.compile(
    r"\b(it|its|they|them|their|this|that|these|those|ones?|former|latter|previous|both|the two)\b", re.I
)
_OPENING = re.compile(r"^\s*(and|but|so|or|also|what about|how about|then|yes|ok|okay|sure|more|another)\b", re.I)
_TWO = re.compile(r"\b(previous|former|both|the two)\b", re.I)
_SHORT = 2
# Words that ask for another kind of answer, not for another subject.
_NO_SUBJECT = re.compile(
    "again|alternatives|another|benefits|both|code|compare|comparison|continue|details?|(dis)?advantages|downsides"
    "|drawbacks|elaborate|examples?|former|further|go|latter|limitations|more|okay|ok|ones?|previous|pros|cons|same"
    "|shorter|show|simpler|simply|summari[sz]e|summary|sure|thanks|yes"
)


def condense(question: str, history: Sequence[str]) -> str:
    """The question to search for; ``history`` are the learner's earlier questions, the oldest first.

    A question that points back ("how does it fail?") or has no subject of its own ("why?", "give me an example") is
    searched together with the last question that stood alone, and with what was asked about since ("and Kafka?"). One
    that points to two things ("compare it with the previous one") is searched with the last two.
    """
    if not _leans_on_history(question):
        return question
    wanted = 2 if _TWO.search(question) else 1
    context: list[str] = []
    for earlier in reversed(history):
        if _names_its_subject(earlier):
            context.insert(0, earlier)
            if len(context) >= wanted and not _leans_on_history(earlier):
                break
    return " ".join([*context, question])


def _leans_on_history(question: str) -> bool:
    return not _names_its_subject(question) or bool(_OPENING.search(question))


def _names_its_subject(question: str) -> bool:
    subject = [word for word in words(question) if word not in STOPWORDS and not _NO_SUBJECT.fullmatch(word)]
    return bool(subject) and not (len(subject) <= _SHORT and _POINTING.search(question))

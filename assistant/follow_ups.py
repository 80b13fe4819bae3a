"""The forms of a follow-up: what a question's own words say about how it hangs on the turns before it.

Owns: the patterns of each form. Pure. Refuses: knowing the conversation (``assistant.condensing``).
"""

from __future__ import annotations

import re
from enum import StrEnum

from assistant.words import STOPWORDS, words


class Form(StrEnum):
    """How a question hangs on the turns before it.

    ``RETURN``: back to an earlier subject. ``CORRECTION``: another sense of what was asked last.
    ``BOTH``: two of the things named before. ``PICK``: one of them. ``ADDITION``: begins like the rest of a sentence.
    ``BARE``: has no subject of its own. ``POINTING``: has a pronoun for one. ``WHOLE``: nothing of the sort.
    """

    RETURN = "return"
    CORRECTION = "correction"
    BOTH = "both"
    PICK = "pick"
    ADDITION = "addition"
    BARE = "bare"
    POINTING = "pointing"
    WHOLE = "whole"


_CORRECTION = re.compile(
    r"^\W*((no|sorry)\W+)*(i meant?|(i was|i['’]m) asking (about|for)|(actually|rather)\b(\s*i meant?)?)\s*"
    r"|^\W*no\W+(?=\w+ \w)|^\W*(?=not (the|that|in the)\b)",
    re.I,
)
_KIND = re.compile(
    r"^\W*(in )?the (?!first|second|third|former|latter|last|previous|other)([\w-]+ ){1,4}"
    r"(kind|sense|one|type|sort|variety)\W*$"
    r"|^\W*the (one|kind)s? \w+",
    re.I,
)
_RETURN = re.compile(r"^\W*(and |now |ok(ay)? )?(going |let'?s go |let us go )?back to\s+", re.I)
_PICK = re.compile(
    r"\bthe (first|second|third|former|latter|last)(?: one| option)?\b(?! (?:time|thing|step))"
    r"|\b(first|second|third|last) (?:one|option)\b",
    re.I,
)
_PLACES = {"first": 0, "former": 0, "second": 1, "third": 2, "latter": -1, "last": -1}
_BOTH = re.compile(
    r"\b(previous|both|the two|each other|which (one )?(of|is)|what(['’]s| is) the difference|in common)\b"
    r"|^\W*(so )?(compare|how (is|does|do) (it|that|they|this) (differ|compare|different))",
    re.I,
)
_ADDITION = re.compile(
    r"^\W*(and|but|so|or|also|(so )?what about|how about|then|yes|ok|okay|sure|more|another)\b", re.I
)
_POINTING = re.compile(
    r"\b(it|its|they|them|their|this|that|these|those|ones?|former|latter|previous|both|the two|there)\b", re.I
)
_PRONOUN = re.compile(
    r"\b(it|its|they|them|their|there)\b|\b(this|that|those|these)\W*$"
    r"|^\W*(is|are|was|were|do|does|did|can|will|would)(n['’]t)? (this|that|those|these)\b",
    re.I,
)
_THE_ONE = re.compile(r"^\W*(what|who)(['’]s| is| are) the \w+\W*$", re.I)
_CLAUSE = re.compile(r"^\W*(how|why|when|where|what|which|who)\b", re.I)
_CLAUSE_WORDS = 6
_SUBJECT = re.compile(r"^\W*(what(['’]s| is| are)|explain|define) (an? |the )?(?P<subject>[^,;:?.!]+)\W*$", re.I)
_FEW = 2
# Words that ask for another kind of answer, or for more of it, and not for another subject.
_NO_SUBJECT = re.compile(
    "again|alternatives|another|benefits|better|both|code|common|compare|comparison|cons|continue|details?|differ"
    "|(dis)?advantages|downsides|drawbacks|elaborate|else|enough|examples?|fail|former|further|go|latter|limitations"
    "|many|more|much|now|often|okay|ok|ones?|overkill|pitfalls|previous|pros|same|shorter|show|simpler|simply"
    "|summari[sz]e|summary|sure|thanks|two|worse|worth|yes"
    # What is left of "isn't", "we're", "I'll".
    "|aren|couldn|d|didn|doesn|don|hasn|haven|isn|ll|m|re|shouldn|t|ve|wasn|weren|won|wouldn"
)
_CONTINUE = re.compile(
    r"^\W*(yes|yeah|yep|sure|ok|okay|please|more|go on|continue|carry on|keep going|(tell|show) me more|what else)"
    r"(\W+(please|go on|continue|more|details?|do|about (it|that|this)|tell me( more)?))*\W*$"
    r"|^\W*(any )?more details?\b",
    re.I,
)
_COMPLETE = re.compile(
    r"^\W*(and|but|so|ok|okay|then)?\W*"
    r"((what|who)(['’]s| is| are) (an? |the )?\w|how (do|does) ([\w/+#.-]+ ){1,4}work\b)",
    re.I,
)
_OPTIONS = re.compile(r"\s+(?:or|vs\.?|versus|and|with|from)\s+|\s*,\s*(?:or |and )?", re.I)
_LEAD = re.compile(
    r"^\W*((should|shall|do|does|can|would) (i|we|you) (use|choose|need|take)|compare|which is better|explain"
    r"|what(['’]s| is) the difference between|how (do|does|is|are)|when (do|should) (i|we) (use|choose))\b[:,]?\s*",
    re.I,
)


def form_of(question: str) -> Form:
    """The form of a question, by its words alone; of those that fit, the first in the order of ``Form``."""
    own = subject_words(question)
    few = len(own) <= _FEW
    fits = {
        Form.RETURN: _RETURN.search(question),
        Form.CORRECTION: _CORRECTION.search(question) or _KIND.search(question),
        Form.BOTH: len(own) <= 1 and _BOTH.search(question),
        Form.PICK: _PICK.search(question) and len(subject_words(_PICK.sub(" ", question))) <= _FEW,
        Form.ADDITION: _ADDITION.search(question),
        Form.BARE: not own,
        Form.POINTING: few and _POINTING.search(question),
    }
    return next((form for form, fit in fits.items() if fit), Form.WHOLE)


def subject_words(question: str) -> tuple[str, ...]:
    """The words of a question that name a subject, lower case, in order."""
    return tuple(
        dict.fromkeys(word for word in words(question) if word not in STOPWORDS and not _NO_SUBJECT.fullmatch(word))
    )


def asks_for_more(question: str) -> bool:
    """Whether the question only says to go on ("yes", "tell me more")."""
    return bool(_CONTINUE.search(question))


def is_complete(question: str) -> bool:
    """Whether the question could open a conversation, whatever word it begins with ("And what is X?")."""
    return bool(_COMPLETE.search(question)) and not _POINTING.search(question)


def is_open(question: str) -> bool:
    """Whether only its context tells if the question leans on it ("who is the boss?"); "What is X?" stands alone."""
    return not is_complete(question) or bool(_THE_ONE.search(question))


def names_a_kind(question: str) -> bool:
    """Whether the question only says which kind of the last subject is meant ("the machine learning kind")."""
    return bool(_KIND.search(question))


def is_clause(question: str) -> bool:
    """Whether the question is a whole sentence, which names what it is about."""
    return bool(_CLAUSE.search(question)) and len(words(question)) >= _CLAUSE_WORDS


def has_pronoun(question: str) -> bool:
    """Whether a pronoun stands for a thing, in the question or before it."""
    return bool(_PRONOUN.search(question))


def core(question: str) -> str:
    """What a definition asks for ("What is X?" -> "X"); any other question as it is."""
    found = _SUBJECT.match(question)
    return found["subject"].strip() if found else question


def picked(question: str) -> int:
    """The index of the thing a ``PICK`` asks for; -1 is the last."""
    found = _PICK.search(question)
    return _PLACES[(found[1] or found[2]).lower()] if found else 0


def without_turning(question: str) -> str:
    """A ``RETURN``, ``CORRECTION`` or ``PICK`` without the words that only say so."""
    for pattern in (_RETURN, _CORRECTION, _PICK):
        question = pattern.sub("", question, count=1)
    return question.strip(" :,.")


def options(question: str) -> tuple[str, ...]:
    """The things a question names side by side ("X or Y?"), in order; empty if it names one."""
    core = _LEAD.sub("", question.strip().rstrip("?!. ")).split(":")[0]
    parts = [part.strip() for part in _OPTIONS.split(core) if part.strip()]
    return tuple(parts) if len(parts) > 1 else ()

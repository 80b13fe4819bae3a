"""What is said instead of an answer: small talk, and questions that the roadmap does not cover.

Owns: the wording, and the closed list of forms by which small talk is known. Pure.
Refuses: deciding what the roadmap covers (``assistant.confidence``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.domain import Answer, Module
from assistant.words import words

_WHAT_I_DO = (
    "Ask about any topic of the roadmap: the answer comes from the study notes and names the source of every "
    "statement. A study plan is there as well."
)
_OFTEN_BEFORE = r"(?:(?:ok|okay|alright|great|perfect|cool|good|nice|wow|yes|no|many|and) )*"
# Matched against the whole question as lower-case words with single spaces.
_FORMS = (
    (
        "You are welcome.",
        re.compile(
            _OFTEN_BEFORE + r"(?:thanks|thank (?:you|u)|thx|cheers)"
            r"(?: (?:a lot|(?:(?:so|very) )*much|again|bye|for (?:that|this|everything|(?:the|your|all your) help)"
            r"|that (?:helps|helped|(?:was|is) (?:(?:very|really|so) )?\w+)))*"
        ),
    ),
    (
        "Hello.",
        re.compile(
            r"(?:hi|hello|hey|hiya|greetings|good (?:morning|afternoon|evening|day))(?: (?:there|again|everyone))?"
            r"(?: how are you(?: (?:today|doing))?)?"
        ),
    ),
    (
        "Goodbye.",
        re.compile(
            _OFTEN_BEFORE + r"(?:bye|goodbye|good bye|good night|see you)(?: (?:later|soon|tomorrow|see you|for now))*"
        ),
    ),
)


def small_talk(question: str) -> str | None:
    """A polite reply that says what the assistant is for; None unless the question is nothing but small talk."""
    said = " ".join(words(question))
    return next((f"{reply} {_WHAT_I_DO}" for reply, form in _FORMS if form.fullmatch(said)), None)


def not_covered(nearest: Iterable[Module]) -> str:
    """That the roadmap does not cover a question, with the modules that come nearest."""
    names = ", ".join(f"{module.number}. {module.title}" for module in nearest)
    return "The roadmap does not cover this." + (f" The nearest modules are: {names}." if names else "")


def caption(answer: Answer) -> str:
    """One line under a refused answer."""
    was_looked_up = answer.retrieved or answer.confidence
    return "Not covered by the roadmap" if was_looked_up else "Nothing was looked up"

"""What is said instead of an answer: small talk, questions about one's plan, and what the roadmap does not cover.

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
_STUDY = r"(?:study|learn|do|read|practi[sc]e|review|work on|start with|begin with|go on with)"
_WHEN = r"(?: (?:next|now|today|tonight|first|this (?:evening|morning|afternoon|week)))"
_ABOUT_THE_PLAN = (
    (
        "What is next for you is on the Today page, or in a terminal: `study today`. Without a plan, Today makes one "
        "from your hours a week.",
        re.compile(
            _OFTEN_BEFORE
            + rf"(?:what|which (?:topic|module|session)) (?:should|shall|do|can|could) i (?:have to )?{_STUDY}"
            rf"{_WHEN}+|what (?:is|s) (?:next for me|due)(?: today| now)?"
        ),
    ),
    (
        "The chat answers questions; a plan is made on the Plan page, in your own words if you like, or in a terminal, "
        'for example: `study plan "6h a week until March, want MLOps"`.',
        re.compile(
            _OFTEN_BEFORE + r"(?:(?:can|could|would|will) you |i want you to |help me )?(?:please )?"
            r"(?:(?:plan|schedule) \w.* for me|(?:make|create|give|build|write) me an? (?:study |learning )?plan\b.*"
            r"|plan my (?:studies|study|learning|evenings|week)\b.*)"
        ),
    ),
)


def small_talk(question: str) -> str | None:
    """A reply to what the notes have no answer to; None unless the question is nothing but that.

    That is small talk, which hears what the assistant is for, and questions about the learner's own plan, which are
    told where it is.
    """
    said = " ".join(words(question))
    polite = (f"{reply} {_WHAT_I_DO}" for reply, form in _FORMS if form.fullmatch(said))
    return next(polite, None) or next((reply for reply, form in _ABOUT_THE_PLAN if form.fullmatch(said)), None)


def not_covered(nearest: Iterable[Module]) -> str:
    """That the roadmap does not cover a question, with the modules that come nearest."""
    names = ", ".join(f"{module.number}. {module.title}" for module in nearest)
    return "The roadmap does not cover this." + (f" The nearest modules are: {names}." if names else "")


def caption(answer: Answer) -> str:
    """One line under a refused answer."""
    return "Nothing was looked up" if small_talk(answer.question) else "Not covered by the roadmap"

"""Questions about the learner's own study, which no notes can answer: what is next, a plan, how far they are.

Owns: the closed list of forms by which they are known, and what is said to each. Refuses: making plans, and questions
about the roadmap (``assistant.answering``).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import Enum, auto

from assistant.planning.wording import count_text, duration_text
from assistant.study_plans import Followed, StudyPlans
from assistant.words import words

_NO_PLAN = (
    "You follow no plan yet. The Today page makes one from three answers, and study plan does in a terminal. "
    "Answers here come from the study notes."
)
_MAKE_A_PLAN = (
    "Plans are not made here but on the Plan page, from a sentence like yours or from a form, or in a terminal with: "
    'study plan "6h a week until March, want Kubernetes". They respect prerequisites, your hours and a deadline.'
)


class _About(Enum):
    NEXT = auto()
    PLAN = auto()
    PROGRESS = auto()


_STUDY = r"(?:study|learn|read|do|practi[sc]e|review|revise|work on|(?:start|begin|go on|continue) with)"
_SOON = r"(?: (?:next|now|first|today|tonight|this (?:morning|afternoon|evening|week)|tomorrow))"
_WHAT_IS = r"(?:and )?what(?: s| is|s)"
_PLEASE = r"(?:please )?(?:(?:can|could|would|will) you |i want you to |help me )?(?:please )?"
_MAKE = r"(?:make|create|write|build|give|draw up|generate|prepare|set up)"
_OWN = r"(?:a|an|my) (?:[a-z]+ ){0,2}"
# Matched against the whole question as lower-case words with single spaces.
_FORMS = tuple(
    (about, re.compile(form))
    for about, form in (
        (
            _About.NEXT,
            rf"(?:and )?(?:what|which (?:topic|module|session)) (?:should|shall|do|can|could|must) i {_STUDY}{_SOON}+",
        ),
        (_About.NEXT, rf"{_WHAT_IS} (?:my )?(?:next|due)(?: (?:session|topic|step))?(?: for me)?{_SOON}*"),
        (_About.NEXT, rf"{_WHAT_IS} (?:in|on) my plan{_SOON}*"),
        (_About.PLAN, rf"{_PLEASE}{_MAKE} (?:me )?{_OWN}(?:study|learning) (?:plan|schedule)\b.*"),
        (_About.PLAN, rf"{_PLEASE}{_MAKE} me {_OWN}(?:plan|schedule)\b.*"),
        (_About.PLAN, rf"{_PLEASE}(?:(?:re)?plan|schedule) \w.* for me(?: please)?"),
        (_About.PLAN, rf"{_PLEASE}(?:re)?plan my (?:study|studies|learning|weeks?|months?|evenings?)\b.*"),
        (_About.PLAN, rf"i (?:want|need|would like|d like) {_OWN}(?:study|learning) plan\b.*"),
        (
            _About.PROGRESS,
            r"how am i doing|how far (?:am i|have i (?:come|got(?:ten)?))|am i (?:on track|in time|late)",
        ),
        (_About.PROGRESS, r"(?:what(?: s| is|s)|how is|show(?: me)?) my progress"),
    )
)


def on_studying(question: str, plans: Callable[[], StudyPlans | None]) -> str | None:
    """What is said to a question about the learner's own study; None for every other question.

    ``plans`` is asked only for such a question.

    Raises:
        StorageError: the journal cannot be read.
        InvalidInput: the plan was saved by a newer version of the program.
    """
    said = " ".join(words(question))
    about = next((about for about, form in _FORMS if form.fullmatch(said)), None)
    if about is None:
        return None
    if about is _About.PLAN:
        return _MAKE_A_PLAN
    kept = plans()
    followed = kept.followed() if kept else None
    if kept is None or followed is None:
        return _NO_PLAN
    return _next(kept) if about is _About.NEXT else _progress(kept, followed)


def _next(plans: StudyPlans) -> str:
    due = plans.today_items()
    if not due:
        return "Your plan has nothing for today. The Today page says when it goes on, and so does study today."
    first = due[0]
    after = f" After that, {count_text(len(due) - 1, 'session')} more." if len(due) > 1 else ""
    return (
        f"Next in your plan: {first.item.title} ({first.item.activity.value}, {duration_text(first.minutes)}).{after} "
        "The Today page has it with its resources, and so does study today."
    )


def _progress(plans: StudyPlans, followed: Followed) -> str:
    topics = plans.study.curriculum.topics
    done = len((plans.study.standing().known | followed.ledger.finished) & topics.keys())
    return (
        f"You know or have done {done} of the roadmap's {len(topics)} topics. {followed.plan.verdict} "
        "The Plan page shows it day by day."
    )

"""A follow-up to a question that stands alone.

Owns: what a conversation is about after each turn, and which of it a follow-up leans on. Pure.
Refuses: rewriting a question that stands alone, and the forms of questions (``assistant.follow_ups``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.conversations import Turn
from assistant.domain import Answer, AnswerStatus
from assistant.follow_ups import (
    Form,
    core,
    form_of,
    has_pronoun,
    is_complete,
    options,
    picked,
    subject_words,
    without_turning,
)
from assistant.topic_names import TopicNames
from assistant.words import stem, stems, words

_FEW = 3
_REMEMBERED = 40
"""Turns that are read, the newest; a conversation may go on for ever."""


@dataclass(frozen=True, slots=True)
class _Thread:
    """What the conversation is about.

    ``subjects``: the questions that stood alone, the oldest first. ``addition``: what was last asked about beside the
    last of them. ``things``: what a later "the second one" can mean. ``evidence``: the stems of the last answer's
    passages; ``topics``: the topics they are of.
    """

    subjects: tuple[str, ...] = ()
    addition: str = ""
    things: tuple[str, ...] = ()
    evidence: frozenset[str] = frozenset()
    topics: frozenset[str] = frozenset()


def condense(question: str, history: Sequence[Turn], names: TopicNames) -> str:
    """The question to search for; ``history`` are the turns before it, the oldest first.

    A question that points back ("how does it fail?"), has no subject ("why?") or a few words that the last answer's
    passages hold ("which verbs are?") is searched together with what it leans on. Turns that were refused are no
    subject to lean on. A question that names a topic of its own stands alone.
    """
    thread = _Thread()
    for turn in history[-_REMEMBERED:]:
        if turn.answer is None or turn.answer.status is not AnswerStatus.REFUSED:
            thread = _after(turn.answer, _follow(turn.question, thread, names)[1])
    return _follow(question, thread, names)[0]


def _follow(question: str, thread: _Thread, names: TopicNames) -> tuple[str, _Thread]:
    """The question as it is to be searched for, and the thread after it."""
    form = form_of(question)
    if not thread.subjects:
        opens = form is not Form.POINTING and bool(subject_words(question))
        return question, _opened(thread, question) if opens else thread
    if form is Form.WHOLE or (form is Form.ADDITION and is_complete(question) and names.named_in(question)):
        if not _is_of_thread(question, thread, names):
            return question, _opened(thread, question)
        form = Form.POINTING
    return _leaning(question, form, thread, names)


def _leaning(question: str, form: Form, thread: _Thread, names: TopicNames) -> tuple[str, _Thread]:
    match form:
        case Form.RETURN:
            return _returned(question, thread)
        case Form.CORRECTION:
            return _corrected(question, thread)
        case Form.PICK:
            return _picked(question, thread)
        case Form.ADDITION if subject_words(question):
            return _added(question, thread, names)
        case Form.BOTH:
            context = " ".join(dict.fromkeys(filter(None, [*thread.things, thread.addition])))
        case Form.BARE | Form.ADDITION:
            context = f"{thread.subjects[-1]} {thread.addition}".rstrip()
        case _:
            context = _standing(thread, names)
    return f"{context} {question}", thread


def _opened(thread: _Thread, question: str) -> _Thread:
    subject = core(question)
    things = options(question) or (*thread.subjects[-1:], subject)
    return _Thread((*thread.subjects, subject), "", things)


def _added(question: str, thread: _Thread, names: TopicNames) -> tuple[str, _Thread]:
    subject = thread.subjects[-1]
    things = (subject, question) if names.named_in(question) else thread.things
    return f"{subject} {question}", replace(thread, addition=question, things=things)


def _corrected(question: str, thread: _Thread) -> tuple[str, _Thread]:
    subject = f"{thread.subjects[-1]} {without_turning(question)}"
    return subject, replace(thread, subjects=(*thread.subjects[:-1], subject), addition="")


def _returned(question: str, thread: _Thread) -> tuple[str, _Thread]:
    rest = without_turning(question)
    wanted = stems(rest)
    nearest = max(reversed(thread.subjects), key=lambda subject: len(wanted & stems(subject)))
    if not wanted & stems(nearest):
        return rest, _opened(thread, rest)
    return f"{nearest} {rest}", _opened(thread, nearest)


def _picked(question: str, thread: _Thread) -> tuple[str, _Thread]:
    place = picked(question)
    thing = thread.things[place if place < len(thread.things) else -1]
    return f"{thing}: {without_turning(question)}".rstrip(": "), replace(
        thread, subjects=(*thread.subjects, thing), addition=""
    )


def _standing(thread: _Thread, names: TopicNames) -> str:
    """The subject, with the last addition if that named a thing and not just another side of the subject."""
    keep = bool(thread.addition) and bool(names.named_in(thread.addition))
    return f"{thread.subjects[-1]} {thread.addition}" if keep else thread.subjects[-1]


def _is_of_thread(question: str, thread: _Thread, names: TopicNames) -> bool:
    if is_complete(question):
        return False
    if named := names.named_in(question):
        return bool(named & thread.topics)
    own = subject_words(question)
    if has_pronoun(question) or len(own) < len(words(question)) <= _FEW:
        return True
    return len(own) <= _FEW and all(stem(word) in thread.evidence for word in own)


def _after(answer: Answer | None, thread: _Thread) -> _Thread:
    if answer is None:
        return thread
    texts = (f"{scored.passage.heading} {scored.passage.text}" for scored in answer.retrieved)
    topics = frozenset(citation.topic for citation in answer.citations if citation.topic)
    return replace(thread, evidence=frozenset[str]().union(*map(stems, texts)), topics=topics)

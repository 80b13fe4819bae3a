"""A follow-up to questions that stand alone: each way in which it can be read.

Owns: what a conversation is about after each turn, and which of it a follow-up leans on. Pure.
Refuses: rewriting a question that stands alone, the forms of questions (``assistant.follow_ups``), and choosing a
reading by what is found for it (``assistant.resolving``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain

from assistant.conversations import Turn
from assistant.domain import Answer, AnswerStatus
from assistant.follow_ups import (
    Form,
    core,
    form_of,
    has_pronoun,
    is_complete,
    is_open,
    names_a_kind,
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
class Readings:
    """How a question can be read after the turns before it.

    ``alone`` is the question as it stands, ``leaning`` the same with what it leans on, empty if there is nothing, and
    ``on_topic`` with the title of the topic of the last answer in front, empty where the question names its subject.
    ``is_open`` says that its words alone do not tell whether it leans, and ``leans`` what is likelier by its words.
    ``topic`` and ``module`` are what the last answer is about, ``topics`` all that it cites, and ``named`` those that a
    follow-up names beside them.
    """

    alone: str
    leaning: str = ""
    on_topic: str = ""
    is_open: bool = False
    leans: bool = False
    topic: str | None = None
    module: int | None = None
    topics: frozenset[str] = frozenset()
    named: frozenset[str] = frozenset()

    @property
    def likelier(self) -> str:
        """The question to search for, by its words alone."""
        return self.leaning if self.leans else self.alone


@dataclass(frozen=True, slots=True)
class _Thread:
    """What the conversation is about.

    ``subjects``: the questions that stood alone, the oldest first. ``addition``: what was last asked about beside the
    last of them. ``things``: what a later "the second one" can mean. ``evidence``: the stems of the last answer's
    passages; ``topics``: the topics that answer cites, ``topic`` the one it is about, of ``module``, and ``home`` the
    one that the answer to the last subject was about.
    """

    subjects: tuple[str, ...] = ()
    addition: str = ""
    things: tuple[str, ...] = ()
    evidence: frozenset[str] = frozenset()
    topics: frozenset[str] = frozenset()
    topic: str | None = None
    module: int | None = None
    home: str | None = None


@dataclass(frozen=True, slots=True)
class _Follow:
    """The readings of a question, and the thread after it for each of the two kinds."""

    readings: Readings
    alone: _Thread
    leaning: _Thread

    def after(self, answer: Answer | None) -> _Thread:
        """The thread after the answer, which remembers how the question was read."""
        leans = self.readings.leans
        if self.readings.is_open and answer is not None and answer.trace is not None and answer.trace.query:
            leans = answer.trace.query.casefold() != self.readings.alone.casefold()
        return _after(answer, self.leaning if leans else self.alone)


def condense(question: str, history: Sequence[Turn], names: TopicNames) -> Readings:
    """The readings of a question; ``history`` are the turns before it, the oldest first.

    A question that points back ("how does it fail?"), has no subject ("why?") or a few words that the last answer's
    passages hold ("which verbs are?") is searched together with what it leans on. Turns that were refused are no
    subject to lean on. A question that names a topic of its own stands alone.
    """
    thread = _Thread()
    for turn in history[-_REMEMBERED:]:
        if turn.answer is None or turn.answer.status is not AnswerStatus.REFUSED:
            thread = _follow(turn.question, thread, names).after(turn.answer)
    return _follow(question, thread, names).readings


def _follow(question: str, thread: _Thread, names: TopicNames) -> _Follow:
    form = form_of(question)
    if not thread.subjects:
        # "How does one service find another one?" has a subject, whatever its last word points to.
        opens = len(subject_words(question)) > (1 if form is Form.POINTING else 0)
        after = _opened(thread, question) if opens else thread
        return _Follow(Readings(question), after, after)
    if form is Form.WHOLE or (form is Form.ADDITION and is_complete(question) and names.named_in(question)):
        leaning, after = _leaning(question, Form.POINTING, thread, names)
        leans = _is_of_thread(question, thread, names)
        on_topic = _on_topic(question, leaning, thread, names)
        readings = Readings(question, leaning, on_topic, is_open=is_open(question), leans=leans)
        return _Follow(_placed(readings, thread), _opened(thread, question), after)
    leaning, after = _leaning(question, form, thread, names)
    if form is Form.CORRECTION:
        alone = without_turning(question)
        readings = Readings(alone, leaning, is_open=not names_a_kind(alone), leans=True)
        return _Follow(_placed(readings, thread), _opened(replace(thread, subjects=thread.subjects[:-1]), alone), after)
    names_its_subject = form in {Form.RETURN, Form.PICK}
    on_topic = "" if names_its_subject else _on_topic(question, leaning, thread, names)
    named = names.named_in(question) - thread.topics if form is Form.ADDITION else frozenset[str]()
    return _Follow(_placed(Readings(question, leaning, on_topic, leans=True, named=named), thread), after, after)


def _placed(readings: Readings, thread: _Thread) -> Readings:
    return replace(readings, topic=thread.topic, module=thread.module, topics=thread.topics)


def _on_topic(question: str, leaning: str, thread: _Thread, names: TopicNames) -> str:
    """The question under the title of the topic that the conversation has come to."""
    title = names.titles.get(thread.topic or "")
    if title is None:
        return ""
    # An addition that led to another topic is the subject now, and the one before it only leads back.
    moved = thread.addition and thread.topic != thread.home
    return f"{title}: {f'{thread.addition} {question}' if moved else leaning}"


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
    return _Thread((*thread.subjects, subject), "", things, topic=thread.topic, module=thread.module)


def _added(question: str, thread: _Thread, names: TopicNames) -> tuple[str, _Thread]:
    subject = thread.subjects[-1]
    things = (subject, question) if names.named_in(question) else thread.things
    return f"{subject} {question}", replace(thread, addition=question, things=things)


def _corrected(question: str, thread: _Thread) -> tuple[str, _Thread]:
    subject = f"{thread.subjects[-1]} {without_turning(question)}"
    return subject, replace(thread, subjects=(*thread.subjects[:-1], subject), addition="", home=None)


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
        thread, subjects=(*thread.subjects, thing), addition="", home=None
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
    # The best passage decides what an answer is about; its first words may come from another topic.
    best = ((s.passage.topic, s.passage.module) for s in answer.retrieved[:1] if s.passage.topic in topics)
    cited = ((citation.topic, citation.module) for citation in answer.citations if citation.topic)
    topic, module = next(chain(best, cited), (thread.topic, thread.module))
    return replace(
        thread,
        evidence=frozenset[str]().union(*map(stems, texts)),
        topics=topics,
        topic=topic,
        module=module,
        home=thread.home or topic,
    )

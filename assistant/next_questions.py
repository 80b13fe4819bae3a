"""What to ask after an answer: more of its topic, then a topic that it is connected with.

Owns: choosing and wording two or three questions that the notes answer: their forms were tried on every topic. Pure.
Refuses: what to begin with (``assistant.opening_questions``), and answering.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from assistant.conversations import Turn
from assistant.domain import HEADING_SEPARATOR
from assistant.notes import TopicNotes
from assistant.words import words

MOST = 3
_MOST_OF_SECTIONS = 2
_SECTIONS = {
    "Pitfalls": "What can go wrong with {subject}?",
    "Trade-offs": "What are the trade-offs of {subject}?",
    "When to use it, and when not": "When should I use {subject}?",
}
"""Sections of the notes, by what asks for them: "can go wrong" finds the pitfalls of twice as many topics as their
own name does."""
_EXPLAIN = "Can you explain {other}?"
_COMPARE = "What is the difference between {subject} and {other}?"


def topic_of(turn: Turn) -> str | None:
    """The id of the topic that an answer mostly cites, the first one of several; None where it cites none."""
    topics = Counter(each.topic for each in turn.answer.citations if each.topic) if turn.answer else Counter()
    return topics.most_common(1)[0][0] if topics else None


def next_questions(
    turns: Sequence[Turn], topic: str, notes: TopicNotes, subjects: Mapping[str, str]
) -> tuple[str, ...]:
    """Up to ``MOST`` questions to ask after the last of ``turns``, whose answer is on ``topic`` with these ``notes``.

    What the conversation has asked, and sections that it has cited, are not asked for again. ``subjects`` are those of
    ``topic_subjects``.
    """
    asked = {tuple(words(turn.question)) for turn in turns}
    questions = [*_of_sections(turns, topic, notes, subjects[topic])][:_MOST_OF_SECTIONS]
    questions += _of_connections(turns, topic, notes, subjects)
    return tuple(each for each in questions if tuple(words(each)) not in asked)[:MOST]


def _of_sections(turns: Sequence[Turn], topic: str, notes: TopicNotes, subject: str) -> Iterator[str]:
    told = {
        citation.title.rsplit(HEADING_SEPARATOR, 1)[-1]
        for turn in turns
        if turn.answer
        for citation in turn.answer.citations
        if citation.topic == topic
    }
    written = {section.heading for section in notes.sections}
    for heading, form in _SECTIONS.items():
        if heading in written - told:
            yield form.format(subject=subject)


def _of_connections(turns: Sequence[Turn], topic: str, notes: TopicNotes, subjects: Mapping[str, str]) -> Iterator[str]:
    told = {each.topic for turn in turns if turn.answer for each in turn.answer.citations}
    subject = subjects[topic]
    for other, _why in notes.connections:
        if other in subjects and other not in told:
            both = {"subject": subject, "other": subjects[other]}
            # Two lists of things have no one difference.
            form = _COMPARE if _is_one_thing(subject) and _is_one_thing(subjects[other]) else _EXPLAIN
            yield form.format(**both)


def _is_one_thing(subject: str) -> bool:
    return "," not in subject and " and " not in subject

"""The notes' "Check yourself" questions, one topic at a time.

Owns: their keys, the order of their options, and which one comes next. Refuses: keeping answers
(``assistant.progress``) and when a question is due.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from assistant.domain import CheckQuestion, Choice
from assistant.note_files import NoteFiles

_KEY_CHARS = 12


@dataclass(frozen=True, slots=True)
class CheckQuestions:
    """The questions of every topic."""

    notes: NoteFiles

    def on(self, topic: str) -> tuple[CheckQuestion, ...]:
        """The questions on a topic in the notes' order; empty where there are no notes.

        Raises:
            CorpusError: the notes cannot be read.
        """
        notes = self.notes.topic(topic)
        if notes is None:
            return ()
        return tuple(shuffled(topic, each.text, each.choices, each.key_points) for each in notes.questions)


def next_question(
    questions: Collection[CheckQuestion], answered: Mapping[str, bool], asked: Collection[str]
) -> CheckQuestion | None:
    """The question to ask next: one that was not asked just now, new ones before those that went wrong.

    ``answered`` says for keys whether the last answer was right, ``asked`` are the keys that this conversation has
    had. Choice questions come first, because they take one keystroke. None when there is nothing left to check.
    """
    open_ones = [each for each in questions if each.key not in asked and not answered.get(each.key, False)]
    return min(open_ones, key=lambda each: (each.key in answered, not each.choices), default=None)


def question_key(topic: str, text: str) -> str:
    """The key of the question on a topic that is worded so."""
    return _digest(topic, text)[:_KEY_CHARS]


def shuffled(topic: str, text: str, choices: Iterable[Choice], key_points: tuple[str, ...] = ()) -> CheckQuestion:
    """A question with its key, its options in an order that is the same every time.

    Authors tend to write the right option in the same place, so a hash orders them.
    """
    key = question_key(topic, text)
    in_order = tuple(sorted(choices, key=lambda choice: _digest(key, choice.text)))
    return CheckQuestion(topic, key, text, in_order, key_points)


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def verdict(question: CheckQuestion, place: int) -> str:
    """What a learner is told who picked the option at ``place``, counted from 0."""
    picked = question.choices[place]
    if picked.right:
        return "Right."
    right = next(choice.text for choice in question.choices if choice.right)
    # Why not begins in the middle of a sentence; an option may be a name that begins small, and stays as it is.
    why_not = picked.why_not[:1].upper() + picked.why_not[1:]
    return " ".join(filter(None, ["Not quite.", _ended(why_not), f"Right is: {_ended(right)}"]))


def _ended(text: str) -> str:
    return text if not text or text[-1] in ".!?" else f"{text}."

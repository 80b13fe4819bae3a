"""The notes' "Check yourself" questions, one topic at a time.

Owns: reading them, their keys, the order of their options, and which one comes next. Refuses: keeping answers
(``assistant.progress``) and when a question is due.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from assistant.curriculum import Curriculum
from assistant.domain import CheckQuestion, Choice
from assistant.errors import CorpusError
from assistant.notes import Question, note_path, parse_module_notes

_KEY_CHARS = 12


@dataclass(frozen=True)
class CheckQuestions:
    """The questions of every topic; a module's notes are read when one of its topics is first asked for."""

    corpus_dir: Path
    curriculum: Curriculum
    _read: dict[int, Mapping[str, tuple[CheckQuestion, ...]]] = field(default_factory=dict)

    def on(self, topic: str) -> tuple[CheckQuestion, ...]:
        """The questions on a topic in the notes' order; empty where there are no notes.

        Raises:
            CorpusError: the notes cannot be read.
        """
        if topic not in self.curriculum.topics:
            return ()
        number = self.curriculum.topics[topic].module
        if number not in self._read:
            self._read[number] = self._of_module(number)
        return self._read[number].get(topic, ())

    def _of_module(self, number: int) -> Mapping[str, tuple[CheckQuestion, ...]]:
        module = self.curriculum.module(number)
        path = self.corpus_dir / note_path(module)
        try:
            text = path.read_text(encoding="utf-8")
        except FileNotFoundError:
            return {}
        except (OSError, UnicodeDecodeError) as error:
            raise CorpusError(f"{path} cannot be read: {error}.") from error
        ids = {topic.title: topic.id for topic in module.topics}
        return {
            ids[notes.title]: tuple(_check_question(ids[notes.title], question) for question in notes.questions)
            for notes in parse_module_notes(text, path.name).topics
            if notes.title in ids
        }


def next_question(
    questions: Collection[CheckQuestion], answered: Mapping[str, bool], asked: Collection[str]
) -> CheckQuestion | None:
    """The question to ask next: one that was not asked just now, new ones before those that went wrong.

    ``answered`` says for keys whether the last answer was right, ``asked`` are the keys that this conversation has
    had. Choice questions come first, because they take one keystroke. None when there is nothing left to check.
    """
    open_ones = [each for each in questions if each.key not in asked and not answered.get(each.key, False)]
    return min(open_ones, key=lambda each: (each.key in answered, not each.choices), default=None)


def _check_question(topic: str, question: Question) -> CheckQuestion:
    key = _digest(topic, question.text)[:_KEY_CHARS]
    # Authors tend to write the right option in the same place; the order is shuffled by a hash, the same every time.
    choices: tuple[Choice, ...] = tuple(sorted(question.choices, key=lambda choice: _digest(key, choice.text)))
    return CheckQuestion(topic, key, question.text, choices, question.key_points)


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

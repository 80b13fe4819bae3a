"""The questions of the placement test: the choice questions of the study notes.

Owns: reading them, which of a topic's questions comes first, and the order of the options. Deterministic: a seed
stands for a sitting, and another seed begins with another question and shuffles anew. Refuses: choosing the topic.
"""

from __future__ import annotations

import random
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from assistant.curriculum import Curriculum
from assistant.errors import CorpusError
from assistant.notes import Question, QuestionKind, parse_module_notes


@dataclass(frozen=True, slots=True)
class PlacementQuestion:
    """A question as it is shown: its topic, its number in the topic's notes, and its options in their order.

    ``right`` is the index of the right option; ``why_not`` says for each option why it is wrong, "" for the right one.
    """

    topic: str
    number: int
    text: str
    options: tuple[str, ...]
    right: int
    why_not: tuple[str, ...]


class QuestionBank:
    """The choice questions of each topic, in the order of the notes."""

    def __init__(self, questions: Mapping[str, tuple[Question, ...]]) -> None:
        self._questions = questions

    def count(self, topic: str) -> int:
        """How many questions a topic has."""
        return len(self._questions.get(topic, ()))

    def next_number(self, topic: str, seed: int, asked: Collection[int]) -> int | None:
        """The number of the next question of a topic in this sitting; None when all were asked."""
        numbers = [question.number for question in self._questions.get(topic, ())]
        if not numbers:
            return None
        # One further for each sitting, so that a retake begins with another question wherever there is one.
        first = (random.Random(topic).randrange(len(numbers)) + seed) % len(numbers)  # noqa: S311 - not for secrets
        rotated = [*numbers[first:], *numbers[:first]]
        return next((number for number in rotated if number not in asked), None)

    def shown(self, topic: str, number: int, seed: int) -> PlacementQuestion | None:
        """The question with its options shuffled; None if the notes no longer hold it."""
        found = [question for question in self._questions.get(topic, ()) if question.number == number]
        if not found:
            return None
        choices = list(found[0].choices)
        random.Random(f"{topic}:{number}:{seed}").shuffle(choices)  # noqa: S311 - not for secrets
        return PlacementQuestion(
            topic=topic,
            number=number,
            text=found[0].text,
            options=tuple(choice.text for choice in choices),
            right=next(position for position, choice in enumerate(choices) if choice.right),
            why_not=tuple(choice.why_not for choice in choices),
        )


def load_question_bank(corpus_dir: Path, curriculum: Curriculum) -> QuestionBank:
    """The choice questions of all notes, by topic id.

    Raises:
        CorpusError: a notes file cannot be read or breaks its format, or names a topic that its module does not have.
    """
    questions: dict[str, tuple[Question, ...]] = {}
    for path in sorted((corpus_dir / "notes").glob("*.md")):
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise CorpusError(f"{path} cannot be read: {error}.") from error
        notes = parse_module_notes(text, path.name)
        ids = {topic.title: topic.id for topic in curriculum.module(notes.number).topics}
        for topic in notes.topics:
            if topic.title not in ids:
                raise CorpusError(f"{path}: module {notes.number} has no topic called {topic.title!r}.")
            chosen = tuple(
                q for q in topic.questions if q.kind is QuestionKind.CHOICE and any(c.right for c in q.choices)
            )
            questions[ids[topic.title]] = chosen
    return QuestionBank(questions)

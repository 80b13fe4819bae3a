"""The corpus as objects: what one process needs of it, whoever asks.

Owns: reading each part once, when it is first needed. Refuses: anything of a learner's.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

from assistant.catalogue import load_catalogue
from assistant.check_questions import CheckQuestions
from assistant.curriculum import Curriculum
from assistant.domain import Resource
from assistant.glossary import load_glossary
from assistant.note_files import NoteFiles
from assistant.placement import Placement, load_question_bank
from assistant.practice.bank import CardBank
from assistant.practice.contrast import Contrasts
from assistant.ready_goals import ReadyGoal, load_ready_goals
from assistant.renaming import load_renames
from assistant.topic_names import TopicNames, topic_names
from assistant.topic_subjects import topic_subjects
from assistant.vocabulary import Vocabulary, vocabulary_of
from assistant.wishes import Subjects


class Corpus:
    """Everything read from ``directory``. Every part raises ``CorpusError`` where its file cannot be read."""

    def __init__(self, directory: Path, curriculum: Curriculum) -> None:
        self._directory = directory
        self.curriculum = curriculum
        self.notes = NoteFiles(directory, curriculum)
        self.questions = CheckQuestions(self.notes)
        self.renames = load_renames(directory, curriculum)

    @cached_property
    def catalogue(self) -> tuple[Resource, ...]:
        """The linked resources."""
        return load_catalogue(self._directory, self.curriculum)

    @cached_property
    def ready_goals(self) -> tuple[ReadyGoal, ...]:
        """The ready-made goals."""
        return load_ready_goals(self._directory, self.curriculum)

    @cached_property
    def names(self) -> TopicNames:
        """How texts name topics."""
        return topic_names(self.curriculum)

    @cached_property
    def cards(self) -> CardBank:
        """What can be asked of each topic."""
        contrasts = Contrasts(self.curriculum, load_glossary(self._directory, self.curriculum))
        return CardBank(self.curriculum, self.questions, contrasts, self.renames.before)

    @cached_property
    def placement(self) -> Placement:
        """The placement test; what it computes for a list of answers, it keeps."""
        bank = load_question_bank(self._directory, self.curriculum)
        return Placement(self.curriculum, bank, [goal.topics for goal in self.ready_goals])

    @cached_property
    def topic_subjects(self) -> Mapping[str, str]:
        """How each topic is called inside a question."""
        return topic_subjects(self.curriculum)

    def subjects(self) -> Subjects:
        """What wishes may name."""
        return Subjects(self.curriculum, load_glossary(self._directory, self.curriculum))

    def vocabulary(self) -> Vocabulary:
        """Words of the field."""
        return vocabulary_of(self.curriculum, load_glossary(self._directory, self.curriculum))

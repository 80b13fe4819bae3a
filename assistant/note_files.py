"""The study notes of the corpus, read as they are needed.

Owns: reading and keeping one module's file at a time, and finding a topic in it. Refuses: the format
(``assistant.notes``).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from assistant.curriculum import Curriculum
from assistant.errors import CorpusError
from assistant.notes import ModuleNotes, TopicNotes, note_path, parse_module_notes


@dataclass(frozen=True)
class NoteFiles:
    """A module's file is read when it is first asked for; a change of it is seen after a restart."""

    corpus_dir: Path
    curriculum: Curriculum
    _read: dict[int, ModuleNotes | None] = field(default_factory=dict)

    def module(self, number: int) -> ModuleNotes | None:
        """A module's notes; None where there are none yet.

        Raises:
            CorpusError: the file cannot be read or breaks its format.
            InvalidInput: there is no such module.
        """
        if number not in self._read:
            path = self.corpus_dir / note_path(self.curriculum.module(number))
            try:
                self._read[number] = parse_module_notes(path.read_text(encoding="utf-8"), path.name)
            except FileNotFoundError:
                self._read[number] = None
            except (OSError, UnicodeDecodeError) as error:
                raise CorpusError(f"{path} cannot be read: {error}.") from error
        return self._read[number]

    def topic(self, topic_id: str) -> TopicNotes | None:
        """The notes on a topic; None where there are none.

        Raises:
            CorpusError: the module's file cannot be read or breaks its format.
        """
        topic = self.curriculum.topics.get(topic_id)
        notes = self.module(topic.module) if topic else None
        if topic is None or notes is None:
            return None
        return next((each for each in notes.topics if each.title == topic.title), None)

"""Who learns here: named learners, each with plans and progress of their own.

Owns: their names. Refuses: knowing who sits at the keyboard (settings and the app say).
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime

from assistant.errors import InvalidInput
from assistant.journal_file import JournalFile
from assistant.words import as_unicode

NAME_CHARS = 60


@dataclass(frozen=True, slots=True)
class Learner:
    """One person's plans and progress go by this id."""

    id: int
    name: str


class Learners:
    """The learners in the journal; names are told apart without regard to case."""

    def __init__(self, file: JournalFile) -> None:
        self._file = file

    def all(self) -> tuple[Learner, ...]:
        """Every learner, the first one first."""
        return tuple(map(_learner, self._file.rows("SELECT id, name FROM learners ORDER BY id")))

    def find(self, name: str) -> Learner | None:
        """The learner of this name, if there is one."""
        rows = self._file.rows("SELECT id, name FROM learners WHERE name = ?", _cleaned(name))
        return _learner(rows[0]) if rows else None

    def named(self, name: str, now: datetime) -> Learner:
        """The learner of this name, made if there is none.

        Raises:
            InvalidInput: the name is empty or longer than 60 characters.
        """
        if found := self.find(name):
            return found
        with self._file.writing() as connection:
            # Another process may have been faster.
            connection.execute(
                "INSERT OR IGNORE INTO learners (name, created_at) VALUES (?, ?)", (_cleaned(name), now.isoformat())
            )
        (row,) = self._file.rows("SELECT id, name FROM learners WHERE name = ?", _cleaned(name))
        return _learner(row)

    def rename(self, learner_id: int, name: str) -> None:
        """Give a learner another name.

        Raises:
            InvalidInput: the name cannot be used or is somebody else's, or there is no such learner.
        """
        other = self.find(name)
        if other is not None and other.id != learner_id:
            raise InvalidInput(f"There is a learner called {other.name!r} already. Choose another name.")
        with self._file.writing() as connection:
            changed = connection.execute("UPDATE learners SET name = ? WHERE id = ?", (_cleaned(name), learner_id))
            if not changed.rowcount:
                raise InvalidInput("That learner is not there any more.")

    def delete(self, learner_id: int) -> None:
        """Delete a learner with all plans and all progress; nothing happens if there is no such learner."""
        with self._file.writing() as connection:
            connection.execute("DELETE FROM learners WHERE id = ?", (learner_id,))


def _cleaned(name: str) -> str:
    cleaned = " ".join(as_unicode(name).split())
    if not cleaned:
        raise InvalidInput("The learner's name is empty.")
    if len(cleaned) > NAME_CHARS:
        raise InvalidInput(f"A learner's name has at most {NAME_CHARS} characters.")
    return cleaned


def _learner(row: sqlite3.Row) -> Learner:
    return Learner(row["id"], row["name"])

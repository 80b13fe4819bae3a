"""Who learns here: named learners, each with conversations, plans and progress of their own.

Owns: their names, logins and chosen levels. Refuses: knowing who sits at the keyboard (settings and the app say).
"""

from __future__ import annotations

import itertools
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from assistant.domain import Level
from assistant.errors import InvalidInput
from assistant.journal_file import JournalFile
from assistant.words import as_unicode

NAME_CHARS = 60


@dataclass(frozen=True, slots=True)
class Learner:
    """One person's conversations, plans and progress go by this id."""

    id: int
    name: str
    level: Level | None = None
    """The level that the learner chose for answers; None has it follow from what they have done."""


class Learners:
    """The learners in the journal; names are told apart without regard to case."""

    def __init__(self, file: JournalFile) -> None:
        self._file = file

    def all(self) -> tuple[Learner, ...]:
        """Every learner, the first one first."""
        return tuple(map(_learner, self._file.rows("SELECT * FROM learners ORDER BY id")))

    def find(self, name: str) -> Learner | None:
        """The learner of this name, if there is one."""
        rows = self._file.rows("SELECT * FROM learners WHERE name = ?", cleaned_name(name))
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
                "INSERT OR IGNORE INTO learners (name, created_at) VALUES (?, ?)", (cleaned_name(name), now.isoformat())
            )
        (row,) = self._file.rows("SELECT * FROM learners WHERE name = ?", cleaned_name(name))
        return _learner(row)

    def logged_in(self, login: str, name: str, now: datetime) -> Learner:
        """The learner with this login, made if there is none.

        A new one is called ``name``, or with a number behind it where somebody is called so already: a name that an
        identity provider tells must not open what another learner has.
        """
        query = "SELECT * FROM learners WHERE login = ?"
        if rows := self._file.rows(query, login):
            return _learner(rows[0])
        with self._file.writing() as connection:
            taken = {row["name"].casefold() for row in connection.execute("SELECT name FROM learners")}
            free = next(each for each in _numbered(cleaned_name(name[:NAME_CHARS])) if each.casefold() not in taken)
            # Another process may have been faster.
            connection.execute(
                "INSERT OR IGNORE INTO learners (name, created_at, login) VALUES (?, ?, ?)",
                (free, now.isoformat(), login),
            )
        (row,) = self._file.rows(query, login)
        return _learner(row)

    def give_login(self, learner_id: int, login: str) -> None:
        """Have whoever logs in with ``login`` be this learner, and the learner who was it until now have none.

        Raises:
            InvalidInput: the login is empty, or there is no such learner.
        """
        if not login.strip():
            raise InvalidInput("The login is empty. The settings page shows it to who is logged in.")
        with self._file.writing() as connection:
            connection.execute("UPDATE learners SET login = NULL WHERE login = ?", (login.strip(),))
            changed = connection.execute("UPDATE learners SET login = ? WHERE id = ?", (login.strip(), learner_id))
            if not changed.rowcount:
                raise InvalidInput("That learner is not there any more.")

    def choose_level(self, learner_id: int, level: Level | None) -> None:
        """Keep the level that a learner wants answers written for; None has it follow from what they have done."""
        with self._file.writing() as connection:
            connection.execute("UPDATE learners SET level = ? WHERE id = ?", (level and level.value, learner_id))

    def rename(self, learner_id: int, name: str) -> None:
        """Give a learner another name.

        Raises:
            InvalidInput: the name cannot be used or is somebody else's, or there is no such learner.
        """
        other = self.find(name)
        if other is not None and other.id != learner_id:
            raise InvalidInput(f"There is a learner called {other.name!r} already. Choose another name.")
        with self._file.writing() as connection:
            changed = connection.execute("UPDATE learners SET name = ? WHERE id = ?", (cleaned_name(name), learner_id))
            if not changed.rowcount:
                raise InvalidInput("That learner is not there any more.")

    def delete(self, learner_id: int) -> None:
        """Delete a learner with all conversations, plans and progress; nothing happens if there is no such learner."""
        with self._file.writing() as connection:
            connection.execute("DELETE FROM learners WHERE id = ?", (learner_id,))


def cleaned_name(name: str) -> str:
    """A name as it is kept.

    Raises:
        InvalidInput: it is empty or longer than 60 characters.
    """
    cleaned = " ".join(as_unicode(name).split())
    if not cleaned:
        raise InvalidInput("The learner's name is empty.")
    if len(cleaned) > NAME_CHARS:
        raise InvalidInput(f"A learner's name has at most {NAME_CHARS} characters.")
    return cleaned


def _numbered(name: str) -> Iterator[str]:
    yield name
    for number in itertools.count(2):
        ending = f" {number}"
        yield f"{name[: NAME_CHARS - len(ending)]}{ending}"


def _learner(row: sqlite3.Row) -> Learner:
    return Learner(row["id"], row["name"], Level(row["level"]) if row["level"] else None)

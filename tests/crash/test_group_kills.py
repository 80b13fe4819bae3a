"""A group's journal: killed while a session is recorded, and in the middle of giving conversations their learners."""

from __future__ import annotations

import itertools
import os
import signal
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

from assistant import sqlite as opening
from assistant.journal import Journal
from assistant.journal_schema import MIGRATIONS
from assistant.progress import EntryStatus, LogEntry
from assistant.sqlite import open_database
from tests.crash.builds import start

NOW = datetime(2026, 11, 27, 20, tzinfo=UTC)
_PLACE = next(place for place, script in enumerate(MIGRATIONS) if "learners_by_login" in script)
_STATEMENTS = len(list(opening._statements(MIGRATIONS[_PLACE])))


def _entry(number: int) -> LogEntry:
    return LogEntry(f"fuses:read:{number}", "fuses", EntryStatus.DONE, 30, 30, date(2026, 11, 27))


def _log_and_die_in_the_next(path: Path, first: int) -> None:
    """Record a session and begin another, for each of two learners; die before the last commit."""
    journal = Journal(path)
    for name in ("Ada", "Ben"):
        journal.progress.log(journal.learners.named(name, NOW).id, _entry(first), NOW)

    class Dying:
        def __init__(self, connection: sqlite3.Connection) -> None:
            self._connection = connection

        def __getattr__(self, name: str) -> object:
            return getattr(self._connection, name)

        def execute(self, sql: str, *parameters: object) -> object:
            if sql == "COMMIT":
                os.kill(os.getpid(), signal.SIGKILL)
            return self._connection.execute(sql, *parameters)

    journal.file._connection = Dying(journal.file._connection)  # type: ignore[assignment]
    journal.progress.log(journal.learners.named("Ada", NOW).id, _entry(first + 1), NOW)


def test_a_kill_while_a_session_is_recorded_keeps_those_before(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite"
    for first in (1, 3):
        process = start(_log_and_die_in_the_next, path, first)
        process.join()
        assert process.exitcode == -signal.SIGKILL
    with closing(Journal(path)) as journal:
        recorded = {
            each.name: [entry.item for entry in journal.progress.entries(each.id)] for each in journal.learners.all()
        }
    assert recorded == {name: ["fuses:read:1", "fuses:read:3"] for name in ("Ada", "Ben")}


def _migrate_and_die(path: Path, statement: int) -> None:
    real = opening._statements

    def statements(script: str) -> Iterator[str]:
        for number, sql in enumerate(itertools.chain(real(script), [""])):
            if number == statement and script == MIGRATIONS[_PLACE]:
                os.kill(os.getpid(), signal.SIGKILL)
            yield sql

    opening._statements = statements
    Journal(path)


def test_a_kill_while_conversations_get_their_learners_loses_none(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite"
    with closing(open_database(path, MIGRATIONS[:_PLACE])) as database:
        database.execute("INSERT INTO conversations VALUES ('c', 'What?', ?)", (NOW.isoformat(),))
        turn = (1, "c", "What?", NOW.isoformat())
        database.execute("INSERT INTO turns (id, conversation_id, question, asked_at) VALUES (?, ?, ?, ?)", turn)
    for statement in range(_STATEMENTS + 1):
        process = start(_migrate_and_die, path, statement)
        process.join()
        assert process.exitcode == -signal.SIGKILL
        with closing(sqlite3.connect(path)) as database:
            assert database.execute("PRAGMA user_version").fetchone() == (_PLACE,)
            assert database.execute("SELECT id, question FROM turns").fetchall() == [(1, "What?")]
    with closing(Journal(path)) as journal:
        assert [each.id for each in journal.conversations()] == ["c"]

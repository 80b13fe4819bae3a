"""The open ``journal.sqlite``, shared by the stores that keep the learner's state in it.

Owns: the connection, and that its users take turns. Refuses: knowing what any table means.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from assistant.journal_schema import MIGRATIONS
from assistant.sqlite import open_database, transaction, translated

Value = str | int | None


class JournalFile:
    """Safe to share between threads: every write is one short transaction.

    Every method raises ``StorageError`` where the file cannot be used.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._connection = open_database(path, MIGRATIONS)
        self._lock = threading.Lock()

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def rows(self, sql: str, *parameters: Value) -> Sequence[sqlite3.Row]:
        """Everything that a query finds."""
        with self._lock, translated(self.path):
            return self._connection.execute(sql, parameters).fetchall()

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One write transaction: all of it is kept, or nothing."""
        with self._lock, transaction(self._connection, self.path):
            yield self._connection

"""How this program opens SQLite.

Owns: pragmas, append-only migrations by ``user_version``, explicit transactions, and the translation of sqlite3's
errors. Refuses: any table of its own.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from assistant.disk import disk_full, storage_error
from assistant.errors import StorageError, StoreBusy

_BUSY_TIMEOUT_S = 10.0
# What a used-up quota looks like, or a full disk to the shared memory of the WAL.
_NO_ROOM = frozenset({sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_IOERR_SHMSIZE})
_log = logging.getLogger(__name__)


def open_database(path: Path, migrations: Sequence[str]) -> sqlite3.Connection:
    """Open (or create) a database in WAL mode and bring its schema up to date.

    ``migrations`` are SQL scripts; the database's ``user_version`` counts those already applied, so the sequence may
    only ever grow. The connection may be shared between threads if the caller serialises access.

    Raises:
        StorageError: the file cannot be opened, is not a database, or was written by a newer version of the program.
    """
    with translated(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(path, timeout=_BUSY_TIMEOUT_S, isolation_level=None, check_same_thread=False)
    try:
        with translated(path):
            connection.row_factory = sqlite3.Row
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=FULL")
            connection.execute("PRAGMA foreign_keys=ON")
            _migrate(connection, path, migrations)
    except StorageError:
        connection.close()
        raise
    return connection


def open_snapshot(path: Path) -> sqlite3.Connection:
    """Open a finished, never changing database read-only, without locks or side files.

    Raises:
        StorageError: the file is missing or is not a database.
    """
    with translated(path):
        uri = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
        connection = sqlite3.connect(uri, uri=True, check_same_thread=False)
    try:
        with translated(path):
            connection.row_factory = sqlite3.Row
            connection.execute("PRAGMA query_only=ON")
            connection.execute("PRAGMA schema_version")  # nothing is read before this
    except StorageError:
        connection.close()
        raise
    return connection


def quoted_term(term: str) -> str:
    """A term of a full-text query that is only its words, whatever operators it looks like."""
    return '"' + term.replace('"', '""') + '"'


@contextmanager
def transaction(connection: sqlite3.Connection, path: Path) -> Iterator[None]:
    """Run the block as one write transaction: all of it is committed, or none of it."""
    with translated(path):
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn what sqlite3 and the file system raise into this program's errors."""
    try:
        yield
    except sqlite3.Error as error:
        raise _translate(error, path) from error
    except OSError as error:
        raise storage_error(error, path, "opened") from error


def _translate(error: sqlite3.Error, path: Path) -> StorageError:
    code = getattr(error, "sqlite_errorcode", None)
    # Extended result codes keep the primary code in their low byte.
    primary = code & 0xFF if isinstance(code, int) else None
    if primary == sqlite3.SQLITE_FULL or code in _NO_ROOM:
        return disk_full(path)
    if primary in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
        return StoreBusy(f"{path} is in use by another process. Wait for it to finish and try again.")
    if primary in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}:
        return StorageError(f"{path} is damaged. Move it aside and start again; the other files are not affected.")
    return StorageError(f"{path} cannot be used: {str(error).rstrip('.')}.")


def _migrate(connection: sqlite3.Connection, path: Path, migrations: Sequence[str]) -> None:
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > len(migrations):
        raise StorageError(f"{path} was written by a newer version of this program. Update the program to use it.")
    for number, script in enumerate(migrations[version:], start=version + 1):
        with transaction(connection, path):
            # Another process may have done it between the two reads.
            if connection.execute("PRAGMA user_version").fetchone()[0] < number:
                for statement in _statements(script):
                    connection.execute(statement)
                connection.execute(f"PRAGMA user_version={number}")
                _log.info("migrated %s to version %d", path.name, number)


def _statements(script: str) -> Iterator[str]:
    # sqlite3's own executescript commits what was begun before it, and so a migration would not be one transaction.
    statement = ""
    for piece in script.split(";"):
        statement += f"{piece};"
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""

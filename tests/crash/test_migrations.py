"""A library of the version before, killed at every statement of its migration."""

from __future__ import annotations

import itertools
import os
import signal
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from assistant import sqlite as opening
from assistant.library import Library
from assistant.library_schema import MIGRATIONS
from assistant.sqlite import open_database
from tests.crash.builds import start

_STATEMENTS = len(list(opening._statements(MIGRATIONS[-1])))


def _open_and_die(path: Path, statement: int) -> None:
    """Open the library in this process, which ends before the migration's nth statement, or before its commit."""
    real = opening._statements

    def statements(script: str) -> Iterator[str]:
        for number, sql in enumerate(itertools.chain(real(script), [""])):
            if number == statement:
                os.kill(os.getpid(), signal.SIGKILL)
            yield sql

    opening._statements = statements
    Library(path)


@pytest.mark.skipif(len(MIGRATIONS) < 2, reason="there is nothing to migrate from")
def test_killed_in_the_middle_of_a_migration(tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite"
    vector = np.arange(3, dtype="<f4")
    with closing(open_database(path, MIGRATIONS[:-1])) as database:
        database.execute("INSERT INTO embeddings VALUES ('key', 'model', ?)", (vector.tobytes(),))
    for statement in range(_STATEMENTS + 1):
        process = start(_open_and_die, path, statement)
        process.join()
        assert process.exitcode == -signal.SIGKILL
        with closing(sqlite3.connect(path)) as database:
            assert database.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS) - 1,)
            assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert database.execute("SELECT embedding_key FROM embeddings").fetchall() == [("key",)]
    with Library(path) as library:
        assert library.sources() == ()
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("SELECT vector FROM embeddings").fetchall() == [(vector.tobytes(),)]

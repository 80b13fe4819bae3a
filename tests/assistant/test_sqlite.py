from __future__ import annotations

import errno
import os
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import sqlite as module
from assistant.errors import DiskFull, InvalidInput, StorageError, StoreBusy
from assistant.sqlite import open_database, open_snapshot, transaction, translated
from tests.conftest import REPOSITORY

ONE = "CREATE TABLE one (a TEXT NOT NULL) STRICT;"
TWO = "CREATE TABLE two (b TEXT) STRICT; INSERT INTO two VALUES ('from migration');"
BROKEN = "CREATE TABLE two (b TEXT) STRICT; INSERT INTO one VALUES ('half'); INSERT INTO nowhere VALUES (1);"
DAMAGED = "{path} is damaged. Move it aside and start again; the other files are not affected."
FULL = "The disk that holds {path} is full. Free some space and try again; nothing saved is lost."


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state.sqlite"


@pytest.fixture
def connection(path: Path) -> Iterator[sqlite3.Connection]:
    opened = open_database(path, [ONE])
    yield opened
    opened.close()


def user_version(path: Path) -> int:
    connection = sqlite3.connect(path)
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    connection.close()
    return version


def tables(path: Path) -> list[str]:
    connection = sqlite3.connect(path)
    names = [row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")]
    connection.close()
    return names


def insert(connection: sqlite3.Connection, path: Path, text: str) -> None:
    with transaction(connection, path):
        connection.execute("INSERT INTO one VALUES (?)", (text,))


def rows(connection: sqlite3.Connection) -> list[str]:
    return [row["a"] for row in connection.execute("SELECT a FROM one ORDER BY rowid")]


class TestOpening:
    def test_makes_directories_and_sets_the_pragmas(self, tmp_path: Path) -> None:
        connection = open_database(tmp_path / "a" / "b" / "new.sqlite", [ONE])
        pragmas = {name: connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous")}
        assert pragmas == {"journal_mode": "wal", "synchronous": 2}
        assert connection.execute("PRAGMA foreign_keys").fetchone()[0] == 1
        connection.close()

    def test_a_file_that_is_no_database(self, path: Path) -> None:
        path.write_bytes(b"nothing of the kind" * 100)
        with pytest.raises(StorageError) as caught:
            open_database(path, [ONE])
        assert caught.value.user_message == DAMAGED.format(path=path)
        assert type(caught.value) is StorageError
        assert isinstance(caught.value.__cause__, sqlite3.DatabaseError)

    def test_a_directory_that_cannot_be_made(self, path: Path) -> None:
        path.write_text("a file", encoding="utf-8")
        with pytest.raises(StorageError) as caught:
            open_database(path / "deeper" / "state.sqlite", [ONE])
        assert caught.value.user_message == f"{path}/deeper/state.sqlite cannot be opened: Not a directory."


class TestMigrations:
    def test_are_applied_once_and_in_order(self, path: Path) -> None:
        for _ in range(2):
            connection = open_database(path, [ONE, TWO])
            assert [row["b"] for row in connection.execute("SELECT b FROM two")] == ["from migration"]
            connection.close()
        assert user_version(path) == 2

    def test_an_appended_one_is_all_that_runs(self, path: Path) -> None:
        first = open_database(path, [ONE])
        insert(first, path, "kept")
        first.close()
        second = open_database(path, [ONE, TWO])
        assert rows(second) == ["kept"]
        second.close()
        assert (user_version(path), tables(path)) == (2, ["one", "two"])

    @pytest.mark.parametrize("at_once", [True, False])
    def test_one_that_fails_leaves_the_version_before_it_intact(self, path: Path, at_once: bool) -> None:
        if not at_once:
            open_database(path, [ONE]).close()
        with pytest.raises(StorageError) as caught:
            open_database(path, [ONE, BROKEN])
        assert caught.value.user_message == f"{path} cannot be used: no such table: nowhere."
        assert (user_version(path), tables(path)) == (1, ["one"])
        connection = open_database(path, [ONE, TWO])
        assert rows(connection) == []
        connection.close()
        assert (user_version(path), tables(path)) == (2, ["one", "two"])

    def test_a_script_may_hold_semicolons_that_end_nothing(self, path: Path) -> None:
        script = """
        -- A comment; with a semicolon.
        CREATE TABLE log (a TEXT) STRICT;
        CREATE TRIGGER copy AFTER INSERT ON one BEGIN
            INSERT INTO log VALUES (new.a);
            INSERT INTO log VALUES ('x;y');
        END;
        /* ; */
        INSERT INTO one VALUES ('a;b')
        """
        connection = open_database(path, [ONE, script])
        assert [row["a"] for row in connection.execute("SELECT a FROM log")] == ["a;b", "x;y"]
        connection.close()
        assert user_version(path) == 2

    def test_a_newer_file_is_refused(self, path: Path) -> None:
        open_database(path, [ONE, TWO]).close()
        with pytest.raises(StorageError) as caught:
            open_database(path, [ONE])
        assert caught.value.user_message == (
            f"{path} was written by a newer version of this program. Update the program to use it."
        )
        assert tables(path) == ["one", "two"]

    def test_another_process_may_migrate_first(self, path: Path) -> None:
        """It holds the lock from before we read the version until it has committed its migration."""
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("PRAGMA journal_mode=WAL")
        other.execute("BEGIN IMMEDIATE")
        other.execute(ONE)
        other.execute("INSERT INTO one VALUES ('theirs')")
        other.execute("PRAGMA user_version=1")
        opened: list[sqlite3.Connection] = []
        thread = threading.Thread(target=lambda: opened.append(open_database(path, [ONE])))
        thread.start()
        thread.join(0.3)
        assert thread.is_alive()
        other.execute("COMMIT")
        other.close()
        thread.join(5)
        assert [rows(connection) for connection in opened] == [["theirs"]]
        opened[0].close()

    def test_many_may_open_a_new_file_at_once(self, tmp_path: Path) -> None:
        start = threading.Barrier(6)
        failures: list[StorageError] = []

        def open_one(path: Path) -> None:
            start.wait(5)
            try:
                open_database(path, [ONE, TWO]).close()
            except StorageError as error:
                failures.append(error)

        for number in range(3):
            path = tmp_path / f"{number}.sqlite"
            threads = [threading.Thread(target=open_one, args=(path,)) for _ in range(6)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            assert failures == []
            assert (user_version(path), tables(path)) == (2, ["one", "two"])


class TestTransactions:
    def test_all_is_committed(self, connection: sqlite3.Connection, path: Path) -> None:
        with transaction(connection, path):
            connection.execute("INSERT INTO one VALUES ('a')")
            connection.execute("INSERT INTO one VALUES ('b')")
        other = open_database(path, [ONE])
        assert rows(other) == ["a", "b"]
        other.close()

    @pytest.mark.parametrize("error", [InvalidInput("no"), KeyError("no"), KeyboardInterrupt()])
    def test_none_of_it_is_when_the_block_fails(
        self, connection: sqlite3.Connection, path: Path, error: BaseException
    ) -> None:
        insert(connection, path, "before")
        with pytest.raises(type(error)) as caught, transaction(connection, path):
            connection.execute("INSERT INTO one VALUES ('lost')")
            raise error
        assert caught.value is error
        assert rows(connection) == ["before"]
        insert(connection, path, "after")
        assert rows(connection) == ["before", "after"]

    def test_nor_when_the_database_refuses(self, connection: sqlite3.Connection, path: Path) -> None:
        with pytest.raises(StorageError) as caught, transaction(connection, path):
            connection.execute("INSERT INTO one VALUES ('lost')")
            connection.execute("INSERT INTO one VALUES (NULL)")
        assert caught.value.user_message == f"{path} cannot be used: NOT NULL constraint failed: one.a."
        assert rows(connection) == []

    def test_another_writer_makes_it_busy(
        self, connection: sqlite3.Connection, path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(module, "_BUSY_TIMEOUT_S", 0.05)
        other = open_database(path, [ONE])
        with transaction(connection, path):
            connection.execute("INSERT INTO one VALUES ('first')")
            with pytest.raises(StoreBusy) as caught:
                insert(other, path, "second")
            assert rows(other) == []  # reading goes on
        assert caught.value.retryable
        assert caught.value.user_message == (
            f"{path} is in use by another process. Wait for it to finish and try again."
        )
        insert(other, path, "second")
        assert rows(connection) == ["first", "second"]
        other.close()

    def test_a_process_killed_in_the_middle_leaves_nothing_behind(
        self, connection: sqlite3.Connection, path: Path
    ) -> None:
        insert(connection, path, "before")
        program = (
            "import sys, time\n"
            "from pathlib import Path\n"
            "from assistant.sqlite import open_database, transaction\n"
            "path = Path(sys.argv[1])\n"
            "connection = open_database(path, [sys.argv[2]])\n"
            "with transaction(connection, path):\n"
            "    connection.execute('INSERT INTO one VALUES (?)', ('lost' * 100_000,))\n"
            "    print('written', flush=True)\n"
            "    time.sleep(60)\n"
        )
        with subprocess.Popen(
            [sys.executable, "-c", program, str(path), ONE], cwd=REPOSITORY, stdout=subprocess.PIPE, text=True
        ) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == "written\n"
            process.send_signal(signal.SIGKILL)
        insert(connection, path, "after")
        assert rows(connection) == ["before", "after"]


class TestDiskFull:
    def test_the_database_may_not_grow(self, connection: sqlite3.Connection, path: Path) -> None:
        insert(connection, path, "before")
        connection.execute("PRAGMA max_page_count=4")
        with pytest.raises(DiskFull) as caught:
            insert(connection, path, "x" * 100_000)
        assert caught.value.user_message == FULL.format(path=path)
        assert caught.value.retryable
        connection.execute("PRAGMA max_page_count=1000")
        insert(connection, path, "after")
        assert rows(connection) == ["before", "after"]

    @pytest.mark.parametrize(("limit", "kept"), [(200_000, True), (4_096, False)])
    def test_a_quota_is_used_up(self, path: Path, limit: int, kept: bool) -> None:
        """Before anything is saved, and after."""
        program = (
            "import resource, sys\n"
            "from pathlib import Path\n"
            "from assistant.errors import DiskFull\n"
            "from assistant.sqlite import open_database, transaction\n"
            "path, limit = Path(sys.argv[1]), int(sys.argv[3])\n"
            "resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))\n"
            "try:\n"
            "    connection = open_database(path, [sys.argv[2]])\n"
            "    for _ in range(100):\n"
            "        with transaction(connection, path):\n"
            "            connection.execute('INSERT INTO one VALUES (?)', ('x' * 10_000,))\n"
            "except DiskFull as error:\n"
            "    print(error.user_message)\n"
        )
        process = subprocess.run(
            [sys.executable, "-c", program, str(path), ONE, str(limit)],
            cwd=REPOSITORY,
            capture_output=True,
            text=True,
            check=True,
        )
        assert process.stdout == FULL.format(path=path) + "\n"
        connection = open_database(path, [ONE])
        assert (len(rows(connection)) > 0) is kept
        assert set(rows(connection)) <= {"x" * 10_000}
        insert(connection, path, "after")
        connection.close()


class TestTranslation:
    def test_errors_of_the_file_system(self, path: Path) -> None:
        with pytest.raises(StorageError) as caught, translated(path):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        assert caught.value.user_message == f"{path} cannot be opened: Permission denied."

    def test_a_closed_connection(self, path: Path) -> None:
        connection = open_database(path, [ONE])
        connection.close()
        with pytest.raises(StorageError) as caught:
            insert(connection, path, "late")
        assert caught.value.user_message == f"{path} cannot be used: Cannot operate on a closed database."

    def test_other_errors_pass(self, path: Path) -> None:
        with pytest.raises(ZeroDivisionError), translated(path):
            raise ZeroDivisionError


class TestSnapshots:
    @pytest.mark.parametrize("name", ["plain.sqlite", "a b#c?d%20e.sqlite", "çay.sqlite"])
    def test_are_read_and_never_written(self, tmp_path: Path, name: str) -> None:
        path = tmp_path / name
        connection = open_database(path, [ONE])
        insert(connection, path, "kept")
        connection.execute("PRAGMA journal_mode=DELETE")
        connection.close()
        before = sorted(tmp_path.iterdir())
        snapshot = open_snapshot(path)
        assert rows(snapshot) == ["kept"]
        with pytest.raises(StorageError, match="cannot be used: attempt to write a readonly database"):
            insert(snapshot, path, "more")
        snapshot.close()
        assert sorted(tmp_path.iterdir()) == before

    def test_a_missing_file_is_an_error_and_is_not_made(self, path: Path) -> None:
        with pytest.raises(StorageError) as caught:
            open_snapshot(path)
        assert caught.value.user_message == f"{path} cannot be used: unable to open database file."
        assert not path.exists()

    def test_a_file_that_is_no_database_is_an_error(self, path: Path) -> None:
        path.write_bytes(b"nothing of the kind" * 100)
        with pytest.raises(StorageError) as caught:
            open_snapshot(path)
        assert caught.value.user_message == DAMAGED.format(path=path)

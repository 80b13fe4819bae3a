from __future__ import annotations

import os
import threading
import time
from pathlib import Path

import pytest

from assistant.errors import StorageError, StoreBusy
from ingest.lock import Patience, build_lock


def test_the_lock_can_be_taken_again(tmp_path: Path) -> None:
    for _ in range(2):
        with build_lock(tmp_path):
            assert (tmp_path / "build.pid").read_text(encoding="utf-8") == str(os.getpid())
        assert not (tmp_path / "build.pid").exists()


def test_without_patience_the_holder_is_named_at_once(tmp_path: Path) -> None:
    with build_lock(tmp_path):
        since = time.strftime("%H:%M", time.localtime((tmp_path / "build.pid").stat().st_mtime))
        with pytest.raises(StoreBusy) as caught, build_lock(tmp_path):
            pass
    assert caught.value.user_message == (
        f"Another build is running (process {os.getpid()}, since {since}). Try again when it is done."
    )


def test_patience_ends(tmp_path: Path) -> None:
    said: list[str] = []
    with build_lock(tmp_path), pytest.raises(StoreBusy), build_lock(tmp_path, Patience(0.05, said.append)):
        pass
    assert len(said) == 1
    assert said[0].endswith("; waiting up to 0.05 s ...")


def test_patience_is_rewarded(tmp_path: Path) -> None:
    waiting = threading.Event()
    entered = threading.Event()

    def second() -> None:
        with build_lock(tmp_path, Patience(60, lambda _sentence: waiting.set())):
            entered.set()

    thread = threading.Thread(target=second)
    with build_lock(tmp_path):
        thread.start()
        assert waiting.wait(30)
        assert not entered.is_set()
    thread.join(30)
    assert entered.is_set()


@pytest.mark.parametrize("content", ["", "12x", None])
def test_a_holder_that_has_not_said_who_it_is(tmp_path: Path, content: str | None) -> None:
    with build_lock(tmp_path):
        (tmp_path / "build.pid").unlink()
        if content is not None:
            (tmp_path / "build.pid").write_text(content, encoding="utf-8")
        with pytest.raises(StoreBusy, match=r"\(its process just started or ended\)"), build_lock(tmp_path):
            pass


def test_a_home_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(StorageError, match=r"file/home cannot be written: Not a directory\."):  # noqa: SIM117
        with build_lock(tmp_path / "file" / "home"):
            pass

from __future__ import annotations

import gc
from pathlib import Path

import pytest

from assistant.errors import IndexBroken
from assistant.lease import Lease, unread


def _is_unread(generation: Path) -> bool:
    with unread(generation) as free:
        return free


def test_readers_share_and_the_last_one_frees(tmp_path: Path) -> None:
    first, second = Lease(tmp_path), Lease(tmp_path)
    assert not _is_unread(tmp_path)
    first.release()
    first.release()
    assert not _is_unread(tmp_path)
    second.release()
    assert _is_unread(tmp_path)


def test_a_forgotten_reader_frees(tmp_path: Path) -> None:
    lease = Lease(tmp_path)
    assert not _is_unread(tmp_path)
    del lease
    gc.collect()
    assert _is_unread(tmp_path)


def test_nobody_begins_to_read_what_is_being_deleted(tmp_path: Path) -> None:
    with unread(tmp_path) as free:
        assert free
        with pytest.raises(IndexBroken, match="is gone. Build it again with: python -m ingest build"):
            Lease(tmp_path)
    Lease(tmp_path).release()


def test_what_is_gone_is_neither_read_nor_deleted(tmp_path: Path) -> None:
    with pytest.raises(IndexBroken):
        Lease(tmp_path / "gen-0001")
    assert not _is_unread(tmp_path / "gen-0001")

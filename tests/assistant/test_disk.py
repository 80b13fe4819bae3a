from __future__ import annotations

import errno
import os
import resource
import shutil
from pathlib import Path

import pytest

from assistant.disk import has_room, storage_error
from assistant.errors import DiskFull, StorageError


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT, errno.EFBIG])
def test_no_room(code: int, tmp_path: Path) -> None:
    error = storage_error(OSError(code, os.strerror(code)), tmp_path, "written")
    assert type(error) is DiskFull
    assert error.user_message == (
        f"The disk that holds {tmp_path} is full. Free some space and try again; nothing saved is lost."
    )


def test_other_refusals(tmp_path: Path) -> None:
    error = storage_error(PermissionError(errno.EACCES, os.strerror(errno.EACCES)), tmp_path, "written")
    assert type(error) is StorageError
    assert error.user_message == f"{tmp_path} cannot be written: Permission denied."


def test_room_on_the_disk(tmp_path: Path) -> None:
    assert has_room(tmp_path, 1_000)
    assert not has_room(tmp_path, shutil.disk_usage(tmp_path).total)
    assert list(tmp_path.iterdir()) == []


def test_room_within_a_limit_on_the_size_of_files(tmp_path: Path) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, hard))
    try:
        found = has_room(tmp_path, 5_000), has_room(tmp_path, 20_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert found == (True, False)
    assert list(tmp_path.iterdir()) == []

"""Which files of a folder are read, and what cannot hold a build up."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from assistant.errors import InvalidInput
from ingest.extract import MAX_BYTES, NotExtracted
from ingest.files import files_of, name_of, path_of, read_file
from ingest.own import root_of


def test_folder_gives_readable_files_in_order(tmp_path: Path) -> None:
    for name in (
        "b.md",
        "a.mdx",
        "notes.rst",
        "picture.png",
        ".hidden.md",
        "deep/c.PDF",
        ".obsidian/d.md",
        "dist/e.md",
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "link.md").symlink_to(tmp_path / "b.md")
    found = [str(path.relative_to(tmp_path)) for path in files_of(tmp_path)]
    assert found == ["a.mdx", "b.md", "notes.rst", "deep/c.PDF"]


def test_nothing_there(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="There is no file or folder at"):
        list(files_of(tmp_path / "nowhere"))


def test_pipe_is_refused_at_once(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.md"
    os.mkfifo(pipe)
    assert list(files_of(tmp_path)) == [pipe]
    with pytest.raises(NotExtracted, match="skipped: not a regular file"):
        read_file(pipe)
    with pytest.raises(NotExtracted, match="skipped: not a regular file"):
        read_file(Path("/dev/zero"))


def test_large_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(500_000_000)
    with pytest.raises(NotExtracted, match=r"skipped: larger than 50 MB \(500 MB\)"):
        read_file(path)
    with path.open("wb") as file:
        file.truncate(MAX_BYTES)
    assert len(read_file(path)) == MAX_BYTES


def test_file_that_goes_away_meanwhile(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_file(tmp_path / "gone.md")


def test_names_that_are_not_utf8_come_back(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.md"))
    path.touch()
    assert name_of(path) == f"{tmp_path}/caf\\xe9.md"
    assert path_of(name_of(path)) == path
    plain = tmp_path / "back\\xe9slash.md"
    plain.touch()
    assert path_of(name_of(plain)) == plain


def test_root_of_a_link_to_itself(tmp_path: Path) -> None:
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    assert root_of(str(loop)) == str(loop)
    assert root_of("~no-such-user/notes") == str(Path.cwd() / "~no-such-user/notes")

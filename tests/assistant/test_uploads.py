"""Uploads: names that are only names, and content that is never replaced."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import StorageError
from assistant.uploads import SUFFIXES, discard_uploads, is_upload, safe_name, store_upload
from ingest import files


def test_types_are_those_that_ingestion_reads() -> None:
    assert {f".{suffix}" for suffix in SUFFIXES} == files.SUFFIXES


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("notes.md", "notes.md"),
        ("Année 2 (é).pdf", "Année 2 (é).pdf"),
        ("Anne\u0301e.pdf", "Année.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\me\\thesis.docx", "thesis.docx"),
        ("/", "upload"),
        ("..", "upload"),
        ("", "upload"),
        (".hidden.md", "hidden.md"),
        ("a\x00b\n.md", "a_b_.md"),
        ("evil\u202efdp.md", "evil_fdp.md"),
        ("<img src=x>.html", "_img src=x_.html"),
        ("  spaced   out .txt", "spaced out.txt"),
        ("v1.2 release notes", "v1.2 release notes"),
        ("x" * 300 + ".pdf", "x" * 120 + ".pdf"),
        ("日" * 100 + ".pdf", "日" * 40 + ".pdf"),
    ],
)
def test_names_are_made_safe(name: str, safe: str) -> None:
    assert safe_name(name) == safe


def test_same_name_keeps_every_content_and_each_once(tmp_path: Path) -> None:
    paths = [store_upload(tmp_path, "../a.md", data) for data in (b"one", b"two", b"one", b"three", b"two")]
    assert [path.name for path in paths] == ["a.md", "a (2).md", "a.md", "a (3).md", "a (2).md"]
    assert {path.name: path.read_bytes() for path in (tmp_path / "uploads").iterdir()} == {
        "a.md": b"one", "a (2).md": b"two", "a (3).md": b"three",
    }  # fmt: skip


def test_only_uploads_are_discarded(tmp_path: Path) -> None:
    upload = store_upload(tmp_path, "a.md", b"one")
    own = tmp_path / "own.md"
    own.write_bytes(b"mine")
    sources = [str(upload), str(own), "https://example.org/uploads/a.md", str(tmp_path / "uploads" / "gone.md")]
    assert [is_upload(tmp_path, source) for source in sources] == [True, False, False, True]
    discard_uploads(tmp_path, sources)
    assert not upload.exists()
    assert own.read_bytes() == b"mine"


def test_path_tricks_are_no_uploads(tmp_path: Path) -> None:
    assert not is_upload(tmp_path, f"{tmp_path}/uploads/../own.md")
    assert not is_upload(tmp_path, f"{tmp_path}/uploads/deep/own.md")


def test_folder_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "uploads").write_bytes(b"in the way")
    with pytest.raises(
        StorageError, match=r"^a\.md cannot be kept in .*uploads: File exists\. Make room or make it writable"
    ):
        store_upload(tmp_path, "a.md", b"one")

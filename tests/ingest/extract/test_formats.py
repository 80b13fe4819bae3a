from __future__ import annotations

import json
import subprocess
import sys

import pytest

from ingest.extract.formats import Format, detect, document_stem, document_suffix
from ingest.extract.limits import MAX_BYTES, refuse_too_large, size_text
from ingest.extract.result import NotExtracted
from tests.conftest import REPOSITORY
from tests.ingest.extract.makers import PROSE, archive, epub, lines, page, pdf, refusal

NOTEBOOK = json.dumps({"cells": [], "nbformat": 4}).encode()
DOCX = archive({"[Content_Types].xml": "<Types/>", "word/document.xml": "<document/>"})


@pytest.mark.parametrize(
    ("data", "name", "media_type", "expected"),
    [
        # Content that cannot be mistaken
        (pdf(lines("x")), "a.txt", "text/plain", Format.PDF),
        (b"\n\n%PDF-1.4", "download", None, Format.PDF),
        (b"\x00\x01junk\x00\x02\x03\x04%PDF-1.4", "download", None, Format.PDF),
        (b"# PDF\n\nSuch a file begins with `%PDF-1.7`.", "pdf.md", None, Format.MARKDOWN),
        (page("x").encode(), "README.md", "text/markdown", Format.HTML),
        (b"\xef\xbb\xbf \n<!-- c --><HTML>", "a", None, Format.HTML),
        (b'<?xml version="1.0"?><html xmlns="x">', "a.php", None, Format.HTML),
        (NOTEBOOK, "a.json", "application/json", Format.NOTEBOOK),
        (DOCX, "a.zip", None, Format.DOCX),
        (epub({}), "a", None, Format.EPUB),
        # The suffix
        (b"<p align=center>text", "README.MD", "text/plain", Format.MARKDOWN),
        (b"text", "notes.txt", None, Format.PLAIN),
        (b"<p>fragment", "a.htm", None, Format.HTML),
        (b"damaged", "a.pdf", "text/plain", Format.PDF),
        (b"text", "https://example.org/a/page.mdx?raw=1#x", "text/plain", Format.MDX),
        # The media type
        (b"<p>fragment", "https://example.org/index.php", "text/html; charset=utf-8", Format.HTML),
        (b"text", "https://example.org/docs", "text/markdown", Format.MARKDOWN),
        (b"text", "https://example.org/release-1.2", "text/plain", Format.PLAIN),
        (b"text", "LICENSE", None, Format.PLAIN),
        # None of ours
        (b"print()", "a.py", "text/plain", None),
        (b"{}", "https://example.org/api", "application/json", None),
        (b"PK\x03\x04 damaged", "a.zip", None, None),
        (archive({"ppt/presentation.xml": ""}), "a.pptx", None, None),
    ],
)
def test_detection(data: bytes, name: str, media_type: str | None, expected: Format | None) -> None:
    assert detect(data, name, media_type) is expected


@pytest.mark.parametrize(
    ("name", "suffix", "stem"),
    [
        ("a.MD", ".md", "a"),
        ("dir.d/My note.md", ".md", "My note"),
        ("C:\\notes\\x.txt", ".txt", "x"),
        ("https://example.org/a/b.html?q=1.pdf", ".html", "b"),
        ("https://example.org/", "", "example.org"),
        ("https://example.org", "", "example.org"),
        ("release-1.2", "", "release-1.2"),
        (".gitignore", "", ".gitignore"),
        ("", "", "untitled"),
    ],
)
def test_names(name: str, suffix: str, stem: str) -> None:
    assert (document_suffix(name), document_stem(name)) == (suffix, stem)


@pytest.mark.parametrize(
    ("data", "name", "media_type", "reason"),
    [
        (b"", "a.md", None, "skipped: empty"),
        (b" \n\t ", "a.pdf", None, "skipped: empty"),
        (b"import os\n", "a.py", None, "skipped: format not supported: .py"),
        (
            b"<feed/>",
            "https://example.org/feed",
            "application/atom+xml",
            "skipped: format not supported: application/atom+xml",
        ),
        (b"x", "https://example.org/feed", "evil\nmedia/type" * 40, "skipped: format not supported"),
        (b"\x00\x01\x02" * 99, "photo.png", None, "skipped: format not supported: .png"),
        (b"\x00\x01\x02" * 99, "core", None, "skipped: binary file"),
        (b"\x00\x01\x02" * 99, "a.md", None, "skipped: binary file"),
        (archive({"a.txt": "x"}), "a.zip", None, "skipped: format not supported: .zip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 99, "old.doc", None, "skipped: format not supported: .doc"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "secret.docx",
            None,
            "failed: encrypted document",
        ),
        (b"x" * (MAX_BYTES + 1), "a.md", None, "skipped: larger than 50 MB (50 MB)"),
        (("word " * 300_000).encode(), "a.md", None, "skipped: a single line of 2 MB"),
        (PROSE.encode() * 40_000, "a.txt", None, "skipped: more than 10 million characters of text"),
    ],
)
def test_refusals_of_every_format(data: bytes, name: str, media_type: str | None, reason: str) -> None:
    assert refusal(data, name, media_type) == reason


def test_a_size_is_refused_before_reading() -> None:
    with pytest.raises(NotExtracted, match=r"skipped: larger than 50 MB \(500 MB\)"):
        refuse_too_large(500_000_000)
    refuse_too_large(MAX_BYTES)


@pytest.mark.parametrize(("size", "text"), [(900, "900 bytes"), (340_200, "340 KB"), (3_100_000, "3 MB")])
def test_sizes(size: int, text: str) -> None:
    assert size_text(size) == text


def test_importing_it_loads_no_reader() -> None:
    heavy = "{'lxml', 'trafilatura', 'pypdf', 'yaml', 'charset_normalizer'}"
    code = f"import sys, ingest.extract; sys.exit(str({heavy} & set(sys.modules)) if {heavy} & set(sys.modules) else 0)"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=REPOSITORY)

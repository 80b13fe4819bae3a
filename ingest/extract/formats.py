"""Which format a document has.

Owns: the order of evidence: content that cannot be mistaken, the name's suffix, the declared media type.
Refuses: reading beyond what tells formats apart.
"""

from __future__ import annotations

import io
import re
import zipfile
from enum import StrEnum
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from ingest.extract.decoding import looks_binary

_SNIFFED_BYTES = 4096


class Format(StrEnum):
    """What can be read."""

    MARKDOWN = "markdown"
    MDX = "mdx"
    PLAIN = "plain"
    HTML = "html"
    PDF = "pdf"
    DOCX = "docx"
    EPUB = "epub"
    NOTEBOOK = "notebook"


_SUFFIXES = {
    ".md": Format.MARKDOWN, ".markdown": Format.MARKDOWN, ".mdown": Format.MARKDOWN, ".mkd": Format.MARKDOWN,
    ".mdx": Format.MDX, ".txt": Format.PLAIN, ".text": Format.PLAIN, ".rst": Format.PLAIN, ".html": Format.HTML,
    ".htm": Format.HTML, ".xhtml": Format.HTML, ".pdf": Format.PDF, ".docx": Format.DOCX, ".epub": Format.EPUB,
    ".ipynb": Format.NOTEBOOK,
}  # fmt: skip
SUFFIXES = frozenset(_SUFFIXES)
"""Names that end so are worth opening."""
_MEDIA_TYPES = {
    "text/html": Format.HTML, "application/xhtml+xml": Format.HTML, "text/markdown": Format.MARKDOWN,
    "text/x-markdown": Format.MARKDOWN, "application/pdf": Format.PDF, "application/epub+zip": Format.EPUB,
    "application/x-ipynb+json": Format.NOTEBOOK,
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": Format.DOCX,
}  # fmt: skip
TEXTS = frozenset((Format.MARKDOWN, Format.MDX, Format.PLAIN, Format.HTML, Format.NOTEBOOK))
"""Formats that start with decoding."""

_SUFFIX = re.compile(r"\.[A-Za-z][A-Za-z0-9_-]{0,9}")  # "release-1.2" has none
_HTML_START = re.compile(rb"(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--[^>]{0,500}-->\s*)*<(?:!doctype\s+html|html)[\s>]", re.I)
_PDF_MARK = b"%PDF-"
_PDF_JUNK_BYTES = 1024
_NOTEBOOK_KEYS = (b'"cells"', b'"nbformat"')


def document_suffix(name: str) -> str:
    """The suffix of a file name, path or URL in lower case with its dot, or ""."""
    suffix = PurePosixPath(_path(name)).suffix
    return suffix.lower() if _SUFFIX.fullmatch(suffix) else ""


def document_stem(name: str) -> str:
    """The last part of a file name, path or URL without its suffix, for documents that do not name themselves."""
    last = _path(name).rstrip("/").rsplit("/", 1)[-1]
    suffix = document_suffix(last)
    return (last.removesuffix(last[-len(suffix) :]) if suffix else last) or urlsplit(name).netloc or "untitled"


def detect(data: bytes, name: str, media_type: str | None) -> Format | None:
    """The format of ``data``, or None if it is none of ours."""
    sniffed = _sniff(data)
    if sniffed is not None:
        return sniffed
    suffix = document_suffix(name)
    if suffix in _SUFFIXES:
        return _SUFFIXES[suffix]
    kind = (media_type or "").partition(";")[0].strip().lower()
    if kind in _MEDIA_TYPES:
        return _MEDIA_TYPES[kind]
    # Servers call everything "text/plain", so that is believed only where the name says nothing.
    return Format.PLAIN if not suffix and kind in {"", "text/plain"} else None


def _sniff(data: bytes) -> Format | None:
    start = data[:_SNIFFED_BYTES].lstrip(b"\xef\xbb\xbf \t\r\n")
    # Some PDFs begin with junk; a text that mentions the mark is not binary.
    if start.startswith(_PDF_MARK) or (_PDF_MARK in data[:_PDF_JUNK_BYTES] and looks_binary(data)):
        return Format.PDF
    if data.startswith(b"PK\x03\x04"):
        return _sniff_zip(data)
    if _HTML_START.match(start):
        return Format.HTML
    if start.startswith(b"{") and all(key in data for key in _NOTEBOOK_KEYS):
        return Format.NOTEBOOK
    return None


def _sniff_zip(data: bytes) -> Format | None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return None  # the suffix decides, and its reader says what is wrong
    if "word/document.xml" in names:
        return Format.DOCX
    return Format.EPUB if "META-INF/container.xml" in names else None


def _path(name: str) -> str:
    return unquote(urlsplit(name).path) if "://" in name else name.replace("\\", "/")

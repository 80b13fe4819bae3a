"""Bytes to sections, whatever they are.

Owns: choosing the reader, and the refusals that hold for every format. Refuses: time and memory (``supervisor``).
"""

from __future__ import annotations

import re

from ingest.extract.decoding import decode, looks_binary
from ingest.extract.formats import TEXTS, Format, detect, document_stem, document_suffix
from ingest.extract.limits import refuse_endless_line, refuse_too_large, refuse_too_much_text
from ingest.extract.minified import minified
from ingest.extract.result import Extracted, NotExtracted, failed, skipped

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_MEDIA_TYPE = re.compile(r"[a-z0-9.+-]{1,40}/[a-z0-9.+-]{1,80}")


def extract_bytes(data: bytes, *, name: str, media_type: str | None) -> Extracted:
    """The title and sections of a document.

    ``name`` is its file name, path or URL; ``media_type`` what a server declared, parameters included, or None.
    Time and memory are bounded only by ``ExtractionWorker``.

    Raises:
        NotExtracted: with ``status`` and ``reason``; nothing else is raised for any content.
    """
    refuse_too_large(len(data))
    if not data.strip():
        raise skipped("empty")
    if data.startswith(_OLE) and _ENCRYPTED_PACKAGE in data:
        raise failed("encrypted document")  # Office keeps these in another container, whatever the suffix
    kind = detect(data, name, media_type)
    if kind is None:
        raise _unsupported(data, name, media_type)
    try:
        return _extract(kind, data, name, media_type)
    except RecursionError as error:
        raise failed("nested too deeply") from error


def _extract(kind: Format, data: bytes, name: str, media_type: str | None) -> Extracted:
    # Each reader is imported where it is used: a folder of notes needs neither the PDF nor the Word library.
    stem = document_stem(name)
    if kind in TEXTS:
        return _extract_text(kind, decode(data, media_type, markup=kind is Format.HTML), name, stem)
    if kind is Format.PDF:
        from ingest.extract.pdf import extract_pdf  # noqa: PLC0415

        return extract_pdf(data, stem)
    if kind is Format.DOCX:
        from ingest.extract.docx import extract_docx  # noqa: PLC0415

        return extract_docx(data, stem)
    from ingest.extract.epub import extract_epub  # noqa: PLC0415

    return extract_epub(data, stem)


def _extract_text(kind: Format, text: str, name: str, stem: str) -> Extracted:
    refuse_too_much_text(len(text))
    if kind is Format.HTML:
        from ingest.extract.html.page import extract_page  # noqa: PLC0415

        return extract_page(text, stem)
    if kind is Format.NOTEBOOK:
        from ingest.extract.notebook import extract_notebook  # noqa: PLC0415

        return extract_notebook(text, stem)
    if reason := minified(text, document_suffix(name)):
        raise skipped(reason)
    refuse_endless_line(text)
    if kind is Format.PLAIN:
        from ingest.extract.plain import extract_plain  # noqa: PLC0415

        return extract_plain(text, stem)
    from ingest.extract.markdown.document import extract_markdown  # noqa: PLC0415

    return extract_markdown(text, stem, mdx=kind is Format.MDX)


def _unsupported(data: bytes, name: str, media_type: str | None) -> NotExtracted:
    """The most telling reason why there is no reader."""
    suffix = document_suffix(name)
    if not looks_binary(data) and (reason := minified(decode(data, media_type), suffix)):
        return skipped(reason)
    declared = (media_type or "").partition(";")[0].strip().lower()
    declared = declared if _MEDIA_TYPE.fullmatch(declared) else ""
    if suffix or declared:
        return skipped(f"format not supported: {suffix or declared}")
    return skipped("binary file" if looks_binary(data) else "format not supported")

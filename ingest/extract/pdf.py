"""PDF to sections, one for each page.

Owns: everything that knows pypdf: opening, passwords, limits, damaged pages. Refuses: scanned pages (no OCR).
"""

from __future__ import annotations

import io
import re
import struct
import zlib
from typing import TYPE_CHECKING

from ingest.extract.limits import refuse_too_much_text
from ingest.extract.outline import Outline
from ingest.extract.pdf_lines import Line, TooManyFragments, page_lines
from ingest.extract.pdf_running import without_running_lines
from ingest.extract.pdf_text import page_texts
from ingest.extract.result import Extracted, failed, skipped

if TYPE_CHECKING:
    from pypdf import PdfReader

MAX_PAGES = 5_000
MAX_OBJECTS = 300_000
"""A book of a thousand pages has about 20,000."""
_MIN_CHARACTERS_PER_PAGE = 5
"""Of a scan nothing but stamps and page numbers can be read."""
_SIZE = re.compile(rb"/Size\s{1,9}([0-9]{1,12})")
# pypdf documents its own errors but lets others through when a file breaks its promises.
_DAMAGE = (
    ArithmeticError, AssertionError, AttributeError, EOFError, LookupError, NotImplementedError, OSError, TypeError,
    ValueError, struct.error, zlib.error,
)  # fmt: skip
_UNNAMED = re.compile(r"untitled|microsoft word - .*|.{0,3}|.*\.(?:docx?|tex|indd|pptx?|dvi)", re.IGNORECASE)


def extract_pdf(data: bytes, stem: str) -> Extracted:
    """Sections "Page 1", "Page 2" ...; pages without text are left out.

    Raises:
        NotExtracted: failed, it is encrypted, damaged or too large inside; skipped, it has no text.
    """
    from pypdf.errors import PyPdfError  # noqa: PLC0415 - takes a fifth of a second to import

    _refuse_too_many_objects(data)
    try:
        reader = _open(data)
        pages = _pages(reader)
        title = _title(reader)
    except (PyPdfError, *_DAMAGE) as error:
        raise failed("damaged PDF") from error
    if sum(len(line.text) for lines in pages for line in lines) < _MIN_CHARACTERS_PER_PAGE * len(pages):
        raise skipped("no text (scanned PDF?)")
    outline = Outline()
    for number, text in enumerate(page_texts(without_running_lines(pages)), start=1):
        outline.heading(1, f"Page {number}")
        outline.add(text)
    return outline.extracted(title or stem)


def _refuse_too_many_objects(data: bytes) -> None:
    declared = max((int(size) for size in _SIZE.findall(data)), default=0)
    if declared > MAX_OBJECTS or data.count(b" obj") > MAX_OBJECTS:
        raise failed("PDF with too many objects")


def _open(data: bytes) -> PdfReader:
    from pypdf import PasswordType, PdfReader  # noqa: PLC0415
    from pypdf.errors import DependencyError  # noqa: PLC0415

    reader = PdfReader(io.BytesIO(data))
    try:
        # Many files are encrypted only against printing and open with an empty password.
        if reader.is_encrypted and reader.decrypt("") is PasswordType.NOT_DECRYPTED:
            raise failed("encrypted PDF")
    except (DependencyError, NotImplementedError) as error:  # a cipher that pypdf cannot do
        raise failed("encrypted PDF") from error
    return reader


def _pages(reader: PdfReader) -> list[list[Line]]:
    from pypdf.errors import PyPdfError  # noqa: PLC0415

    count = len(reader.pages)
    if count > MAX_PAGES:
        raise failed(f"PDF with more than {MAX_PAGES:,} pages")
    pages: list[list[Line]] = []
    damaged = characters = 0
    for page in reader.pages:
        try:
            lines = page_lines(page)
        except (PyPdfError, TooManyFragments, *_DAMAGE):
            lines, damaged = [], damaged + 1  # one bad page does not spoil a book
        pages.append(lines)
        characters += sum(len(line.text) for line in lines)
        refuse_too_much_text(characters)
    if damaged == count:
        raise failed("damaged PDF")
    return pages


def _title(reader: PdfReader) -> str:
    title = reader.metadata.title if reader.metadata else None
    return "" if not title or _UNNAMED.fullmatch(title.strip()) else title

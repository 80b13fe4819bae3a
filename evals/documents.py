"""Files that cases put into the program: small text as it stands, other formats made from it, byte for byte the same.

Owns: the least that is a PDF, a Word file, an e-book or a notebook. Refuses: reading any of them (``ingest.extract``).
"""

from __future__ import annotations

import io
import json
import zipfile
from base64 import b64decode
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

_BODIES = frozenset({"text", "pdf", "docx", "epub", "notebook", "base64"})
_MADE_ON = (1980, 1, 1, 0, 0, 0)
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_CONTAINER = (
    '<?xml version="1.0"?><container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)
_LINE_POINTS = 16
_TOP_POINTS = 780
_LOCK = b"<< /Filter /Standard /V 1 /R 2 /P -4 /O <" + b"41" * 32 + b"> /U <" + b"42" * 32 + b"> >>"


class Cell(BaseModel):
    """A cell of a notebook: prose in Markdown, or code."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: str = Field(pattern=r"^(markdown|code)$")
    source: str


class SourceFile(BaseModel):
    """One file of a case; ``name`` is its path below the case's folder, and exactly one field says what is in it.

    ``text`` is written in ``encoding``, ``times`` times; ``pdf`` is a page of lines each, with ``locked`` under a
    password; ``docx`` is a paragraph each, "# " a heading, "~" hidden, "a | b" a row of a table; ``epub`` are bodies
    of chapters by title; ``base64`` are bytes.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(min_length=1)
    text: str | None = None
    encoding: str = "utf-8"
    times: int = 1
    pdf: tuple[tuple[str, ...], ...] | None = None
    locked: bool = False
    docx: tuple[str, ...] | None = None
    epub: Mapping[str, str] | None = None
    notebook: tuple[Cell, ...] | None = None
    base64: str | None = None

    @model_validator(mode="after")
    def _says_once_what_is_in_it(self) -> Self:
        if sum(getattr(self, body) is not None for body in _BODIES) != 1:
            raise ValueError("a file has one of text, pdf, docx, epub, notebook, base64")
        return self

    def data(self) -> bytes:
        """The bytes of the file."""
        if self.pdf is not None:
            return pdf(self.pdf, locked=self.locked)
        if self.docx is not None:
            return docx(self.docx)
        if self.epub is not None:
            return epub(self.epub)
        if self.notebook is not None:
            return notebook(self.notebook)
        if self.base64 is not None:
            return b64decode(self.base64)
        return ((self.text or "") * self.times).encode(self.encoding)

    def write(self, folder: Path) -> Path:
        """Write it below ``folder`` and return where it is."""
        path = folder / self.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(self.data())
        return path


def pdf(pages: Sequence[Sequence[str]], *, locked: bool = False) -> bytes:
    """A PDF of these lines, in ASCII; ``locked`` has it ask for a password that nobody knows."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    kids = []
    for lines in pages:
        content = b"\n".join(_text_line(number, line) for number, line in enumerate(lines))
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R"
            b" /Resources << /Font << /F1 3 0 R >> >> >>" % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids))
    file = io.BytesIO(b"%PDF-1.4\n")
    file.seek(0, io.SEEK_END)
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(file.tell())
        file.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = file.tell()
    file.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    file.writelines(b"%010d 00000 n \n" % offset for offset in offsets)
    lock = b" /Encrypt %s /ID [<%s> <%s>]" % (_LOCK, b"43" * 16, b"43" * 16) if locked else b""
    file.write(b"trailer\n<< /Size %d /Root 1 0 R%s >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, lock, start))
    return file.getvalue()


def _text_line(number: int, line: str) -> bytes:
    escaped = line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)").encode("ascii")
    return b"BT /F1 11 Tf 60 %d Td (%s) Tj ET" % (_TOP_POINTS - number * _LINE_POINTS, escaped)


def docx(paragraphs: Sequence[str]) -> bytes:
    """A Word file; see ``SourceFile`` for what a paragraph may be."""
    styles = (
        f'<w:styles xmlns:w="{_WORD}"><w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/>'
        '<w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style></w:styles>'
    )
    blocks: list[str] = []
    for paragraph in paragraphs:
        row = _table_row(paragraph)
        if row and blocks and blocks[-1].endswith("</w:tbl>"):
            blocks[-1] = f"{blocks[-1].removesuffix('</w:tbl>')}{row}</w:tbl>"
        else:
            blocks.append(f"<w:tbl>{row}</w:tbl>" if row else _paragraph(paragraph))
    document = f'<w:document xmlns:w="{_WORD}"><w:body>{"".join(blocks)}</w:body></w:document>'
    return _zipped({"word/document.xml": document, "word/styles.xml": styles})


def _paragraph(text: str) -> str:
    style = '<w:pPr><w:pStyle w:val="Heading1"/></w:pPr>' if text.startswith("# ") else ""
    hidden = "<w:rPr><w:vanish/></w:rPr>" if text.startswith("~") else ""
    words = escape(text.removeprefix("# ").removeprefix("~"))
    return f'<w:p>{style}<w:r>{hidden}<w:t xml:space="preserve">{words}</w:t></w:r></w:p>'


def _table_row(text: str) -> str:
    if " | " not in text:
        return ""
    return f"<w:tr>{''.join(f'<w:tc>{_paragraph(cell)}</w:tc>' for cell in text.split(' | '))}</w:tr>"


def epub(chapters: Mapping[str, str]) -> bytes:
    """An e-book of these chapters, bodies of XHTML by title; the first title is the book's."""
    items = "".join(
        f'<item id="c{n}" href="c{n}.xhtml" media-type="application/xhtml+xml"/>' for n in range(len(chapters))
    )
    spine = "".join(f'<itemref idref="c{n}"/>' for n in range(len(chapters)))
    package = (
        '<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata'
        f' xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{escape(next(iter(chapters)))}</dc:title></metadata>'
        f"<manifest>{items}</manifest><spine>{spine}</spine></package>"
    )
    pages = {
        f"c{n}.xhtml": (
            '<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml"><head>'
            f"<title>{escape(title)}</title></head><body>{body}</body></html>"
        )
        for n, (title, body) in enumerate(chapters.items())
    }
    files = {"mimetype": "application/epub+zip", "META-INF/container.xml": _CONTAINER, "book.opf": package, **pages}
    return _zipped(files)


def notebook(cells: Sequence[Cell]) -> bytes:
    """A Jupyter notebook of format 4; code cells have an output, which is not for reading."""
    written = [
        {"cell_type": cell.kind, "metadata": {}, "source": cell.source.splitlines(keepends=True)}
        | ({"outputs": [{"output_type": "stream", "text": ["printed-output"]}]} if cell.kind == "code" else {})
        for cell in cells
    ]
    metadata = {"language_info": {"name": "python"}}
    return json.dumps({"cells": written, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}).encode()


def _zipped(files: Mapping[str, str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, _MADE_ON), content)
    return buffer.getvalue()

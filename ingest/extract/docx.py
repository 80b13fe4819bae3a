"""Word documents to sections.

Owns: the order of paragraphs, lists, tables and code. Refuses: headers, footers, footnotes and comments, which are not
the text, and all members of the file but the four that hold text, styles, lists and the title.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ingest.extract.archive import Archive, open_archive
from ingest.extract.docx_styles import Numbering, Styles, read_numbering, read_styles, value
from ingest.extract.docx_text import is_monospaced, paragraph_text, text_boxes
from ingest.extract.markup import MAX_COLUMNS, fenced, list_item, prose, table
from ingest.extract.names import small_number
from ingest.extract.outline import Outline
from ingest.extract.result import Extracted, failed
from ingest.extract.xml import local_name, parse_xml

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_TEXT, _STYLES, _NUMBERING = "word/document.xml", "word/styles.xml", "word/numbering.xml"
_PROPERTIES = "docProps/core.xml"
_NO_LIST = "0"
_MAX_DEPTH = 8
_WRAPPERS = frozenset(("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"))


def extract_docx(data: bytes, stem: str) -> Extracted:
    """Sections under the document's headings.

    Raises:
        NotExtracted: failed, it is damaged, encrypted or a bomb; skipped, it has no text.
    """
    with open_archive(data) as archive:
        body = parse_xml(archive.read(_TEXT)).find("{*}body")
        if body is None:
            raise failed("damaged file")
        styles = read_styles(parse_xml(archive.read(_STYLES))) if _STYLES in archive.names else Styles()
        numbering = read_numbering(parse_xml(archive.read(_NUMBERING))) if _NUMBERING in archive.names else Numbering()
        title = _title(archive)
    writer = _Writer(styles, numbering)
    writer.add_all(body)
    return writer.outline.extracted(title or writer.title or writer.outline.title or stem)


def _title(archive: Archive) -> str:
    if _PROPERTIES not in archive.names:
        return ""
    title = parse_xml(archive.read(_PROPERTIES)).find("{*}title")
    return (title.text or "").strip() if title is not None else ""


class _Writer:
    """Adds paragraphs and tables to the outline; lines of code wait until the code ends."""

    def __init__(self, styles: Styles, numbering: Numbering) -> None:
        self.outline = Outline()
        self.title = ""
        self._styles = styles
        self._numbering = numbering
        self._code: list[str] = []
        self._after_item = False

    def add_all(self, parent: Element) -> None:
        """Add the blocks below ``parent``."""
        for block in _blocks(parent):
            if local_name(block) == "p":
                self._paragraph(block)
            else:
                self._table(block)
        self._end_code()

    def _paragraph(self, element: Element) -> None:
        style = value(element.find("{*}pPr/{*}pStyle"))
        text = paragraph_text(element, self._styles)
        if self._styles.is_contents(style) or self._styles.is_hidden(style):
            return
        level = self._styles.heading_level(style)
        if level is None and (self._styles.is_code(style) or is_monospaced(element)):
            self._code.append(text)
        else:
            self._end_code()
            self._text(element, style, text, level)
        for box in text_boxes(element):
            self.add_all(box)

    def _text(self, element: Element, style: str | None, text: str, level: int | None) -> None:
        text = prose(text)
        if not text:
            return
        if level is not None:
            if level == 0 and not self.title:
                self.title = text
            if level:
                self.outline.heading(level, text)
            self._after_item = False
            return
        number_id, depth = self._list(element, style)
        if number_id:
            item = list_item(text, self._numbering.marker(number_id, depth), depth)
            self.outline.add(item, tight=self._after_item)
        else:
            self.outline.add(text)
        self._after_item = number_id is not None

    def _list(self, element: Element, style: str | None) -> tuple[str | None, int]:
        """The list a paragraph belongs to and how deep it stands in it; None if it is no item."""
        own = value(element.find("{*}pPr/{*}numPr/{*}numId"))
        number_id = own if own is not None else self._styles.number_id(style)
        depth = small_number(
            value(element.find("{*}pPr/{*}numPr/{*}ilvl")), self._styles.list_depth(style), limit=_MAX_DEPTH
        )
        return (None if number_id == _NO_LIST else number_id), depth

    def _table(self, element: Element) -> None:
        self._end_code()
        rows = [list(_cells(row)) for row in element.iter("{*}tr") if _table_of(row) is element]
        if max((len(row) for row in rows), default=0) > 1:
            self.outline.add(table([[self._cell_text(cell) for cell in row] for row in rows]))
        else:
            for row in rows:
                for cell in row:
                    if cell is not None:
                        self.add_all(cell)  # a frame around text
        self._after_item = False

    def _cell_text(self, cell: Element | None) -> str:
        if cell is None:
            return ""
        return " ".join(text for block in cell.iter("{*}p") if (text := prose(paragraph_text(block, self._styles))))

    def _end_code(self) -> None:
        code = "\n".join(self._code)
        self._code.clear()
        if code.strip():
            self.outline.add(fenced(code))
            self._after_item = False


def _blocks(parent: Element) -> Iterator[Element]:
    """Paragraphs and tables in order, also those in content controls and tracked insertions."""
    for child in parent:
        name = local_name(child)
        if name in {"p", "tbl"}:
            yield child
        elif name in _WRAPPERS and not _is_contents(child):
            yield from _blocks(child)


def _is_contents(element: Element) -> bool:
    gallery = element.find("{*}sdtPr/{*}docPartObj/{*}docPartGallery")
    return (value(gallery) or "").lower() == "table of contents"


def _cells(row: Element) -> Iterator[Element | None]:
    """The cells of a row; None where a cell spans columns or goes on from the row above."""
    for cell in row.iter("{*}tc"):
        if next(cell.iterancestors("{*}tr"), None) is not row:
            continue  # of a table in a cell
        merged = cell.find("{*}tcPr/{*}vMerge")
        yield None if merged is not None and value(merged) != "restart" else cell
        span = small_number(value(cell.find("{*}tcPr/{*}gridSpan")), 1, MAX_COLUMNS)
        yield from [None] * (span - 1)


def _table_of(row: Element) -> Element | None:
    return next(row.iterancestors("{*}tbl"), None)

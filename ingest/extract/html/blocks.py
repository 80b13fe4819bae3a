"""An HTML tree to headings and blocks.

Owns: what each element becomes in Markdown. Refuses: choosing what belongs to the text (``main_content``), and what is
hidden (``hidden``); both have been removed from the tree before.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ingest.extract.html.inline import CODE, CONTROLS, inline_text
from ingest.extract.html.tables import data_rows
from ingest.extract.markup import fenced, list_item, prose, table
from ingest.extract.names import names, small_number
from ingest.extract.outline import Outline

if TYPE_CHECKING:
    from lxml.html import HtmlElement

HEADINGS = {f"h{level}": level for level in range(1, 7)}
BLOCKS = names(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure"
    " footer form header hgroup html legend li main menu nav ol p pre section summary table tbody td tfoot th thead tr"
    " ul"
) | set(HEADINGS)
_LANGUAGE = re.compile(r"(?:^|\s)(?:(?:language|lang|highlight-source|highlight)-|brush: ?)([A-Za-z0-9+#.]+)")
_NO_LANGUAGE = frozenset(("none", "default", "notranslate", "plaintext", "text", "wrapper"))
_NUMBERS = frozenset(("linenos", "lineno", "line-numbers", "line-number", "gutter", "rouge-gutter", "ln"))


def render(root: HtmlElement, outline: Outline) -> None:
    """Add everything below ``root`` to the outline, in order."""
    _Renderer(outline).children(root)


class _Renderer:
    """Collects the text of the current paragraph until a block begins or ends."""

    def __init__(self, outline: Outline) -> None:
        self._outline = outline
        self._run: list[str] = []
        self._lists: list[int] = []  # the next number of each open list, 0 for bullets
        self._marker = ""  # of an item whose text has not begun
        self._after_item = False

    def children(self, element: HtmlElement) -> None:
        """Add the content of ``element``."""
        self._run.append((element.text or "").replace("\n", " "))
        for child in element:
            self._child(child)
            self._run.append((child.tail or "").replace("\n", " "))
        self._flush()

    def _child(self, child: HtmlElement) -> None:
        if child.tag in CONTROLS:
            return
        if child.tag in BLOCKS:
            self._flush()
            self._block(child)
        elif _holds_blocks(child):
            self.children(child)  # <a> or <span> around paragraphs
        else:
            self._run.append(inline_text(child))

    def _block(self, element: HtmlElement) -> None:
        if element.tag in HEADINGS:
            self._outline.heading(HEADINGS[element.tag], inline_text(element))
            self._after_item = False
        elif element.tag == "pre":
            self._add(_code(element))
        elif element.tag == "table":
            self._table(element)
        elif element.tag in {"ul", "ol", "menu", "dir"}:
            self._list(element)
        elif element.tag == "li":
            self._item(element)
        elif element.tag == "dl":
            self._definitions(element)
        elif not _NUMBERS.intersection(element.get("class", "").split()):
            self.children(element)

    def _table(self, element: HtmlElement) -> None:
        rows = data_rows(element)
        if not rows:
            self.children(element)
            return
        for caption in element.iterchildren("caption"):
            self._paragraph(prose(inline_text(caption)))
        self._add(table(rows))

    def _list(self, element: HtmlElement) -> None:
        self._lists.append(small_number(element.get("start"), 1) if element.tag == "ol" else 0)
        self.children(element)
        self._lists.pop()
        if not self._lists:
            self._after_item = False

    def _item(self, element: HtmlElement) -> None:
        number = self._lists[-1] if self._lists else 0
        if number:
            self._lists[-1] += 1
        self._marker = f"{number}." if number else "-"
        self.children(element)
        self._marker = ""

    def _definitions(self, element: HtmlElement) -> None:
        """A term with a short definition becomes one item; a long definition stands below its term."""
        term = ""
        for child in element.iter("dt", "dd"):
            if _nearest_list(child) is not element:
                continue
            words = prose(inline_text(child)).replace("\n", " ")
            if child.tag == "dt":
                self._paragraph(term)
                term = words
            elif _holds_blocks(child):
                self._paragraph(f"{term}:" if term else "")
                self.children(child)
                term = ""
            else:
                self._add(list_item(f"{term}: {words}" if term else words), tight=self._after_item)
                self._after_item, term = True, ""
        self._paragraph(term)
        self._after_item = False

    def _flush(self) -> None:
        text = prose("".join(self._run))
        self._run.clear()
        self._paragraph(text)

    def _paragraph(self, text: str) -> None:
        if not text:
            return
        if not self._lists:
            self._add(text)
        elif self._marker:
            self._outline.add(list_item(text, self._marker, len(self._lists) - 1), tight=self._after_item)
            self._marker, self._after_item = "", True
        else:
            indent = "  " * len(self._lists)
            self._outline.add("\n".join(indent + line for line in text.split("\n")), tight=self._after_item)

    def _add(self, block: str, *, tight: bool = False) -> None:
        if self._marker and not tight:
            self._marker = ""  # an item that begins with a table or code is no item to a reader
        self._outline.add(block, tight=tight)
        self._after_item = False


def _nearest_list(element: HtmlElement) -> HtmlElement | None:
    return next((ancestor for ancestor in element.iterancestors("dl")), None)


def _holds_blocks(element: HtmlElement) -> bool:
    return any(descendant.tag in BLOCKS for descendant in element.iterdescendants())


def _code(element: HtmlElement) -> str:
    for line_break in element.iter("br"):
        line_break.tail = "\n" + (line_break.tail or "")
    for child in [child for child in element.iterdescendants() if _is_not_code(child)]:
        child.drop_tree()
    for part in element.iterchildren("code"):  # the same in two languages, or line by line
        if not "".join(part.itertext()).endswith("\n") and not (part.tail or "").startswith("\n"):
            part.tail = "\n" + (part.tail or "")
    code = "".join(element.itertext())
    return fenced(code, _language(element)) if code.strip() else ""


def _is_not_code(element: HtmlElement) -> bool:
    return element.tag in CONTROLS or bool(_NUMBERS.intersection(element.get("class", "").split()))


def _language(element: HtmlElement) -> str:
    candidates = [
        element,
        *element.iter(*CODE),
        *[parent for parent, _ in zip(element.iterancestors(), range(2), strict=False)],
    ]
    for candidate in candidates:
        if match := _LANGUAGE.search(candidate.get("class", "")):
            return "" if match[1].lower() in _NO_LANGUAGE else match[1].lower()
    return ""

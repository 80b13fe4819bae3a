"""HTML inside Markdown, made Markdown.

Owns: tags that stand between lines of prose; what they hide is dropped with them. Refuses: whole HTML documents
(``ingest.extract.html``). A name in angle brackets that is no HTML tag, such as ``List<String>``, is prose.
"""

from __future__ import annotations

import html
import re

from ingest.extract.html.hidden import hides
from ingest.extract.images import describing
from ingest.extract.markdown.scan import Scanned
from ingest.extract.markup import fenced, table
from ingest.extract.names import names

_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]{0,15})((?:\s(?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*)?)/?>")
_ATTRIBUTE = re.compile(r"""([A-Za-z-]{1,40})(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?""")
_INLINE = names(
    "a abbr acronym b bdi bdo big cite data del dfn em font i ins kbd label mark nobr q rp rt ruby s samp small span"
    " strike strong sub sup time tt u var wbr"
)
_BLOCK = names(
    "address article aside audio blockquote body caption center col colgroup dd details dialog div dl dt fieldset"
    " figcaption figure footer form header hr html legend main nav ol p picture section source summary tbody tfoot"
    " thead ul video"
)
_DROPPED = names("button canvas embed head iframe math noscript object script select style svg template textarea")
_VOID = names("br col embed hr img input link meta source wbr")
_CELLS = frozenset(("td", "th"))
_HEADINGS = {f"h{level}": "#" * level for level in range(1, 7)}


def without_html(scanned: Scanned) -> str:
    """The prose of ``scanned`` without tags; code in ``pre`` becomes a token like all other code."""
    reader = _Reader(scanned)
    position = 0
    for match in _TAG.finditer(scanned.prose):
        reader.text(scanned.prose[position : match.start()])
        reader.tag(match[0], match[2].lower(), match[3], closing=bool(match[1]))
        position = match.end()
    reader.text(scanned.prose[position:])
    return reader.finish()


class _Reader:
    """The state while tags and the text between them go by."""

    def __init__(self, scanned: Scanned) -> None:
        self._scanned = scanned
        self._out: list[str] = []
        self._hidden = ""  # the tag whose content is dropped, and how many of its name are open
        self._hidden_depth = 0
        self._pre: list[str] | None = None
        self._rows: list[list[list[str]]] | None = None  # rows of cells of pieces of text

    def text(self, text: str) -> None:
        """Take prose between two tags."""
        if self._hidden or not text:
            return
        if self._pre is not None:
            self._pre.append(text)
        elif self._rows is None:
            self._out.append(text)
        elif self._rows and self._rows[-1]:
            self._rows[-1][-1].append(text)

    def tag(self, source: str, name: str, attributes: str, *, closing: bool) -> None:
        """Take a tag."""
        if self._hidden:
            if name == self._hidden:
                self._hidden_depth += -1 if closing else 1
                self._hidden = self._hidden if self._hidden_depth else ""
        elif not closing and name not in _VOID and (name in _DROPPED or hides(_attributes(attributes))):
            self._hidden, self._hidden_depth = name, 1
        elif name == "pre" or self._pre is not None:
            self._in_pre(name, closing=closing)
        elif name in {"table", "tr"} or name in _CELLS:
            self._in_table(name, closing=closing)
        else:
            self.text(self._replaced(source, name, attributes, closing=closing))

    def finish(self) -> str:
        """Return the prose; what was never closed ends here."""
        self._end_pre()
        self._end_table()
        return "".join(self._out)

    def _replaced(self, source: str, name: str, attributes: str, *, closing: bool) -> str:
        if name == "img":
            return describing(_attributes(attributes).get("alt", ""))
        if name == "code":
            return "`"
        if name in {"br", *_INLINE}:
            return " " if name == "br" else ""
        if name in _HEADINGS:
            return "\n\n" if closing else f"\n\n{_HEADINGS[name]} "
        if name == "li":
            return "" if closing else "\n- "
        return "\n\n" if name in _BLOCK or name in _DROPPED or name in _VOID else source

    def _in_pre(self, name: str, *, closing: bool) -> None:
        if name != "pre":
            return  # tags that colour code
        self._end_pre()
        if not closing:
            self._pre = []

    def _end_pre(self) -> None:
        code = html.unescape(self._scanned.restore("".join(self._pre or ())))
        self._pre = None
        if code.strip():
            self.text(f"\n\n{self._scanned.token(fenced(code))}\n\n")

    def _in_table(self, name: str, *, closing: bool) -> None:
        if name == "table":
            self._end_table()
            if not closing:
                self._rows = []
        elif self._rows is not None and not closing:
            if name == "tr" or not self._rows:
                self._rows.append([])
            if name in _CELLS:
                self._rows[-1].append([])

    def _end_table(self) -> None:
        rows, self._rows = self._rows, None
        if rows:
            cells = [["".join(cell) for cell in row] for row in rows]
            self._out.append(f"\n\n{table(cells)}\n\n")


def _attributes(source: str) -> dict[str, str]:
    return {
        match[1].lower(): html.unescape(match[2] or match[3] or match[4] or "") for match in _ATTRIBUTE.finditer(source)
    }

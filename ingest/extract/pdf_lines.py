"""The lines of a PDF page, with where they stand and in which kind of font.

Owns: putting the fragments that pypdf reports together to lines. Refuses: what lines mean (``pdf_text``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pypdf import PageObject

MAX_FRAGMENTS = 50_000
"""Per page; a dense page of a dictionary has about 5,000."""
_MIN_SIZE = 2.0
"""Points. What is smaller is not meant to be read by people."""
_SAME_LINE = 0.5  # of the font size
_CELL_GAP = 0.9  # of the font size, beyond the estimated end of the text before
_CHARACTER_WIDTH = 0.5  # of the font size, on average
CODE_WIDTH = 0.6  # of the font size: the width of every letter of a monospaced font
_FIXED_PITCH = 1
_MONOSPACED = re.compile(
    r"mono|courier|consol|menlo|monaco|typewriter|lettergothic|inconsolata|sourcecode|firacode|hack-|cascadia|nimbusmon"
    r"|(?:^|\+)(?:cm(?:sl|it)?tt|sftt|lmtt|txtt|ectt)",
    re.IGNORECASE,
)
BULLET = re.compile(r"[•‣▪▫◦●○■□❖➢➤✓✔∙·\x7f\uf0b7\uf0a7]|[-–*](?= |$)")
"""What stands before an item of a list; the odd ones are bullets of symbol fonts."""


@dataclass(slots=True)
class Line:
    """One line: its left edge and baseline in points from the lower left corner, and its font size.

    ``cells`` are the parts that wide gaps separate, each with its left edge; a line of prose has one.
    """

    x: float
    y: float
    size: float
    monospaced: bool
    cells: list[tuple[float, str]] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The line's words."""
        return " ".join(" ".join(text.split()) for _, text in self.cells)


def page_lines(page: PageObject) -> list[Line]:
    """The lines of ``page`` in the order in which they were written; raises what pypdf raises."""
    collector = _Collector(float(page.mediabox.width) + float(page.mediabox.left), float(page.mediabox.top))
    page.extract_text(visitor_text=collector.take)
    return [line for line in collector.lines if line.text]


class TooManyFragments(Exception):
    """A page is made of more pieces than any text."""


class _Collector:
    """Receives the fragments of one page."""

    def __init__(self, right: float, top: float) -> None:
        self.lines: list[Line] = []
        self._right = right
        self._top = top
        self._end = 0.0  # estimated right edge of the last fragment
        self._longest = 0  # characters of the longest fragment of this line
        self._fragments = 0

    def take(self, text: str, cm: Sequence[float], tm: Sequence[float], font: Any, font_size: float) -> None:
        """Take a fragment as pypdf reports it: text, two matrices, the font's dictionary, the font's size."""
        self._fragments += 1
        if self._fragments > MAX_FRAGMENTS:
            raise TooManyFragments
        text = text.replace("\n", "")
        size = abs(font_size * (tm[3] or tm[1]) * (cm[3] or cm[1])) or abs(font_size)
        monospaced = _is_monospaced(font)
        width = (CODE_WIDTH if monospaced else _CHARACTER_WIDTH) * size * len(text)
        if not text.strip():
            if text and self.lines:
                self._append(text if monospaced else " ")
                self._end += width
            return
        x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
        y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
        if size < _MIN_SIZE or not (-size < x < self._right + size and -size < y < self._top + size):
            return
        x, y = _upright(x, y, tm[0] * cm[0] + tm[1] * cm[2], tm[0] * cm[1] + tm[1] * cm[3])
        last = self.lines[-1] if self.lines else None
        if last is None or abs(last.y - y) > _SAME_LINE * max(size, last.size) or x < last.x - size:
            indent = text if monospaced else text.lstrip()
            self.lines.append(Line(x, y, size, monospaced, [(x, indent)]))
            self._longest = len(text)
        else:
            last.monospaced = last.monospaced and monospaced
            if len(text) > self._longest:
                last.size, self._longest = size, len(text)  # of its words, not of a bullet or a raised letter
            if x > self._end + _CELL_GAP * size and not text.startswith(" ") and not BULLET.fullmatch(last.text):
                last.cells.append((x, text))
            else:
                self._append(text if text.startswith(" ") or not BULLET.fullmatch(last.text) else f" {text}")
        self._end = x + width

    def _append(self, text: str) -> None:
        cells = self.lines[-1].cells
        cells[-1] = (cells[-1][0], cells[-1][1] + text)


def _upright(x: float, y: float, rightwards: float, upwards: float) -> tuple[float, float]:
    """A place on the page as seen by who turns it to read text that runs up or down; other text stays."""
    if abs(upwards) <= abs(rightwards):
        return x, y
    return (y, -x) if upwards > 0 else (-y, x)


def _is_monospaced(font: Any) -> bool:
    if not font:
        return False
    if _MONOSPACED.search(str(font.get("/BaseFont", ""))):
        return True
    descriptor = font.get("/FontDescriptor")
    flags = descriptor.get_object().get("/Flags", 0) if descriptor is not None else 0
    return isinstance(flags, int) and bool(flags & _FIXED_PITCH)

"""The words of an element that stands within a line.

Owns: code spans, line breaks, quotation marks, powers, formulas, descriptions of images. Refuses: blocks.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from ingest.extract.images import describing
from ingest.extract.names import names

if TYPE_CHECKING:
    from lxml.html import HtmlElement

CODE = frozenset(("code", "kbd", "samp", "tt"))
_ORDINALS = frozenset(("st", "nd", "rd", "th", "e", "er", "º", "ª", "tm", "™", "®"))
CONTROLS = names("button select progress meter")
_LONG = 2
_PERMALINKS = frozenset(("¶", "§", "#", "🔗"))
_SEPARATE = names("address article blockquote dd div dl dt figcaption li ol p section summary table td th tr ul")


def inline_text(element: HtmlElement) -> str:
    """The text of ``element`` with its descendants, without its tail; line breaks are newlines."""
    if element.tag in _SPECIAL:
        return _SPECIAL[element.tag](element)
    inner = _one_line(element.text) + "".join(_child_text(child) + _one_line(child.tail) for child in element)
    if element.tag == "a" and inner.strip() in _PERMALINKS:
        return ""
    if element.tag == "q":
        return f"“{inner.strip()}”"
    return _power(element, inner) if element.tag == "sup" else inner


def _child_text(child: HtmlElement) -> str:
    # A heading or a cell may hold blocks; their words must not grow together.
    return f" {inline_text(child)} " if child.tag in _SEPARATE else inline_text(child)


def _one_line(text: str | None) -> str:
    """Source line breaks are spaces; only ``br`` breaks a line."""
    return (text or "").replace("\n", " ")


def _code_span(code: str) -> str:
    words = " ".join(code.split())
    if not words:
        return ""
    ticks = "`" if "`" not in words else "``" if "``" not in words else ""
    return f"{ticks} {words} {ticks}" if len(ticks) == _LONG else f"{ticks}{words}{ticks}"


def _power(element: HtmlElement, inner: str) -> str:
    words = inner.strip()
    if not words or any(child.tag == "a" for child in element) or words.startswith("["):
        return ""  # the mark of a footnote
    if words.lower() in _ORDINALS:
        return words
    return f"^{words}" if len(words) <= _LONG and words.isalnum() else f"^({words})"


def _formula(element: HtmlElement) -> str:
    for annotation in element.iter("annotation"):
        if "tex" in annotation.get("encoding", "").lower() and annotation.text:
            return f"${' '.join(annotation.text.split())}$"
    return element.get("alttext") or " ".join("".join(element.itertext()).split())


_SPECIAL: dict[str, Callable[[HtmlElement], str]] = {
    "br": lambda _: "\n",
    "img": lambda image: describing(image.get("alt", "")),
    "math": _formula,
    **dict.fromkeys(CONTROLS, lambda _: ""),
    **dict.fromkeys(CODE, lambda code: _code_span("".join(code.itertext()))),
}

"""The words of one Word paragraph.

Owns: runs, and which of them a reader sees: not deleted ones, not hidden ones. Refuses: what the paragraph is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.extract.docx_styles import Styles, is_on, value
from ingest.extract.images import describing
from ingest.extract.names import small_number
from ingest.extract.xml import local_name

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_UNSEEN = frozenset(("del", "moveFrom", "Fallback", "pPr", "rPr", "instrText", "delText", "txbxContent", "fldData"))
_CHARACTERS = {"tab": "\t", "cr": "\n", "noBreakHyphen": "-"}
_MONOSPACED = (
    "courier",
    "consolas",
    "mono",
    "menlo",
    "monaco",
    "source code",
    "cascadia",
    "fira code",
    "lucida console",
)
_GENERATED = "automatically generated"
_TINY_HALF_POINTS = 3
_WHITE = "FFFFFF"


def paragraph_text(paragraph: Element, styles: Styles) -> str:
    """The visible text of a paragraph; line breaks are newlines."""
    parts: list[str] = []
    _collect(paragraph, styles, parts)
    return "".join(parts).strip("\n")


def is_monospaced(paragraph: Element) -> bool:
    """Tell whether every run with text names a font for code."""
    runs = [run for run in paragraph.iter("{*}r") if any((text.text or "").strip() for text in run.iter("{*}t"))]
    return bool(runs) and all(_is_code_font(run.find("{*}rPr/{*}rFonts")) for run in runs)


def text_boxes(paragraph: Element) -> list[Element]:
    """The text boxes anchored in a paragraph, which hold paragraphs of their own."""
    boxes = paragraph.iter("{*}txbxContent")
    return [box for box in boxes if not any(local_name(parent) == "Fallback" for parent in box.iterancestors())]


def _collect(element: Element, styles: Styles, parts: list[str]) -> None:
    for child in element:
        name = local_name(child)
        if name in _UNSEEN or (name == "r" and _is_unseen(child, styles)):
            continue
        if name == "t":
            parts.append(child.text or "")
        elif name in _CHARACTERS:
            parts.append(_CHARACTERS[name])
        elif name == "br":
            parts.append("\n" if value(child, "type") in {None, "textWrapping"} else " ")
        elif name == "docPr":
            parts.append(_description(child))
        else:
            _collect(child, styles, parts)


def _is_unseen(run: Element, styles: Styles) -> bool:
    properties = run.find("{*}rPr")
    if properties is None:
        return False
    hidden = is_on(properties.find("{*}vanish"))
    if hidden is None:
        hidden = styles.is_hidden(value(properties.find("{*}rStyle")))
    half_points = small_number(value(properties.find("{*}sz")), _TINY_HALF_POINTS)
    return hidden or half_points < _TINY_HALF_POINTS or _is_white_on_white(run, properties)


def _is_white_on_white(run: Element, properties: Element) -> bool:
    if (value(properties.find("{*}color")) or "").upper() != _WHITE:
        return False
    # In a table the colour behind the text may come from the table's style.
    shaded = properties.find("{*}shd") is not None or properties.find("{*}highlight") is not None
    return not shaded and not any(
        local_name(parent) in {"tc", "txbxContent"} or parent.find("{*}pPr/{*}shd") is not None
        for parent in run.iterancestors()
    )


def _description(properties: Element) -> str:
    words = describing(properties.get("descr", ""))
    return "" if _GENERATED in words.lower() else words


def _is_code_font(fonts: Element | None) -> bool:
    name = (value(fonts, "ascii") or value(fonts, "hAnsi") or "").lower()
    return any(font in name for font in _MONOSPACED)

"""Styles and list numbering of a Word document.

Owns: what a paragraph inherits: heading level, list, hidden text, code. Refuses: the paragraphs themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_HEADING = re.compile(r"heading ([1-9])")
_CONTENTS = re.compile(r"toc( heading|\s?\d)|table of (figures|authorities)|index \d")
_CODE = re.compile(r"\bcode\b|source ?code|preformatted|verbatim|\blisting\b|plain text")
_LIST_DEPTH = re.compile(r"list(?: bullet| number| continue)? ([2-9])")
_MAX_INHERITANCE = 20
_NO_LEVEL = "9"  # body text


@dataclass(frozen=True, slots=True)
class Style:
    """What a style itself says; ``parent`` says the rest."""

    name: str = ""
    parent: str | None = None
    outline_level: str | None = None
    hidden: bool | None = None
    number_id: str | None = None


@dataclass(slots=True)
class Styles:
    """All styles by their id."""

    by_id: dict[str, Style] = field(default_factory=dict)

    def heading_level(self, style_id: str | None) -> int | None:
        """1 to 9 for a heading, 0 for the document's title, None for text."""
        for style in self._chain(style_id):
            if match := _HEADING.fullmatch(style.name):
                return int(match[1])
            if style.name == "title":
                return 0
            if style.outline_level is not None:
                return None if style.outline_level == _NO_LEVEL else int(style.outline_level) + 1
        return None

    def is_hidden(self, style_id: str | None) -> bool:
        """Tell whether text in this style is not shown."""
        return next((style.hidden for style in self._chain(style_id) if style.hidden is not None), False)

    def is_contents(self, style_id: str | None) -> bool:
        """Tell whether this is a line of the table of contents."""
        return any(_CONTENTS.match(style.name) for style in self._chain(style_id))

    def is_code(self, style_id: str | None) -> bool:
        """Tell whether text in this style is code."""
        return any(_CODE.search(style.name) for style in self._chain(style_id))

    def number_id(self, style_id: str | None) -> str | None:
        """The list that paragraphs in this style belong to."""
        return next((style.number_id for style in self._chain(style_id) if style.number_id is not None), None)

    def list_depth(self, style_id: str | None) -> int:
        """How deep "List Bullet 2" is, from 0."""
        match = next((match for style in self._chain(style_id) if (match := _LIST_DEPTH.fullmatch(style.name))), None)
        return int(match[1]) - 1 if match else 0

    def _chain(self, style_id: str | None) -> Iterator[Style]:
        for _ in range(_MAX_INHERITANCE):  # styles may inherit in a circle
            style = self.by_id.get(style_id or "")
            if style is None:
                return
            yield style
            style_id = style.parent


@dataclass(slots=True)
class Numbering:
    """Which lists have bullets, and the next number of each that has numbers."""

    bulleted: dict[tuple[str, int], bool] = field(default_factory=dict)
    _counts: dict[tuple[str, int], int] = field(default_factory=dict)

    def marker(self, number_id: str, level: int) -> str:
        """The marker of the next item, "-" or "3."."""
        for deeper in [key for key in self._counts if key[0] == number_id and key[1] > level]:
            del self._counts[deeper]
        if self.bulleted.get((number_id, level), True):
            return "-"
        self._counts[number_id, level] = self._counts.get((number_id, level), 0) + 1
        return f"{self._counts[number_id, level]}."


def value(element: Element | None, name: str = "val") -> str | None:
    """A Word attribute, whatever the namespace, or None."""
    if element is None:
        return None
    return next((str(text) for key, text in element.attrib.items() if str(key).rpartition("}")[2] == name), None)


def is_on(element: Element | None) -> bool | None:
    """A Word switch: present means on, unless it says otherwise; None if it is absent."""
    return None if element is None else value(element) not in {"0", "false", "off", "none"}


def read_styles(root: Element) -> Styles:
    """Read word/styles.xml."""
    styles = Styles()
    for element in root.iter("{*}style"):
        styles.by_id[value(element, "styleId") or ""] = Style(
            name=(value(element.find("{*}name")) or "").lower(),
            parent=value(element.find("{*}basedOn")),
            outline_level=_digit(value(element.find("{*}pPr/{*}outlineLvl"))),
            hidden=is_on(element.find("{*}rPr/{*}vanish")),
            number_id=value(element.find("{*}pPr/{*}numPr/{*}numId")),
        )
    return styles


def read_numbering(root: Element) -> Numbering:
    """Read word/numbering.xml."""
    formats: dict[tuple[str, int], str] = {}
    for abstract in root.iter("{*}abstractNum"):
        for level in abstract.iter("{*}lvl"):
            key = (value(abstract, "abstractNumId") or "", int(_digit(value(level, "ilvl")) or 0))
            formats[key] = value(level.find("{*}numFmt")) or "bullet"
    numbering = Numbering()
    for number in root.iter("{*}num"):
        abstract_id = value(number.find("{*}abstractNumId")) or ""
        for (owner, depth), kind in formats.items():
            if owner == abstract_id:
                numbering.bulleted[value(number, "numId") or "", depth] = kind in {"bullet", "none"}
    return numbering


def _digit(text: str | None) -> str | None:
    return text if text and len(text) == 1 and text.isdecimal() else None

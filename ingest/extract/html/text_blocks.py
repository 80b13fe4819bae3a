"""The text of a page, each piece with the element it belongs to.

Owns: walking the tree, and emptying a piece without touching what stands beside it. Refuses: choosing pieces
(``main_content``).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ingest.extract.html.blocks import BLOCKS, HEADINGS
from ingest.extract.words import words

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_OWNERS = BLOCKS - {"td", "th", "tr", "tbody", "thead", "tfoot", "caption"}
_GROUPS = frozenset(("ul", "ol", "dl", "table", "figure"))
_LINK_SHARE = 0.6
_PROSE_WORDS = 8
_PROSE_ENDS = frozenset(".!?:。！？：")


@dataclass(slots=True)
class TextBlock:
    """Text that belongs to one element directly or through inline elements; ``places`` is where it is written."""

    owner: HtmlElement
    words: list[str] = field(default_factory=list)
    linked: int = 0  # how many of the words are links
    places: list[tuple[HtmlElement, str]] = field(default_factory=list)
    ends: str = ""  # the last character
    covered: bool = False  # trafilatura kept half of it
    touched: bool = False  # trafilatura kept something of it

    def empty(self) -> None:
        """Take the text out of the tree."""
        for element, place in self.places:
            if place == "alt":
                element.set("alt", "")
            else:
                setattr(element, place, None)

    @property
    def is_links(self) -> bool:
        """Tell rows of links from text that has some."""
        return self.linked >= _LINK_SHARE * len(self.words)

    @property
    def is_prose(self) -> bool:
        """Tell a paragraph from "Updated 3 May"."""
        return len(self.words) >= _PROSE_WORDS and self.ends in _PROSE_ENDS and not self.is_links

    @property
    def is_in_list(self) -> bool:
        """Tell whether it is part of a list, a table or a figure, and not of one of links."""
        return not self.is_links and (
            self.owner.tag in _GROUPS or next(self.owner.iterancestors(*_GROUPS), None) is not None
        )


def text_blocks(root: HtmlElement) -> list[TextBlock]:
    """Every element that has text of its own, in the order of the page."""
    from lxml.etree import iterwalk  # noqa: PLC0415 - only needed for HTML

    blocks: dict[HtmlElement, TextBlock] = {}
    owners = [root]
    links = 0

    def take(element: HtmlElement, place: str, text: str | None) -> None:
        if text and text.strip():
            found = words(text)
            block = blocks.setdefault(owners[-1], TextBlock(owners[-1]))
            block.words += found
            block.linked += len(found) if links else 0
            block.places.append((element, place))
            block.ends = text.rstrip()[-1]

    for event, element in iterwalk(root, events=("start", "end")):
        if event == "start":
            inner = element.tag not in _OWNERS or owners[-1].tag in HEADINGS
            owners.append(owners[-1] if inner else element)
            links += element.tag == "a"
            take(element, "text", element.text)
            if element.tag == "img":
                take(element, "alt", element.get("alt"))
        else:
            links -= element.tag == "a"
            owners.pop()
            take(element, "tail", element.tail if element is not root else None)
    return [block for block in blocks.values() if block.words]

"""Headings and blocks, as a reader meets them, to sections with heading paths.

Owns: the path of headings, and joining blocks. Refuses: parsing; each format tells what is a heading.
"""

from __future__ import annotations

import re

from ingest.extract.cleaning import clean, clean_line
from ingest.extract.result import HEADING_SEPARATOR, Extracted, ExtractedSection, skipped

MAX_HEADING_CHARACTERS = 200
MAX_TITLE_CHARACTERS = 200

_PERMALINK = re.compile(r"(?:\s*[¶🔗\ue000-\uf8ff]|\s+[#§])+$")


class Outline:
    """Collects a document; ``add`` takes a block, ``heading`` opens a section."""

    def __init__(self) -> None:
        self._path: list[tuple[int, str]] = []  # as written; cleaned when a section needs them
        self._blocks: list[str] = []
        self._sections: list[ExtractedSection] = []
        self._title = ""
        self._title_level = 99
        self._titles = 0  # headings of that level

    @property
    def title(self) -> str:
        """The first heading of the smallest level, or ""."""
        return _cleaned(self._title)

    @property
    def own_title(self) -> str:
        """The title, but "" if it is one of several parts of a note that has no title (two or more, below level 1)."""
        return self.title if self._title_level == 1 or self._titles == 1 else ""

    def heading(self, level: int, text: str) -> None:
        """Open a section below the last heading of a smaller level; a heading without words is ignored."""
        if not any(character.isalnum() for character in text):
            return
        self._close()
        while self._path and self._path[-1][0] >= level:
            self._path.pop()
        self._path.append((level, text))
        if level < self._title_level:
            self._title, self._title_level, self._titles = text, level, 0
        self._titles += level == self._title_level

    def add(self, block: str, *, tight: bool = False) -> None:
        """Add a block; a ``tight`` one follows the block before without a blank line, as list items do."""
        if block.strip():
            self._blocks.append(f"\n{block}" if tight else f"\n\n{block}")

    def text(self) -> str:
        """All text so far, without headings; nothing can be added to the last section after this."""
        self._close()
        return "\n\n".join(section.text for section in self._sections)

    def extracted(self, title: str) -> Extracted:
        """The document.

        Raises:
            NotExtracted: skipped, nothing but headings came.
        """
        self._close()
        if not self._sections:
            raise skipped("empty")
        return Extracted(clean_line(title, MAX_TITLE_CHARACTERS) or "untitled", tuple(self._sections))

    def _close(self) -> None:
        text = clean("".join(self._blocks)).strip("\n").rstrip() if self._blocks else ""
        self._blocks.clear()
        if any(character.isalnum() for character in text):
            path = HEADING_SEPARATOR.join(line for _, raw in self._path if (line := _cleaned(raw)))
            self._sections.append(ExtractedSection(path, text))


def _cleaned(heading: str) -> str:
    return _PERMALINK.sub("", clean_line(heading, MAX_HEADING_CHARACTERS))

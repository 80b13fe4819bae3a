"""A text of which pieces are taken as they are understood.

Owns: which characters are still unread, with offsets that stay those of the learner's text. Refuses: any grammar.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.wishes.form import Span

# Stands where something was read; no word, no space and no mark of punctuation, so that no pattern reaches across it.
TAKEN = "\x00"

_EDGES = " \t\r\n,.;:!?"


class Unread:
    """``text`` with every taken character replaced by ``TAKEN``; typographic quotes and dashes are made plain."""

    def __init__(self, original: str) -> None:
        self.original = original
        self.text = original.translate(
            {0: " ", 0x2019: "'", 0x2018: "'", 0x2013: "-", 0x2014: "-", 0x201C: '"', 0x201D: '"'}
        )

    def take(self, start: int, end: int) -> Span:
        """The piece without spaces and marks at its ends; nobody else can read any of it any more."""
        self.text = self.text[:start] + TAKEN * (end - start) + self.text[end:]
        while start < end and self.original[start] in _EDGES:
            start += 1
        while end > start and self.original[end - 1] in _EDGES:
            end -= 1
        return Span(start, end, self.original[start:end])

    def find(self, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        """Matches from left to right; what the caller takes meanwhile is respected."""
        position = 0
        while match := pattern.search(self.text, position):
            position = max(match.end(), match.start() + 1)
            yield match

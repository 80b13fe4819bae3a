"""Citation markers in text: ``[3]`` is the third passage a writer was given.

Owns: finding them, and renumbering them in order of use while text streams in. Pure.
Refuses: checking what stands before a marker (``citing``).

In code ``[3]`` is an index and not a marker: it is left alone, inside backticks on one line as inside a fence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from assistant.blocks import code_spans
from assistant.sentences import fence_closed, fence_opened

_MARKER = re.compile(r"[ \t]?\[(\d{1,3})\]")
_HALF_MARKER = re.compile(r"[ \t]?\[\d{0,3}\Z")
_UNSURE_END = re.compile(r"(?:(?<!\\)\\+|[ \t]?(?:\[\d{0,3})?)\Z")
"""What may still become a marker, or hide the backtick that follows."""
_OPEN_CODE = re.compile(r"(?<!\\)\\*`")
_STRUCTURE = r"(?:[\s>]|(?:[-*+]|\d{1,9}[.)])\s)*"
BLOCK_START = re.compile(_STRUCTURE)
"""The list markers and quotation marks at the beginning of a block, possibly none."""
_MAYBE_FENCE = re.compile(_STRUCTURE + r"(?:[-*+]|\d{1,9}[.)]?)?(?:`{0,2}|~{0,2}|(?:`{3}|~{3}).*)")


class MarkerStream:
    """Renumbers markers in order of use while text streams in, and drops those that point nowhere.

    A marker may be split over any number of deltas; nothing that could still become one is let through early. Code is
    let through as it is, so a line waits until it is certain which of its backticks make code.
    """

    def __init__(self, passages: int) -> None:
        self._passages = passages
        self._held = ""
        self._begun = False  # whether a part of the held line has been let through
        self._fence: str | None = None
        self.order: list[int] = []
        """The passages cited so far, as the writer numbered them, in order of use."""

    def feed(self, delta: str) -> str:
        """The text that is now certain."""
        *lines, rest = (self._held + delta).split("\n")
        certain = "".join(f"{self._line(line)}\n" for line in lines)
        cut = self._certain_end(rest)
        self._begun = self._begun or cut > 0
        self._held = rest[cut:]
        return certain + with_markers(rest[:cut], self._renumbered)

    def close(self) -> str:
        """What was held back at the end of the text, without half a marker."""
        rest, self._held = self._held, ""
        return self._line(rest if self._fence else _HALF_MARKER.sub("", rest))

    def _line(self, line: str) -> str:
        """The rest of a line that is now whole."""
        begun, self._begun = self._begun, False
        if self._fence:
            if fence_closed(line.strip().lstrip("> "), self._fence):
                self._fence = None
            return line
        if not begun:
            self._fence = fence_opened(BLOCK_START.sub("", line, count=1))
        return line if self._fence else with_markers(line, self._renumbered)

    def _certain_end(self, rest: str) -> int:
        if self._fence or (not self._begun and _MAYBE_FENCE.fullmatch(rest)):
            return 0
        done = 0
        for first, last in code_spans(rest):
            if "`" in rest[done:first] or last == len(rest):
                break
            done = last
        unsure = _OPEN_CODE.search(rest, done) or _UNSURE_END.search(rest, done)
        return unsure.start() if unsure else len(rest)

    def _renumbered(self, marker: re.Match[str]) -> str:
        number = int(marker[1])
        if not 1 <= number <= self._passages:
            return ""
        if number not in self.order:
            self.order.append(number)
        return marker_like(marker, self.order.index(number) + 1)


def find_markers(text: str) -> Iterator[re.Match[str]]:
    """The markers outside inline code."""
    blank = list(text)
    offset = 0
    for line in text.split("\n"):
        for first, last in code_spans(line):
            blank[offset + first : offset + last] = "`" * (last - first)
        offset += len(line) + 1
    return _MARKER.finditer("".join(blank))


def with_markers(text: str, change: Callable[[re.Match[str]], str]) -> str:
    """The text with every marker replaced."""
    pieces: list[str] = []
    start = 0
    for marker in find_markers(text):
        pieces += (text[start : marker.start()], change(marker))
        start = marker.end()
    return "".join([*pieces, text[start:]])


def marker_like(marker: re.Match[str], number: int) -> str:
    """A marker with another number that keeps its distance from the word before it."""
    return f"{marker[0][: marker[0].index('[')]}[{number}]"

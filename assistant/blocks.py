"""Which lines of a Markdown text are code, and which characters of a line.

Owns: reading the blocks of a text as a renderer does (CommonMark and tables), also of a text that has just begun.
Pure. Refuses: the meaning of the words (``sentences``) and making anything safe (``markdown``).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from enum import StrEnum
from functools import cache

from markdown_it import MarkdownIt

BACKTICKS = re.compile(r"(?<!\\)(\\*)(`+)")
"""A run of backticks and the backslashes before it."""


class Leaf(StrEnum):
    """What the lines of a block hold."""

    TEXT = "text"
    HEADING = "heading"
    TABLE = "table"
    CODE = "code"
    INDENTED_CODE = "indented_code"


_LEAVES = {
    "fence": Leaf.CODE,
    "code_block": Leaf.INDENTED_CODE,
    "table_open": Leaf.TABLE,
    "heading_open": Leaf.HEADING,
}


def leaves(text: str) -> Iterator[tuple[Leaf, int, int]]:
    """The lines of a text by what they hold, as (kind, first line, line after the last), in order and without gaps.

    A paragraph is one piece, whatever list or quotation it stands in, and its lines keep the markers of those. A line
    that belongs to no block, as a blank one, is a piece of its own. Only a line feed ends a line.
    """
    lines = text.split("\n")
    done = 0
    for token in _parser().parse(text.replace("\r", " ")):
        kind = Leaf.TEXT if token.type == "inline" else _LEAVES.get(token.type)
        # A heading and a table come before the texts in them, which begin on lines that are done by then.
        if kind and token.map and token.map[0] >= done:
            first, last = token.map
            # Inside lists parsers do not agree on indented code and on the width of a tab.
            tabs = any("\t" in line for line in lines[first:last])
            if token.level and (kind is Leaf.INDENTED_CODE or (kind is Leaf.CODE and tabs)):
                kind = Leaf.TEXT
            yield from ((Leaf.TEXT, line, line + 1) for line in range(done, first))
            yield kind, first, last
            done = last
    yield from ((Leaf.TEXT, line, line + 1) for line in range(done, len(lines)))


def closing_fence(text: str) -> str:
    """The line that ends the block of code in which the text breaks off; empty if it does not."""
    last = _parser().parse(f"{text}\n\nend")[-1]
    return last.markup if last.type == "fence" else ""


def code_spans(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of every inline code span of a line, backticks included, in order.

    A backslash keeps a backtick from opening code, not from closing it.
    """
    runs = list(BACKTICKS.finditer(text))
    starts: dict[int, list[int]] = defaultdict(list)
    for run in runs:
        starts[len(run[2])].append(run.start(2))
    done = 0
    for run in runs:
        if run.start(2) < done:
            continue
        opening = run.start(2) + len(run[1]) % 2
        length = run.end() - opening
        closing = starts.get(length, [])
        place = bisect_left(closing, run.end())
        if place < len(closing):
            done = closing[place] + length
            yield opening, done


@cache
def _parser() -> MarkdownIt:
    # What stands inside a paragraph is not read.
    return MarkdownIt("commonmark").enable("table").disable(["inline", "text_join"])

"""Pieces of Markdown that the sentence splitter reads back as what they were.

Owns: writing code, tables and prose so that their borders survive. Refuses: deciding what is which.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

MAX_COLUMNS = 50
"""A ``colspan`` of a million must not make a million cells."""

_BACKTICKS = re.compile(r"`{3,}")
_FENCE_START = re.compile(r"(?m)^[ \t]*(?:`{3,}|~{3,})[ \t]*")
_LANGUAGE = re.compile(r"[A-Za-z0-9+#.-]{1,20}")


def fenced(code: str, language: str = "") -> str:
    """Code between fences that are longer than any run of backticks inside it."""
    longest = max((len(run) for run in _BACKTICKS.findall(code)), default=2)
    fence = "`" * (longest + 1)
    return f"{fence}{language if _LANGUAGE.fullmatch(language) else ''}\n{code.strip(chr(10))}\n{fence}"


def prose(text: str) -> str:
    """Text that came from outside Markdown: white space made single, and no line may open a code fence."""
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return _FENCE_START.sub("", "\n".join(line for line in lines if line))


def table(rows: Sequence[Sequence[str]]) -> str:
    """A pipe table whose first row is the header; short rows are filled, empty rows and columns dropped."""
    cells = [[_cell(cell) for cell in row[:MAX_COLUMNS]] for row in rows]
    width = max((len(row) for row in cells), default=0)
    full = [row + [""] * (width - len(row)) for row in cells if any(row)]
    used = [column for column in range(width) if any(row[column] for row in full)]
    if not used:
        return ""
    lines = [f"| {' | '.join(row[column] for column in used)} |" for row in full]
    return "\n".join([lines[0], f"|{' --- |' * len(used)}", *lines[1:]])


def list_item(text: str, marker: str = "-", depth: int = 0) -> str:
    """A list item; later lines of ``text`` are indented below it."""
    indent = "  " * depth
    first, *rest = text.split("\n")
    return "\n".join([f"{indent}{marker} {first}", *(f"{indent}  {line}" for line in rest)])


def _cell(text: str) -> str:
    return " ".join(text.replace("\\|", "|").replace("|", "\\|").split())

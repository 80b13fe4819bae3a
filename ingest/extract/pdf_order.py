"""The order in which people read the lines of a PDF page.

Owns: putting back what programs draw out of turn (code boxes and bullets after all text, for instance), also on pages
of several columns. Refuses: touching pages that were written in order, however many columns they have. Pure.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from ingest.extract.pdf_lines import Line

_MIN_COLUMN_LINES = 4
_MIN_COLUMN_DISTANCE = 0.3  # of the width of the text
_CHARACTER_WIDTH = 0.5  # of the font size, on average
_HEIGHT_TOLERANCE = 0.3  # of the font size: still the same line


def reading_order(lines: Sequence[Line]) -> list[Line]:
    """The lines column by column from top to bottom, or as they are if only a new column ever leads upwards."""
    runs = _downward_runs(lines)
    columns = _columns(lines, runs)
    if len(runs) <= len(columns):
        return list(lines)
    return [
        line
        for number in range(len(columns))
        for line in _from_top_to_bottom([line for line in lines if _column_of(line, columns) == number])
    ]


def _from_top_to_bottom(lines: list[Line]) -> list[Line]:
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: -line.y):
        if rows and rows[-1][0].y - line.y <= _HEIGHT_TOLERANCE * line.size:
            rows[-1].append(line)  # a bullet and its item
        else:
            rows.append([line])
    return [line for row in rows for line in sorted(row, key=lambda line: line.x)]


def _downward_runs(lines: Sequence[Line]) -> list[list[Line]]:
    """Neighbouring lines of which none stands higher than the one before."""
    runs = [[line] for line in lines[:1]]
    for before, line in pairwise(lines):
        if line.y > before.y + _HEIGHT_TOLERANCE * line.size:
            runs.append([line])
        else:
            runs[-1].append(line)
    return runs


def _columns(lines: Sequence[Line], runs: Sequence[Sequence[Line]]) -> list[float]:
    """The left edges of the columns; a run of a few lines, such as a box or a page number, is none."""
    if not lines:
        return []
    left = min(line.x for line in lines)
    width = max(line.x + _CHARACTER_WIDTH * line.size * len(line.text) for line in lines) - left
    enough = min(_MIN_COLUMN_LINES, len(lines) // 3)
    edges = [left]
    for edge in sorted(min(line.x for line in run) for run in runs if len(run) >= enough):
        if edge - edges[-1] > _MIN_COLUMN_DISTANCE * width:
            edges.append(edge)
    return edges


def _column_of(line: Line, columns: Sequence[float]) -> int:
    return max((number for number, edge in enumerate(columns) if line.x >= edge - line.size), default=0)

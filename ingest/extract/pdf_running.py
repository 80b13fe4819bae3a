"""Lines at the edges of PDF pages that are not the text.

Owns: leaving out running headers, footers and page numbers. Refuses: everything between the edges (``pdf_text``).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from ingest.extract.pdf_lines import Line

_EDGE_LINES = 2
_NEAR_PAGES = 4
_MIN_NEIGHBOURS, _MIN_NEIGHBOURS_OF_LARGE = 2, 4
_EDGE_GAP = 1.3  # of the usual distance between lines
_LARGEST_LEADING = 5  # of the font size
_LARGER = 1.15  # than the usual size of letters: a title
_SAME_HEIGHT = 4.0  # points
_DIGITS = re.compile(r"\d+|\b[ivxlc]+\b")
_PAGE_NUMBER = re.compile(
    r"\W*(?:page |p\. ?|seite )?(?:\d{1,4}|[ivxlc]{1,7})(?: ?(?:of|/|von) ?\d{1,4})?\W*", re.IGNORECASE
)


def without_running_lines(pages: Sequence[list[Line]]) -> list[list[Line]]:
    """Pages without the lines at their top and bottom that recur on pages near by, and without page numbers."""
    lines = [line for page in pages for line in page]
    if not lines:
        return list(pages)
    largest = _LARGER * median(line.size for line in lines)
    leading = usual_leading(lines)
    edges = [_edges(page, leading) for page in pages]
    keys = [{_running_key(line, top=top) for line, top in page} for page in edges]
    kept = []
    for number, page in enumerate(pages):
        near = range(max(0, number - _NEAR_PAGES), min(len(pages), number + _NEAR_PAGES + 1))
        nearby = Counter(key for other in near if other != number for key in keys[other])
        dropped = {
            id(line)
            for line, top in edges[number]
            if _PAGE_NUMBER.fullmatch(line.text)
            # Titles of chapters are large and may stand at the same height, but not on page after page.
            or nearby[_running_key(line, top=top)]
            >= (_MIN_NEIGHBOURS if line.size <= largest else _MIN_NEIGHBOURS_OF_LARGE)
        }
        kept.append([line for line in page if id(line) not in dropped])
    return kept


def usual_leading(lines: list[Line]) -> float:
    """The usual distance between the lines of a paragraph, 0 if there are none."""
    gaps = [a.y - b.y for a, b in pairwise(lines) if 0 < a.y - b.y < _LARGEST_LEADING * a.size]
    return median(gaps) if gaps else 0.0


def _edges(lines: list[Line], leading: float) -> list[tuple[Line, bool]]:
    """The lines that a gap sets off from the rest at the top and at the bottom, each with whether it is at the top."""
    ordered = sorted(lines, key=lambda line: -line.y)
    return [(line, True) for line in _set_off(ordered, leading)] + [
        (line, False) for line in _set_off(ordered[::-1], leading)
    ]


def _set_off(lines: list[Line], leading: float) -> list[Line]:
    most = min(_EDGE_LINES, max(1, len(lines) // 3), len(lines) - 1)  # a short page is not all edge
    for count in range(1, most + 1):
        if abs(lines[count - 1].y - lines[count].y) > _EDGE_GAP * leading:
            return lines[:count]
    return []


def _running_key(line: Line, *, top: bool) -> tuple[bool, int, str]:
    return top, round(line.y / _SAME_HEIGHT), _DIGITS.sub("#", line.text.lower())

"""The numbers in an answer as chips that lead to its sources.

Owns: the Markdown of a chip, as the app's renderer reads it (``:primary-badge[1]``), and the name of the place that it
leads to. Pure. Refuses: making text safe (``assistant.markdown`` has done so before).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection

from assistant.blocks import Leaf, code_spans, leaves

_MARKER = re.compile(r"(?<![!\\\]])\[(\d{1,3})\](?![(\[:])")
_CODE = frozenset({Leaf.CODE, Leaf.INDENTED_CODE})


def chip(number: int) -> str:
    """The chip of a source's number."""
    return f":primary-badge[{number}]"


def source_place(turn_id: int, number: int) -> str:
    """The name of the place on the page that shows a source of an answer."""
    return f"source-{turn_id}-{number}"


def with_chips(safe_text: str, numbers: Collection[int] | None = None, turn_id: int | None = None) -> str:
    """Markdown that is safe already with chips for its markers outside code.

    Only ``numbers`` become chips, any marker without; with a ``turn_id`` they are links to that turn's sources.
    """

    def change(marker: re.Match[str]) -> str:
        number = int(marker[1])
        if numbers is not None and number not in numbers:
            return marker[0]
        return chip(number) if turn_id is None else f"[{chip(number)}](#{source_place(turn_id, number)})"

    lines = safe_text.split("\n")
    for kind, first, last in leaves(safe_text):
        if kind not in _CODE:
            for row in range(first, last):
                lines[row] = _outside_code(lines[row], change)
    return "\n".join(lines)


def _outside_code(line: str, change: Callable[[re.Match[str]], str]) -> str:
    pieces: list[str] = []
    start = 0
    for first, last in [*code_spans(line), (len(line), len(line))]:
        pieces += (_MARKER.sub(change, line[start:first]), line[first:last])
        start = last
    return "".join(pieces)

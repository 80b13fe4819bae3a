"""Tables written without their outer pipes.

Owns: adding them, because the sentence splitter knows a table by the pipe at the start of its lines. Refuses: code.
"""

from __future__ import annotations

import re

_DELIMITER = re.compile(r":?-+:?")


def with_outer_pipes(prose: str) -> str:
    """Every row of every pipe table starts and ends with a pipe."""
    lines = prose.split("\n")
    in_table = False
    for number, line in enumerate(lines):
        if in_table:
            in_table = "|" in line
        elif "|" in line and number + 1 < len(lines):
            in_table = _is_delimiter(lines[number + 1])
        if in_table:
            lines[number] = _piped(line.strip())
    return "\n".join(lines)


def _is_delimiter(line: str) -> bool:
    cells = line.strip().strip("|").split("|")
    return "|" in line and all(_DELIMITER.fullmatch(cell.strip()) for cell in cells)


def _piped(row: str) -> str:
    opened = row if row.startswith("|") else f"| {row}"
    return opened if opened.endswith("|") and not opened.endswith("\\|") else f"{opened} |"

"""Questions from a file, one JSON object a line.

Owns: reading and checking ``--batch`` input. Refuses: answering.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import InvalidInput


@dataclass(frozen=True, slots=True)
class BatchQuestion:
    """One line; ``id`` comes back with the result, as it was given."""

    id: str | int
    question: str


def read_batch(file: Path) -> Iterator[BatchQuestion]:
    """The questions of a file, or of standard input for ``-``; blank lines are skipped.

    Raises:
        InvalidInput: the file cannot be read, or a line is not ``{"id": ..., "question": "..."}``.
    """
    try:
        with nullcontext(sys.stdin) if str(file) == "-" else file.open(encoding="utf-8-sig") as lines:
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    yield _parse(line, f"{file}:{number}")
    except OSError as error:
        raise InvalidInput(f"{file} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise InvalidInput(f"{file} is not UTF-8 text.") from error


def _parse(line: str, place: str) -> BatchQuestion:
    try:
        entry = json.loads(line)
        return BatchQuestion(_checked_id(entry["id"]), _checked_question(entry["question"]))
    except (ValueError, TypeError, KeyError) as error:
        raise InvalidInput(f'{place}: expected {{"id": ..., "question": "..."}} on one line.') from error


def _checked_id(value: object) -> str | int:
    if not isinstance(value, str | int) or isinstance(value, bool):
        raise TypeError("id")
    return value


def _checked_question(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise TypeError("question")
    return value

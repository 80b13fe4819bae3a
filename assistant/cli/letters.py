"""Options with letters, as several commands print and read them; and the lines that a learner types.

Owns: letters and lines. Refuses: knowing what an option means.
"""

from __future__ import annotations

import string
import sys
from collections.abc import Iterator, Sequence

from assistant.console import err, out

_PROMPT = "› "


def place_of_letter(text: str, count: int) -> int | None:
    """The place of the option, of ``count``, that a text names by its letter, from 0; None if it names none."""
    letter = text.strip().strip("().").lower()
    letters = string.ascii_lowercase[:count]
    return letters.index(letter) if len(letter) == 1 and letter in letters else None


def print_options(options: Sequence[str]) -> None:
    """The options, one a line, each with its letter."""
    for letter, option in zip(string.ascii_lowercase, options, strict=False):
        out.print(f"  {letter}) {option}", markup=False)


def typed_lines() -> Iterator[str]:
    """Every line that is not blank, until the end of the input or Ctrl-C at the prompt."""
    while True:
        try:
            line = input(_PROMPT) if sys.stdin.isatty() else sys.stdin.readline()
        except (EOFError, KeyboardInterrupt):
            err.print()
            return
        if not line and not sys.stdin.isatty():
            return
        if line.strip():
            yield line.strip()

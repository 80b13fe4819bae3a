"""How much one document may hold, and how sizes are written.

Owns: the limits that no format may exceed. Refuses: limits of the process (``confinement``).
"""

from __future__ import annotations

from ingest.extract.result import skipped

MAX_BYTES = 50_000_000
"""Of a file or a fetched page, before anything is unpacked."""
MAX_CHARACTERS = 10_000_000
"""Of text: about twenty books. More is a dump or a log, and would take minutes to clean."""
MAX_LINE_CHARACTERS = 1_000_000
"""People do not write lines of a million characters; exports, encoded data and attacks do."""

_KILO, _MEGA = 1_000, 1_000_000


def refuse_too_large(size_bytes: int) -> None:
    """Call this with the size on disk before reading a file.

    Raises:
        NotExtracted: skipped, more than ``MAX_BYTES``.
    """
    if size_bytes > MAX_BYTES:
        raise skipped(f"larger than {size_text(MAX_BYTES)} ({size_text(size_bytes)})")


def refuse_too_much_text(characters: int) -> None:
    """Hold text to what can be cleaned and cut in seconds.

    Raises:
        NotExtracted: skipped, more than ``MAX_CHARACTERS``.
    """
    if characters > MAX_CHARACTERS:
        raise skipped(f"more than {MAX_CHARACTERS // _MEGA} million characters of text")


def refuse_endless_line(text: str) -> None:
    """Hold text that people write in lines to lines that people write.

    Raises:
        NotExtracted: skipped, a line has more than ``MAX_LINE_CHARACTERS``.
    """
    if len(text) > MAX_LINE_CHARACTERS:
        longest = max(len(line) for line in text.splitlines())
        if longest > MAX_LINE_CHARACTERS:
            raise skipped(f"a single line of {size_text(longest)}")


def size_text(size: int) -> str:
    """A size as learners read it: "900 bytes", "340 KB", "3 MB"."""
    if size >= _MEGA:
        return f"{size / _MEGA:.0f} MB"
    return f"{size / _KILO:.0f} KB" if size >= _KILO else f"{size} bytes"

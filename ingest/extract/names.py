"""Names and numbers as they stand in documents.

Owns: lists of names that stay readable in code, and numbers that a hostile document cannot make large.
Refuses: meaning.
"""

from __future__ import annotations


def names(text: str) -> frozenset[str]:
    """The words of ``text``."""
    return frozenset(text.split())


def small_number(text: str | None, otherwise: int, limit: int = 9_999) -> int:
    """A count that a document states, or ``otherwise`` if it is none that can be meant."""
    if not text or not text.isascii() or not text.isdecimal() or len(text) > len(str(limit)):
        return otherwise
    return min(int(text), limit)

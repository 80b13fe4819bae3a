"""Thoughts: hides ``<think>...</think>`` blocks from a stream of text.

Owns: finding the tags wherever the chunks happen to be cut, and dropping an unclosed block to the end of the stream.
Refuses: separate reasoning fields (they never become text), and thoughts without an opening tag: by the time their
closing tag arrives, they have been handed out.
"""

from __future__ import annotations

_OPEN = "<think>"
_CLOSE = "</think>"
_QUOTE = "`"


class ThoughtFilter:
    """Feed chunks in order; what comes back is for the reader. White space before the first visible text is dropped."""

    def __init__(self) -> None:
        self._held = ""
        self._inside = False
        self._last = ""

    def feed(self, chunk: str) -> str:
        """Take the next chunk and return the text that is certainly visible, possibly none."""
        text = self._held + chunk
        visible: list[str] = []
        # A position instead of slices: a hostile stream of nothing but tags would make slicing quadratic.
        at = 0
        while (found := text.find(self._awaited, at)) >= 0:
            after = found + len(self._awaited)
            if self._inside:
                self._inside = False
            elif self._is_quoted(text, found):
                visible.append(text[at:after])
            else:
                visible.append(text[at:found])
                self._inside = True
            at = after
        keep = _overlap(text[max(at, len(text) - len(_CLOSE)) :], self._awaited)
        if not self._inside:
            visible.append(text[at : len(text) - keep])
        self._held = text[len(text) - keep :] if keep else ""
        return self._show("".join(visible))

    def finish(self) -> str:
        """Return what was held back as the possible start of a tag; call once, at the end."""
        held, self._held = self._held, ""
        return "" if self._inside else self._show(held)

    @property
    def _awaited(self) -> str:
        return _CLOSE if self._inside else _OPEN

    def _is_quoted(self, text: str, found: int) -> bool:
        """An answer about reasoning models writes the tag as code; that is text, not a thought."""
        return (text[found - 1] if found else self._last) == _QUOTE

    def _show(self, visible: str) -> str:
        if not self._last:
            visible = visible.lstrip()
        self._last = visible[-1:] or self._last
        return visible


def _overlap(text: str, tag: str) -> int:
    """Length of the longest end of ``text`` that begins ``tag``."""
    return next((n for n in range(min(len(text), len(tag) - 1), 0, -1) if tag.startswith(text[-n:])), 0)

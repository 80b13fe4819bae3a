"""Plain text to one section.

Owns: keeping what looks like Markdown by accident from being read as such. Refuses: guessing headings.
"""

from __future__ import annotations

from assistant.sentences import fence_closed, fence_opened
from ingest.extract.outline import Outline
from ingest.extract.result import Extracted

_INDENT = "    "


def extract_plain(text: str, stem: str) -> Extracted:
    """The text as it is, under the title ``stem``.

    Raises:
        NotExtracted: skipped, there is no text.
    """
    outline = Outline()
    outline.add(_without_open_fence(text))
    return outline.extracted(stem)


def _without_open_fence(text: str) -> str:
    """A fence that is never closed would make code of all that follows, so then no line counts as one."""
    lines = text.split("\n")
    fence = ""
    for line in lines:
        fence = ("" if fence_closed(line, fence) else fence) if fence else fence_opened(line) or ""
    if not fence:
        return text
    return "\n".join(_INDENT + line if fence_opened(line) else line for line in lines)

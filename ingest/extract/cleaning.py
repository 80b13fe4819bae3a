"""The last cleaning of every heading and text, whatever format it came from.

Owns: what ``ingest.text.mend`` leaves in: fillers and soft hyphens that break words, spaces that are not spaces.
Refuses: anything a reader would see.
"""

from __future__ import annotations

import re

from ingest.text import mend

# Soft hyphen, joiners and fillers without a shape, annotation marks, and the variation selectors beyond the basic
# ones, in which whole messages have been hidden. Each is invisible, so it can only break words or mislead.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u3164\uffa0\ufff9-\ufffb\U000e0080-\U000e0fff]"
)
_SPACES = re.compile("[\u00a0\u2007\u202f]")


def clean(text: str) -> str:
    """Mended text without invisible characters."""
    # ftfy decodes HTML entities until it meets a "<". Here the format's reader has decoded them already, and what
    # still looks like one is meant to be read, in code above all.
    mended = mend(f"<\n{text}")[2:]
    return _SPACES.sub(" ", _INVISIBLE.sub("", mended))


def clean_line(text: str, limit: int) -> str:
    """One line of at most ``limit`` characters, cut between words."""
    words = " ".join(clean(text[: 10 * limit]).split())
    if len(words) <= limit:
        return words
    return words[:limit].rsplit(" ", 1)[0] + " …"

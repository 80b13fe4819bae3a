"""What images say in words.

Owns: telling a description from a file name. Refuses: looking at images.
"""

from __future__ import annotations

import re

from ingest.extract.names import names

_FILE_NAME = re.compile(r"\S+\.(?:avif|bmp|gif|ico|jpe?g|mp4|pdf|png|svg|tiff?|webm|webp)", re.IGNORECASE)
_SIZE = re.compile(r"[0-9]+(?:x[0-9]+)?")
_NO_DESCRIPTION = names(
    "alt badge banner build diagram drawing figure icon illustration image img logo photo picture screenshot untitled"
)


def describing(alt: str) -> str:
    """An image's alternative text if it describes the image, or "": file names, sizes and "image" do not."""
    words = " ".join(alt.split())
    if _FILE_NAME.fullmatch(words) or _SIZE.fullmatch(words) or words.casefold() in _NO_DESCRIPTION:
        return ""
    return words if sum(character.isalpha() for character in words) > 1 else ""

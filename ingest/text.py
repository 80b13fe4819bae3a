"""Cleaning of text as it enters.

Owns: decoding and mending: broken encodings, control and invisible characters, line ends.
Refuses: removing anything a reader would see.
"""

from __future__ import annotations

import re
from pathlib import Path

import ftfy

from assistant.errors import CorpusError

# Zero-width and bidirectional controls and the tag block: invisible, so they can only mislead. The zero-width joiner
# and the variation selectors stay, because emoji are made with them.
_INVISIBLE = re.compile("[\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\U000e0000-\U000e007f]")


def mend(text: str) -> str:
    """Repair text that was decoded with the wrong encoding, and drop characters nobody sees."""
    fixed = ftfy.fix_text(text, uncurl_quotes=False, fix_character_width=False, fix_latin_ligatures=False)
    return _INVISIBLE.sub("", fixed)


def read_text(path: Path) -> str:
    """Read a UTF-8 file and mend it.

    Raises:
        CorpusError: the file cannot be read or is not UTF-8.
    """
    try:
        return mend(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError as error:
        raise CorpusError(f"{path} is not UTF-8 text (byte {error.start}).") from error
    except OSError as error:
        raise CorpusError(f"{path} cannot be read: {error.strerror}.") from error

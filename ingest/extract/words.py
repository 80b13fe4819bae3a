"""Words, also of languages that put no spaces between them.

Owns: counting and listing them. Refuses: stems and stop words (``assistant.words``).
"""

from __future__ import annotations

import re

# Chinese and Japanese characters and Korean syllables count as a word each.
_SYLLABLES = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
_WORD = re.compile(rf"[{_SYLLABLES}]|[^\W{_SYLLABLES}]+")


def words(text: str) -> list[str]:
    """The words in lower case."""
    return _WORD.findall(text.lower())

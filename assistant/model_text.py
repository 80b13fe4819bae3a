"""A model's text on its way to the reader: nothing in it is invisible, and none of it is the prompt.

Owns: dropping characters that nobody sees, which can carry hidden messages or turn words around, and stopping where
the model repeats its instructions, before a telling part of them is out. Pure. Refuses: instructions that the model has
translated or encoded, and what becomes of the answer then.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from assistant.errors import ModelResponseInvalid

REPEATED_WORDS = 8
"""Words of the prompt in a row that no answer has by chance."""
_WORD = re.compile(r"[^\W\d_]+")
_PLACEHOLDER = re.compile(r"\$\{\w+\}")
_KEPT_CONTROLS = "\n\t\r"
_UNSEEN = frozenset({"Cc", "Cf", "Cn", "Co", "Cs"})
# Letters and marks without a shape, and the variation selectors beyond the basic ones.
_SHAPELESS = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\uffa0\U000e0100-\U000e01ef]")


def without_unseen(text: str) -> str:
    """The text without control, format and shapeless characters; emoji that are joined fall into their parts."""
    if text.isascii() and text.isprintable():
        return text
    kept = (char for char in text if char in _KEPT_CONTROLS or unicodedata.category(char) not in _UNSEEN)
    return _SHAPELESS.sub("", "".join(kept))


class ModelText:
    """Feed pieces in order; what comes back may be shown. Words that may be the beginning of the prompt wait."""

    def __init__(self, template: str) -> None:
        self._runs = _runs(template)
        self._held = ""

    def feed(self, piece: str) -> str:
        """The text that is now certain.

        Raises:
            ModelResponseInvalid: the model repeats its prompt.
        """
        self._held += without_unseen(piece)
        certain = len(self._held)
        words = list(_WORD.finditer(self._held))
        if words and words[-1].end() == certain:
            certain = words.pop().start()  # the word may go on
        length = self._repeated([word[0].casefold() for word in words])
        if length == REPEATED_WORDS:
            self._held = ""
            raise ModelResponseInvalid(
                "The model began to repeat its instructions instead of answering. Put the question differently."
            )
        if length:
            certain = words[-length].start()
        text, self._held = self._held[:certain], self._held[certain:]
        return text

    def _repeated(self, words: Sequence[str]) -> int:
        """How many of the last words are a run of the prompt; ``REPEATED_WORDS`` as soon as so many are anywhere."""
        length = 0
        for end in range(1, len(words) + 1):
            length += 1
            while length and tuple(words[end - length : end]) not in self._runs:
                length -= 1
            if length == REPEATED_WORDS:
                break
        return length

    def close(self) -> str:
        """What waited, at the end of the text."""
        rest, self._held = self._held, ""
        return rest


@lru_cache(maxsize=4)
def _runs(template: str) -> frozenset[tuple[str, ...]]:
    """Every run of up to ``REPEATED_WORDS`` words of the template; none goes across a place holder."""
    found: set[tuple[str, ...]] = set()
    for part in _PLACEHOLDER.split(template):
        words = [word.casefold() for word in _WORD.findall(part)]
        for length in range(1, REPEATED_WORDS + 1):
            found.update(tuple(words[start : start + length]) for start in range(len(words) - length + 1))
    return frozenset(found)

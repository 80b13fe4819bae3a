"""Citations, checked by code whoever wrote the answer.

Owns: markers in text (``[3]`` is the third passage a writer was given), their renumbering in order of use, and the
check that a sentence's words stand in the passages it cites. Pure. Refuses: choosing passages, and rendering.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.domain import Citation, Passage
from assistant.sentences import BlockKind, prose_blocks, split_sentences
from assistant.words import stems

_MARKER = re.compile(r"\s?\[(\d{1,3})\]")
_OPEN_MARKER = re.compile(r"\s?(\[\d{0,3})?$")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_MIN_OVERLAP = 0.5
"""Share of a sentence's content words that its cited passages must hold."""
UNSUPPORTED = "(not found in the sources)"


@dataclass(frozen=True, slots=True)
class CheckedText:
    """A text after the check: ``supported`` of ``statements`` sentences stand in the passages they cite."""

    text: str
    citations: tuple[Citation, ...]
    supported: int
    statements: int


class MarkerStream:
    """Renumbers markers in order of use while text streams in, and drops those that point nowhere.

    A marker may be split over any number of deltas; nothing that could still become one is let through early.
    """

    def __init__(self, passages: int) -> None:
        self._passages = passages
        self._held = ""
        self.order: list[int] = []
        """The passages cited so far, as the writer numbered them, in order of use."""

    def feed(self, delta: str) -> str:
        """The text that is now certain."""
        text = self._held + delta
        held = _OPEN_MARKER.search(text)
        cut = held.start() if held else len(text)
        self._held = text[cut:]
        return _MARKER.sub(self._renumber, text[:cut])

    def close(self) -> str:
        """What was held back at the end of the text."""
        rest, self._held = self._held, ""
        return rest

    def _renumber(self, match: re.Match[str]) -> str:
        number = int(match[1])
        if not 1 <= number <= self._passages:
            return ""
        if number not in self.order:
            self.order.append(number)
        return f" [{self.order.index(number) + 1}]" if match[0][0] != "[" else f"[{self.order.index(number) + 1}]"


def check(text: str, cited: Sequence[Passage], titles: Mapping[str, str]) -> CheckedText:
    """Verify every sentence of ``text`` against the passages its markers name.

    ``cited`` are the passages in marker order (``[1]`` is ``cited[0]``); ``titles`` maps passage ids to what a
    learner is shown. A sentence that fails keeps its words, loses its markers and is marked as unsupported.
    """
    quotes: dict[int, str] = {}
    supported = statements = 0
    blocks: list[str] = []
    for block in prose_blocks(text):
        if block.kind in {BlockKind.CODE, BlockKind.TABLE}:
            blocks.append(block.text)
            continue
        sentences = _with_their_markers(block.text)
        checked = [_check_sentence(sentence, cited, quotes) for sentence in sentences]
        statements += len(checked)
        supported += sum(ok for _, ok in checked)
        prefix = "- " if block.kind is BlockKind.LIST_ITEM else ""
        blocks.append(prefix + " ".join(words for words, _ in checked))
    citations = tuple(
        Citation(n, p.id, p.module, p.topic, titles[p.id], p.url, quotes[n])
        for n, p in enumerate(cited, start=1)
        if n in quotes
    )
    return CheckedText("\n\n".join(blocks), citations, supported, statements)


def folded(text: str) -> str:
    """Text with Unicode compatibility forms, case and white space made equal, for comparing quotations."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _with_their_markers(paragraph: str) -> list[str]:
    # A marker after the full stop belongs to the sentence before it, so it must not open the next one.
    sentences: list[str] = []
    for sentence in split_sentences(paragraph):
        leading = re.match(r"(?:\s*\[\d{1,3}\])+\s*", sentence)
        if leading and sentences:
            sentences[-1] += " " + leading[0].strip()
        rest = sentence[leading.end() :] if leading and sentences else sentence
        if rest:
            sentences.append(rest)
    return sentences


def _check_sentence(sentence: str, cited: Sequence[Passage], quotes: dict[int, str]) -> tuple[str, bool]:
    numbers = [int(number) for number in _MARKER.findall(sentence)]
    claim = _MARKER.sub("", sentence).strip()
    passages = {number: cited[number - 1] for number in numbers if 1 <= number <= len(cited)}
    if not passages or not _supported(claim, " ".join(passage.text for passage in passages.values())):
        return f"{claim} {UNSUPPORTED}", False
    for number, passage in passages.items():
        quotes.setdefault(number, _closest_sentence(claim, passage.text))
    return sentence, True


def _supported(claim: str, source: str) -> bool:
    if folded(claim) in folded(source):
        return True
    wanted, found = stems(claim), stems(source)
    numbers_found = set(_NUMBER.findall(source))
    return all(number in numbers_found for number in _NUMBER.findall(claim)) and len(
        wanted & found
    ) >= _MIN_OVERLAP * len(wanted)


def _closest_sentence(claim: str, source: str) -> str:
    sentences = [
        sentence
        for block in prose_blocks(source)
        for sentence in (split_sentences(block.text) if block.kind is BlockKind.PARAGRAPH else [block.text])
    ]
    wanted = stems(claim)
    return max(sentences, key=lambda sentence: (folded(claim) == folded(sentence), len(wanted & stems(sentence))))

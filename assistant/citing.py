"""Citations, checked by code whoever wrote the answer.

Owns: the check that a sentence's words stand in the passages its markers name, and the words quoted for each passage.
Pure. Refuses: the comparison of one claim with its source (``assistant.support``), choosing passages, and rendering.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.blocks import Leaf, leaves
from assistant.domain import Citation, Passage
from assistant.markers import BLOCK_START, find_markers, marker_like, with_markers
from assistant.sentences import split_sentences
from assistant.support import folded, supports
from assistant.words import stems, words

_CODE = frozenset({Leaf.CODE, Leaf.INDENTED_CODE})
_LINE_BREAK = re.compile(r"\\?\n[ \t>]*")
_ROW_EDGE = " \t\r>|"
UNSUPPORTED = "(not found in the sources)"


@dataclass(frozen=True, slots=True)
class CheckedText:
    """A text after the check: ``supported`` of ``statements`` sentences stand in the passages they cite."""

    text: str
    citations: tuple[Citation, ...]
    supported: int
    statements: int


def check(text: str, cited: Sequence[Passage], titles: Mapping[str, str]) -> CheckedText:
    """Verify every sentence of ``text`` against the passages its markers name.

    ``cited`` are the passages in marker order (``[1]`` is ``cited[0]``); ``titles`` maps passage ids to what a
    learner is shown. A sentence that fails keeps its words, loses its markers and is marked as unsupported; what
    remains is numbered afresh. Everything else stays as it was laid out. A heading makes no statement, nor does code,
    and a row of a table makes one if it cites.
    """
    gate = _Gate(cited)
    lines = text.split("\n")
    checked = ["\n".join(gate.checked(kind, lines[first:last])) for kind, first, last in leaves(text)]
    citations = tuple(
        Citation(n, p.id, p.module, p.topic, titles[p.id], p.url, quote)
        for n, (number, quote) in enumerate(gate.quotes.items(), start=1)
        for p in [cited[number - 1]]
    )
    return CheckedText("\n".join(checked), citations, gate.supported, gate.statements)


def unfinished(text: str) -> str:
    """The end of a text that broke off: its last sentence, unless that cites already; empty after code or a table."""
    lines = text.split("\n")
    filled = [(kind, first, last) for kind, first, last in leaves(text) if "".join(lines[first:last]).strip()]
    if not filled or filled[-1][0] is not Leaf.TEXT:
        return ""
    _, first, last = filled[-1]
    sentence = [part for part, is_sentence in _parts("\n".join(lines[first:last])) if is_sentence][-1:]
    if not sentence or any(find_markers(sentence[0])):
        return ""
    return text[text.rindex(sentence[0]) :]


class _Gate:
    """Checks one statement after the other, and numbers the passages that support them in order of use."""

    def __init__(self, cited: Sequence[Passage]) -> None:
        self._cited = cited
        self.quotes: dict[int, str] = {}
        """Marker -> what was quoted for it first, in order of use."""
        self.supported = 0
        self.statements = 0

    def checked(self, kind: Leaf, lines: Sequence[str]) -> list[str]:
        if kind in _CODE:
            return list(lines)
        if kind is Leaf.TABLE:
            return [self._checked_row(line) for line in lines]
        if kind is Leaf.HEADING:
            return [with_markers(line, lambda _: "") for line in lines]
        parts = _parts("\n".join(lines))
        return ["".join(self._checked(part) if is_sentence else part for part, is_sentence in parts)]

    def _checked_row(self, row: str) -> str:
        cells = row.strip(_ROW_EDGE)
        if not any(find_markers(cells)):
            return row
        before, _, after = row.partition(cells)
        return f"{before}{self._checked(cells)}{after}"

    def _checked(self, sentence: str) -> str:
        bare = with_markers(sentence, lambda _: "")
        claim = bare.strip()
        if not words(claim):
            return bare
        self.statements += 1
        numbers = [int(marker[1]) for marker in find_markers(sentence)]
        passages = {number: self._cited[number - 1] for number in numbers if 1 <= number <= len(self._cited)}
        source = "\n".join(passage.text for passage in passages.values())
        if not supports(claim, source, " ".join(passage.heading for passage in passages.values())):
            return f"{claim} {UNSUPPORTED}"
        self.supported += 1
        # Where one passage says it all, others that do not must not lend it their names.
        kept = {number: one for number, one in passages.items() if supports(claim, one.text, one.heading)} or passages
        for number, passage in kept.items():
            self.quotes.setdefault(number, _closest_sentence(claim, passage.text))
        return with_markers(_without_others(sentence, kept), self._renumbered)

    def _renumbered(self, marker: re.Match[str]) -> str:
        return marker_like(marker, list(self.quotes).index(int(marker[1])) + 1)


def _without_others(sentence: str, kept: Container[int]) -> str:
    """The sentence with the markers that are ``kept``; one that follows others takes over their distance."""
    gap, end = "", -1

    def change(marker: re.Match[str]) -> str:
        nonlocal gap, end
        gap = (gap if marker.start() == end else "") or marker[0][: marker[0].index("[")]
        end = marker.end()
        if int(marker[1]) not in kept:
            return ""
        text, gap = f"{gap}[{marker[1]}]", ""
        return text

    return with_markers(sentence, change)


def _parts(text: str) -> Iterator[tuple[str, bool]]:
    """The parts of a paragraph in order, joined they are it: (sentence with its markers, True), (what is not, False).

    A marker after the full stop belongs to the sentence before it.
    """
    start = len(text) - len(BLOCK_START.sub("", text, count=1))
    yield text[:start], False
    blank = list(text)
    for hidden in [*find_markers(text), *_LINE_BREAK.finditer(text)]:
        blank[hidden.start() : hidden.end()] = " " * len(hidden[0])
    shadow = "".join(blank)[start:]
    starts = [start + word.start() for word in re.finditer(r"\S+", shadow)]
    position = 0
    for sentence in split_sentences(shadow):
        position += len(sentence.split())
        end = starts[position] if position < len(starts) else len(text)
        body = text[start:end].rstrip("\\ \t\r\n")
        yield body, True
        yield text[start + len(body) : end], False
        start = end
    # Markers without a sentence cite nothing.
    yield with_markers(text[start:], lambda _: ""), False


def _closest_sentence(claim: str, source: str) -> str:
    candidates = list(_quotable(source)) or [source]
    wanted = stems(claim)
    return max(candidates, key=lambda quote: (folded(claim) == folded(quote), len(wanted & stems(quote))))


def _quotable(source: str) -> Iterator[str]:
    lines = source.split("\n")
    for kind, first, last in leaves(source):
        if kind in _CODE:
            yield "\n".join(lines[first:last])
        elif kind is Leaf.TABLE:
            yield from (line.strip() for line in lines[first:last])
        else:
            yield from (part for part, is_sentence in _parts("\n".join(lines[first:last])) if is_sentence)

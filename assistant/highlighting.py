"""A passage with the words marked that an answer took from it.

Owns: finding the quoted words in the passage, and the Markdown that shows them on a coloured background, as the app's
renderer reads it (``:primary-background[words]``). Pure. Refuses: making anything else of the passage active
(``assistant.markdown`` cleans it).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.blocks import Leaf, code_spans, leaves
from assistant.markdown import safe_markdown
from assistant.markers import BLOCK_START

_OPEN, _CLOSE = "\ue000", "\ue001"
"""Characters for private use that stand for the marking while the passage is cleaned."""
_MARKED = re.compile(rf"{_OPEN}([^{_OPEN}{_CLOSE}]*) {_CLOSE}(?P<next>[(\[{{:]?)")
_MARKING = re.compile(f"{_OPEN}| ?{_CLOSE}")
_CODE = frozenset({Leaf.CODE, Leaf.INDENTED_CODE})
_BRACKET = re.compile(r"\\.|[\[\]]", re.DOTALL)
_CELL = re.compile(r"(?<!\\)\|")
_QUOTED_CODE = "Quoted"


def split_passage(passage: str, quote: str) -> tuple[str, str, str]:
    """The passage before the quote, the quote as it stands there, and the passage after it.

    White space and case need not agree. Where the quote is not found, everything is before it.
    """
    start = passage.find(quote) if quote.strip() else -1
    if start >= 0:
        return passage[:start], quote, passage[start + len(quote) :]
    pattern = r"\s+".join(map(re.escape, quote.split()))
    found = re.search(pattern, passage, re.IGNORECASE) if pattern else None
    if found is None:
        return passage, "", ""
    return passage[: found.start()], found[0], passage[found.end() :]


def highlighted_passage(passage: str, quote: str) -> str:
    """The passage as safe Markdown with the quote on a coloured background; without, where it is not found.

    In code nothing can be marked, so a quoted block of code gets a marked word above it.
    """
    passage = _MARKING.sub("", passage)
    before, words, after = split_passage(passage, _MARKING.sub("", quote))
    if not words:
        return safe_markdown(passage)
    cleaned = safe_markdown(before + _marked(words, _kind_at(passage, len(before))) + after)
    lines = cleaned.split("\n")
    return "\n".join(
        _unmarked(line) if kind in _CODE else _coloured(line)
        for kind, first, last in leaves(cleaned)
        for line in lines[first:last]
    )


def _kind_at(passage: str, position: int) -> Leaf:
    line = passage.count("\n", 0, position)
    return next(kind for kind, first, last in leaves(passage) if first <= line < last)


def _marked(words: str, kind: Leaf) -> str:
    if kind in _CODE:
        return f"{_OPEN}{_QUOTED_CODE} {_CLOSE}\n\n{words}"
    if kind is Leaf.TABLE:
        return "|".join(_around_words(cell) for cell in _CELL.split(words))
    return "\n".join(_around_words(line, BLOCK_START) for line in words.split("\n"))


def _around_words(text: str, kept: re.Pattern[str] = re.compile(r"\s*")) -> str:
    start = kept.match(text)
    first = start.end() if start else 0
    words = text[first:].rstrip()
    # The space keeps the mark out of a bare link, which ends at one.
    return f"{text[:first]}{_OPEN}{words} {_CLOSE}{text[first + len(words) :]}" if words else text


def _unmarked(line: str) -> str:
    return _MARKING.sub("", line)


def _coloured(line: str) -> str:
    spans = list(code_spans(line))
    if any(first < mark.end() <= last for mark in _MARKING.finditer(line) for first, last in spans):
        return _unmarked(line)  # the quote begins or ends in the middle of code
    # What follows must not be read as the address of a link, or as attributes.
    return _unmarked(_MARKED.sub(lambda m: _highlighted(m[1]) + (f"\\{m['next']}" if m["next"] else ""), line))


def _highlighted(line: str) -> str:
    return "".join(f":primary-background[{part}]" if marked else part for part, marked in _parts(line))


def _parts(line: str) -> Iterator[tuple[str, bool]]:
    """What can be marked and what cannot: brackets end the marking, and in code no backslash keeps them from it."""
    start = 0
    for first, last in [*code_spans(line), (len(line), len(line))]:
        if "[" in line[first:last] or "]" in line[first:last] or first == len(line):
            words = line[start:first]
            bare = words.strip()
            if bare:
                yield words[: words.index(bare)], False
                yield _escaped(bare), True
                yield words[words.index(bare) + len(bare) :], False
            else:
                yield words, False
            yield line[first:last], False
            start = last


def _escaped(words: str) -> str:
    pieces: list[str] = []
    start = 0
    for first, last in [*code_spans(words), (len(words), len(words))]:
        outside = _BRACKET.sub(lambda piece: piece[0] if piece[0][1:] else f"\\{piece[0]}", words[start:first])
        pieces += (outside, words[first:last])
        start = last
    return "".join(pieces)

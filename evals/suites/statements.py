"""The statements of an answer, and whether each stands word for word in a passage it cites.

Owns: cutting an answer at its citations, without the gate's own code (``assistant.citing``), which is what is checked
here. Refuses: paraphrases: a model's words are judged by the share that the gate supports.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.blocks import Leaf, leaves
from assistant.domain import Answer
from assistant.words import stems, words

_MARKERS = re.compile(r"(?:[ \t]*\[\d{1,3}\])+")
_NUMBER = re.compile(r"\d+")
_LIST_MARKER = re.compile(r"^[\s>]*(?:(?:[-*+]|\d{1,9}[.)])\s+)?")
_ROW_EDGES = " |"
_CODE = frozenset({Leaf.CODE, Leaf.INDENTED_CODE})
_ALIKE = 0.8
"""Share of the stems of two statements, of all that either has, from which on they say the same."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A piece of an answer with the numbers it cites; ``needs_citation`` is False for code and a table's head."""

    text: str
    cited: tuple[int, ...]
    needs_citation: bool = True


def statements(text: str) -> tuple[Statement, ...]:
    """What an answer states, in order: sentences up to their markers, rows of tables, blocks of code. No headings."""
    lines = text.split("\n")
    found: list[Statement] = []
    for kind, first, last in leaves(text):
        block = lines[first:last]
        if kind in _CODE:
            body = block[1:-1] if kind is Leaf.CODE else block
            found.append(Statement("\n".join(body), (), needs_citation=False))
        elif kind is Leaf.TABLE:
            # The first two lines are the head and the rule below it.
            found += [Statement(one.text, one.cited, bool(one.cited)) for row in block[:1] for one in _row(row)]
            found += [one for row in block[2:] for one in _row(row)]
        elif kind is not Leaf.HEADING:
            found += _sentences("\n".join(block))
    return tuple(one for one in found if words(one.text))


def _row(row: str) -> Iterator[Statement]:
    yield Statement(_MARKERS.sub("", row).strip(_ROW_EDGES), _numbers(row))


def _sentences(block: str) -> Iterator[Statement]:
    start = 0
    for marker in _MARKERS.finditer(block):
        yield Statement(_bare(block[start : marker.start()]), _numbers(marker[0]))
        start = marker.end()
    yield Statement(_bare(block[start:]), ())


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(number) for marker in _MARKERS.findall(text) for number in _NUMBER.findall(marker))


def _bare(text: str) -> str:
    return _LIST_MARKER.sub("", text, count=1).strip()


def citation_pairs(answer: Answer, passages: Mapping[str, str]) -> tuple[int, int]:
    """Of the pairs of a sentence or row and a passage it cites, those in which it stands there, and all of them."""
    texts = {one.n: _flat(passages.get(one.passage_id, "")) for one in answer.citations}
    pairs = [_flat(one.text) in texts.get(n, "") for one in statements(answer.text) for n in dict.fromkeys(one.cited)]
    return sum(pairs), len(pairs)


def ungrounded(answer: Answer, passages: Mapping[str, str]) -> tuple[str, ...]:
    """Sentences and rows that do not stand word for word, white space aside, in a passage that they cite.

    ``passages`` are texts by passage id. What cites nothing stands nowhere.
    """
    texts = {one.n: _flat(passages.get(one.passage_id, "")) for one in answer.citations}
    return tuple(
        one.text
        for one in statements(answer.text)
        if one.needs_citation and not any(_flat(one.text) in texts.get(n, "") for n in one.cited)
    )


def uncited_code(answer: Answer, passages: Mapping[str, str]) -> tuple[int, int]:
    """How many blocks of code and heads of tables stand in no passage that the answer cites, and how many there are."""
    texts = [_flat(passages.get(one.passage_id, "")) for one in answer.citations]
    blocks = [_flat(one.text) for one in statements(answer.text) if not one.needs_citation]
    return sum(not any(block in text for text in texts) for block in blocks), len(blocks)


def broken_citations(answer: Answer, passages: Mapping[str, str]) -> tuple[str, ...]:
    """Markers without a citation, citations without a marker, and quotes that their passage does not hold."""
    cited = {number for one in statements(answer.text) for number in one.cited}
    listed = {one.n for one in answer.citations}
    broken = [f"[{number}] points nowhere" for number in sorted(cited - listed)]
    broken += [f"[{number}] is listed and not used" for number in sorted(listed - cited)]
    for one in answer.citations:
        if not one.quote.strip() or _flat(one.quote) not in _flat(passages.get(one.passage_id, "")):
            broken.append(f"[{one.n}] quotes what its passage does not say")
    return tuple(broken)


def repeated(texts: Sequence[str]) -> tuple[int, int]:
    """How many pairs of texts say nearly the same, and how many pairs there are."""
    sets = [found for text in texts if (found := stems(text))]
    pairs = [(a, b) for place, a in enumerate(sets) for b in sets[:place]]
    return sum(len(a & b) >= _ALIKE * len(a | b) for a, b in pairs), len(pairs)


def word_count(text: str) -> int:
    """Words of an answer, markers aside."""
    return len(words(_MARKERS.sub("", text)))


def _flat(text: str) -> str:
    return " ".join(text.split())

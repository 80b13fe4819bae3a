"""Lines of PDF pages to paragraphs, lists, tables and code.

Owns: joining what line and page ends cut, and telling code and tables by their letters and columns. Refuses: guessing
headings. Pure: it knows ``Line``, not PDF.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from assistant.sentences import split_sentences
from ingest.extract.markup import fenced, list_item, prose, table
from ingest.extract.pdf_lines import BULLET, CODE_WIDTH, Line
from ingest.extract.pdf_order import reading_order
from ingest.extract.pdf_running import usual_leading

_BULLET = re.compile(rf"(?:{BULLET.pattern})\s*")
_NUMBERED = re.compile(r"(\d{1,3}[.)]) +(?=\S)")
_ITEM = re.compile(r"(?:-|\d{1,3}[.)]) ")
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st",
                           "\u2010": "-", "\u2011": "-"})  # fmt: skip
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_CUT_WORD = re.compile(r"([^\W\d_]+)-$")
_ENDS = (".", "!", "?", ":", ".”", '."', ".)", "!”", "?”")
_PARAGRAPH_GAP = 1.35  # of the usual distance between lines
_CODE_GAP = 1.1  # of the same, before and after a line of code
_BLANK_LINE_GAP = 1.6
_SIZE_CHANGE = 0.15
_SHORT_LINE = 0.7  # of the longest line
_MIN_COLUMNS = 2
_SAME_COLUMN = 3.0  # points
_ALL_MONOSPACED = 0.7


def page_texts(pages: Sequence[list[Line]]) -> list[str]:
    """The text of each page; a sentence that goes on overleaf is whole on the page where it begins."""
    lines = [line for page in pages for line in page]
    words = Counter(word.lower() for line in lines for word in _WORD.findall(line.text.translate(_LIGATURES)))
    typewritten = sum(line.monospaced for line in lines) > _ALL_MONOSPACED * len(lines)
    blocks = [_page_blocks(reading_order(page), words, code=not typewritten) for page in pages]
    return _joined_overleaf(blocks, words)


def _page_blocks(lines: list[Line], words: Counter[str], *, code: bool) -> list[str]:
    written = [line for line in lines if not (code and line.monospaced)] or lines  # code is set more tightly
    leading = usual_leading(written)
    width = max((len(line.text) for line in written), default=0)
    blocks: list[str] = []
    paragraph: list[Line] = []
    for kind, run in _runs(lines, code=code):
        if kind == "prose":
            for line in run:
                if paragraph and _breaks(paragraph[-1], line, leading, width):
                    blocks.append(_paragraph(paragraph, words))
                    paragraph = []
                paragraph.append(line)
            continue
        if paragraph:
            blocks.append(_paragraph(paragraph, words))
            paragraph = []
        blocks.append(_code(run) if kind == "code" else table(_rows(run)))
    if paragraph:
        blocks.append(_paragraph(paragraph, words))
    return [block for block in blocks if block]


def _runs(lines: list[Line], *, code: bool) -> Iterator[tuple[str, list[Line]]]:
    """Neighbouring lines of a kind: "code", "table" or "prose"; code and tables have two lines at least."""
    start = 0
    while start < len(lines):
        end = start + 1
        if code and lines[start].monospaced:
            while end < len(lines) and lines[end].monospaced:
                end += 1
            kind = "code"
        else:
            while end < len(lines) and (
                _same_columns(lines[start], lines[end])
                or (_continues_cell(lines[start], lines[end - 1], lines[end]) and end - start > 1)
            ):
                end += 1
            kind = "table"
        if end - start == 1:
            kind = "prose"
        yield kind, lines[start:end]
        start = end


def _same_columns(one: Line, other: Line) -> bool:
    if len(one.cells) < _MIN_COLUMNS or len(one.cells) != len(other.cells) or other.y > one.y:
        return False
    return all(abs(a - b) <= _SAME_COLUMN for (a, _), (b, _) in zip(one.cells, other.cells, strict=True))


def _continues_cell(row: Line, before: Line, line: Line) -> bool:
    """Tell whether a line holds only what did not fit into cells of the row above; the first cell begins a row."""
    columns = [x for x, _ in row.cells[1:]]
    return (
        len(row.cells) >= _MIN_COLUMNS
        and 0 < before.y - line.y < _BLANK_LINE_GAP * line.size
        and all(any(abs(x - column) <= _SAME_COLUMN for column in columns) for x, _ in line.cells)
    )


def _rows(lines: list[Line]) -> list[list[str]]:
    rows: list[list[str]] = []
    for line in lines:
        if _same_columns(lines[0], line) or line is lines[0]:
            rows.append([text for _, text in line.cells])
        else:
            for x, text in line.cells:
                column = min(range(len(rows[-1])), key=lambda number: abs(lines[0].cells[number][0] - x))
                rows[-1][column] += f" {text}"
    return rows


def _breaks(before: Line, line: Line, leading: float, width: int) -> bool:
    """Tell whether a paragraph ends between two lines."""
    gap, text = before.y - line.y, line.text
    cut = text[:1].islower() and _CUT_WORD.search(before.text.translate(_LIGATURES)) is not None
    if _is_lone_bullet(before):
        return False
    if _BULLET.match(text) or _NUMBERED.match(text) or abs(before.size - line.size) > _SIZE_CHANGE * before.size:
        return not cut
    if cut:
        return False
    if gap <= 0:  # the next column, or the next page of two
        return not text[:1].islower()
    if leading and gap > (_PARAGRAPH_GAP if before.monospaced == line.monospaced else _CODE_GAP) * leading:
        return True
    return len(before.text) < _SHORT_LINE * width and before.text.endswith(_ENDS)


def _is_lone_bullet(line: Line) -> bool:
    match = _BULLET.match(line.text)
    return match is not None and match.end() == len(line.text)


def _paragraph(lines: list[Line], words: Counter[str]) -> str:
    text = ""
    for line in lines:
        text = _joined(text, line.text.translate(_LIGATURES), words)
    if not any(character.isalnum() for character in text):
        return ""  # bullets that were drawn apart from their items
    if bullet := _BULLET.match(text):
        rest = text[bullet.end() :]
        return list_item(rest) if rest else ""
    if number := _NUMBERED.match(text):
        return list_item(text[number.end() :], number[1])
    return prose(text)


def _joined(text: str, line: str, words: Counter[str]) -> str:
    """``line`` after ``text``; a word that the line end cut is put together."""
    if text.endswith("\u00ad"):
        return text[:-1] + line
    cut = _CUT_WORD.search(text)
    rest = _WORD.match(line)
    if not cut or not rest or not rest[0][0].islower():
        return f"{text} {line}" if text else line
    # The rest of the document knows whether it is "well-known" or "orchestra-tion".
    hyphenated = words[f"{cut[1]}-{rest[0]}".lower()] > words[f"{cut[1]}{rest[0]}".lower()]
    return text + line if hyphenated else text[:-1] + line


def _code(lines: list[Line]) -> str:
    left = min(line.x for line in lines)
    gaps = [a.y - b.y for a, b in pairwise(lines)]
    leading = min((gap for gap in gaps if gap > 0), default=0.0)
    written: list[str] = []
    for line, gap in zip(lines, [0.0, *gaps], strict=True):
        if leading and gap > _BLANK_LINE_GAP * leading:
            written.append("")
        code = ""
        for x, text in line.cells:
            code = code.ljust(round((x - left) / (CODE_WIDTH * line.size)))
            code += text if not code or code.endswith(" ") or text.startswith(" ") else f" {text}"
        written.append(code.rstrip())
    return fenced("\n".join(written))


def _joined_overleaf(pages: list[list[str]], words: Counter[str]) -> list[str]:
    for here, there in pairwise(pages):
        if not here or not there or here[-1].endswith((*_ENDS, "```", "|")) or not there[0][:1].islower():
            continue
        first, *rest = split_sentences(there[0])
        here[-1] = _joined(here[-1], first, words)
        there[0] = " ".join(rest)
    return [_page_text([block for block in page if block]) for page in pages]


def _page_text(blocks: list[str]) -> str:
    text = ""
    for before, block in zip(["", *blocks], blocks, strict=False):
        tight = _ITEM.match(before) and _ITEM.match(block)
        text += block if not text else f"\n{block}" if tight else f"\n\n{block}"
    return text

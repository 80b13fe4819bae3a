"""Markdown that is safe to render, also while it is still streaming in.

Owns: taking images, HTML, mathematics, directives and unchecked links out of text from models and documents, outside
code. Pure. Refuses: trusting its own rules: the result is parsed again, and what still holds something active is shown
as one block of code instead.

The app renders with remark: CommonMark with GitHub's tables and bare links, mathematics between dollar signs,
directives (``:name[text]``) and emoji (``:name:``). Bare links and emoji are found after escapes are resolved, so a
backslash does not stop them; only code does.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from assistant.blocks import BACKTICKS, Leaf, code_spans, leaves

_ACTIVE = "active"
_UNSAFE = frozenset({"image", "html_inline", "html_block", _ACTIVE})
_LITERAL = (
    r"https?://[^\s`<>|]+|www\.[^\s`<>|]*"
    r"|(?:(?<![\w.+-])|(?<=\\[_.+-]))[\w.+-]+@[\w-]+\.[\w+/.:@-]*"
    r"|(?<![\w+/.:-])(?=[\w+/.:-]*?:[+/-]*\w[\w+/-]*:)[\w+/.:-]+"
)
"""A bare link, an e-mail address, or a word with an emoji's ``:name:`` in it (as 10:30:45 could be)."""
_BARE = re.compile(_LITERAL, re.IGNORECASE)
_DIRECTIVE = re.compile(r":(?![ \n!-/:-@\[-`{-~]|\Z)")
_PIECE = re.compile(
    r"(?P<kept>\\(?:[!-/:-@\[-`{-~]|\n|\Z))"
    rf"|(?P<literal>{_LITERAL})"
    rf"|(?<=!)\[|(?<=\])[(:]|{_DIRECTIVE.pattern}|[\\<$`]",
    re.IGNORECASE,
)
"""An escape that is inert already, what only code makes inert, or a character that a backslash makes inert."""
_LINK = re.compile(r"(?<![!\\])\[(?P<text>[^\[\]]*)(?<!\\)\]\((?P<url>https?://[^\s()<>]+)\)")
_CELL_END = re.compile(r"((?<!\\)(?:\\\\)*\|)")
_DELIMITER_ROW = frozenset(" \t>*+-0123456789.)|:")
_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
_TAB = 4
_INDENT = re.compile(r"^(?: {4}| {0,3}\t)")
_AFTER_LINK = "?!.,*_~'\")]"


def safe_markdown(text: str, allowed_urls: Collection[str] = ()) -> str:
    """The text with every image, HTML tag, formula and link that is not in ``allowed_urls`` made inert.

    Inert text keeps its characters: the learner sees what was written, but nothing is fetched or clickable. Safe for
    every prefix of a text, so a growing answer can be rendered again and again.
    """
    text = _without_tabs(text.replace("\r\n", "\n").replace("\r", "\n"))
    lines = text.split("\n")
    rows = _possible_rows(lines)
    pieces: list[str] = []
    for kind, first, last in leaves(text):
        if kind is Leaf.CODE:
            pieces += lines[first:last]
        elif kind is Leaf.INDENTED_CODE:
            # Parsers do not agree on where a list ends, and so neither on what is indented enough.
            pieces.append(_as_code("\n".join(_INDENT.sub("", line, count=1) for line in lines[first:last])))
        else:
            pieces += [_cleaned(lines[row], allowed_urls, is_row=row in rows) for row in range(first, last)]
    cleaned = "\n".join(pieces)
    return cleaned if _is_safe(cleaned, allowed_urls) else _as_code(text)


def plain_text(text: str) -> str:
    """The text on one line with every Markdown character escaped, for titles and quotations."""
    line = " ".join(text.split())
    pieces: list[str] = []
    start = 0
    for literal in _BARE.finditer(line):
        pieces += (_PUNCTUATION.sub(r"\\\1", line[start : literal.start()]), f"`{literal[0]}`")
        start = literal.end()
    pieces.append(_PUNCTUATION.sub(r"\\\1", line[start:]))
    return "".join(pieces)


def _without_tabs(text: str) -> str:
    """The text with spaces for tabs outside code: parsers do not agree on the width of a tab after a list marker."""
    lines = text.split("\n")
    for kind, first, last in leaves(text):
        if kind not in {Leaf.CODE, Leaf.INDENTED_CODE}:
            lines[first:last] = [line.expandtabs(_TAB) for line in lines[first:last]]
    return "\n".join(lines)


def _possible_rows(lines: Sequence[str]) -> set[int]:
    """The lines that some parser may take for the row of a table."""
    rows: set[int] = set()
    in_table = False
    for number, line in enumerate(lines):
        if "-" in line and ("|" in line or ":" in line) and _DELIMITER_ROW.issuperset(line):
            in_table = True
            rows.add(number - 1)
        in_table = in_table and bool(line.strip(" >"))
        if in_table:
            rows.add(number)
    return rows


def _cleaned(line: str, allowed_urls: Collection[str], *, is_row: bool) -> str:
    # Code is not followed across lines and cells: a cell ends at its pipe, also inside backticks, and parsers do not
    # agree on which lines begin a block in the middle of a paragraph.
    if is_row:
        pieces = _CELL_END.split(line)
        pieces[::2] = [_cleaned(piece, allowed_urls, is_row=False) for piece in pieces[::2]]
        return "".join(pieces)
    cleaned = ""
    start = 0
    for first, last in [*code_spans(line), (len(line), len(line))]:
        for piece in (_inert(line[start:first], allowed_urls), line[first:last]):
            # Two spans of code that touch would be read as one.
            cleaned += " " + piece if cleaned.endswith("`") and piece.startswith("`") else piece
        start = last
    return cleaned


def _inert(text: str, allowed_urls: Collection[str]) -> str:
    pieces: list[str] = []
    start = 0
    for link in _LINK.finditer(text):
        if link["url"] in allowed_urls:
            pieces += (_escaped(text[start : link.start()]), f"[{_escaped(link['text'])}]({link['url']})")
            start = link.end()
    pieces.append(_escaped(text[start:]))
    return "".join(pieces)


def _escaped(text: str) -> str:
    return _PIECE.sub(_escaped_piece, text)


def _escaped_piece(match: re.Match[str]) -> str:
    if match["kept"]:
        return match[0]
    if match["literal"] is None:
        return f"\\{match[0]}"
    literal = match[0].rstrip(_AFTER_LINK)
    return f"`{literal}`{_escaped(match[0][len(literal) :])}"


def _as_code(text: str) -> str:
    fence = "`" * max(3, *(len(run[2]) + 1 for run in BACKTICKS.finditer(f"`{text}")))
    return f"{fence}text\n{text}\n{fence}"


def _is_safe(text: str, allowed_urls: Collection[str]) -> bool:
    allowed = {_parser().normalizeLink(url) for url in allowed_urls}
    return not any(
        token.type in _UNSAFE
        or (token.type == "link_open" and token.attrs.get("href") not in allowed)
        or (token.type == "text" and _BARE.search(token.content))
        for token in _all_tokens(_parser().parse(text))
    )


def _all_tokens(tokens: list[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from token.children or ()


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark").enable("table")
    parser.inline.ruler.push(_ACTIVE, _read_active)
    return parser


def _read_active(state: StateInline, silent: bool) -> bool:
    """Read a dollar sign, or a colon that opens a directive, where neither a backslash nor code makes it inert."""
    if state.src[state.pos] != "$" and not _DIRECTIVE.match(state.src, state.pos):
        return False
    if not silent:
        state.push(_ACTIVE, "", 0)
    state.pos += 1
    return True

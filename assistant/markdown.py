"""Markdown that is safe to render, also while it is still streaming in.

Owns: taking images, HTML, mathematics, directives and unchecked links out of text from models and documents, outside
code; and where the blocks of a text begin and end. Pure. Refuses: trusting its own rules: the result is parsed again,
and what still holds something active is shown as one block of code instead.

The app renders with remark: CommonMark with GitHub's tables and bare links, mathematics between dollar signs,
directives (``:name[text]``) and emoji (``:name:``). Bare links and emoji are found after escapes are resolved, so a
backslash does not stop them; only code does.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterator
from enum import StrEnum
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

_ACTIVE = "active"
_UNSAFE = frozenset({"image", "html_inline", "html_block", _ACTIVE})
_LITERAL = (
    r"(?:https?://|www\.)[^\s`<>|]+"
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
_LINE_END = re.compile(r"(\n)")
_CELL_END = re.compile(r"((?<!\\)\||\n)")
_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
_BACKTICKS = re.compile(r"`+")
_AFTER_LINK = "?!.,*_~'\")]"


class Leaf(StrEnum):
    """What the lines of a block hold."""

    TEXT = "text"
    HEADING = "heading"
    TABLE = "table"
    CODE = "code"


_LEAVES = {"fence": Leaf.CODE, "code_block": Leaf.CODE, "table_open": Leaf.TABLE, "heading_open": Leaf.HEADING}


def safe_markdown(text: str, allowed_urls: Collection[str] = ()) -> str:
    """The text with every image, HTML tag, formula and link that is not in ``allowed_urls`` made inert.

    Inert text keeps its characters: the learner sees what was written, but nothing is fetched or clickable. Safe for
    every prefix of a text, so a growing answer can be rendered again and again.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    lines = text.split("\n")
    cleaned = "\n".join(
        _cleaned(kind, "\n".join(lines[first:last]), allowed_urls) for kind, first, last in leaves(text)
    )
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


def leaves(text: str) -> Iterator[tuple[Leaf, int, int]]:
    """The lines of a text by what they hold, as (kind, first line, line after the last), in order and without gaps.

    A paragraph is one piece, whatever list or quotation it stands in, and its lines keep the markers of those. A line
    that belongs to no block, as a blank one, is a piece of its own. Lines end with a line feed.
    """
    done = 0
    for token in _parser().parse(text):
        kind = Leaf.TEXT if token.type == "inline" else _LEAVES.get(token.type)
        # A heading and a table come before the texts in them, which begin on lines that are done by then.
        if kind and token.map and token.map[0] >= done:
            first, last = token.map
            yield from ((Leaf.TEXT, line, line + 1) for line in range(done, first))
            yield kind, first, last
            done = last
    yield from ((Leaf.TEXT, line, line + 1) for line in range(done, text.count("\n") + 1))


def code_spans(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of every inline code span of a line, backticks included, in order.

    A backslash keeps a backtick from opening code, not from closing it.
    """
    starts: dict[int, list[int]] = defaultdict(list)
    runs = [run.span() for run in _BACKTICKS.finditer(text)]
    for start, end in runs:
        starts[end - start].append(start)
    done = 0
    for start, end in runs:
        if start < done:
            continue
        backslashes = len(text[done:start]) - len(text[done:start].rstrip("\\"))
        opening = start + backslashes % 2
        closing = starts.get(end - opening, [])
        place = bisect_left(closing, end)
        if place < len(closing):
            done = closing[place] + end - opening
            yield opening, done


def _cleaned(kind: Leaf, text: str, allowed_urls: Collection[str]) -> str:
    if kind is Leaf.CODE:
        return text
    # A cell ends at its pipe, also where that is inside backticks. Code is not followed across lines: renderers do not
    # agree on what may begin a block in the middle of a paragraph.
    pieces = (_CELL_END if kind is Leaf.TABLE else _LINE_END).split(text)
    pieces[::2] = [_cleaned_prose(piece, allowed_urls) for piece in pieces[::2]]
    return "".join(pieces)


def _cleaned_prose(text: str, allowed_urls: Collection[str]) -> str:
    cleaned = ""
    start = 0
    for first, last in [*code_spans(text), (len(text), len(text))]:
        for piece in (_inert(text[start:first], allowed_urls), text[first:last]):
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
    literal = match[0].rstrip(_AFTER_LINK) or match[0]
    return f"`{literal}`{_escaped(match[0][len(literal) :])}"


def _as_code(text: str) -> str:
    fence = "`" * max(3, *(len(run) + 1 for run in ["", *_BACKTICKS.findall(text)]))
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

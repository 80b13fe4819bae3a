"""One pass over the lines of a Markdown file: what is code, what is a comment, what is prose.

Owns: everything that decides whether a line is code: fences (also inside quotes and lists), indented code, comments.
Refuses: what a line of prose means (``inline``, ``links``, ``raw_html``).

Code is taken out and replaced by a token, so that nothing done to prose can touch it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field

from assistant.sentences import code_spans, fence_closed, fence_opened
from ingest.extract.markup import fenced

_QUOTES = re.compile(r"(?:[ ]{0,3}>[ ]?)+")
_CALLOUT = re.compile(r"\[!([A-Za-z][\w-]*)(?:\|[^\]]*)?\][+-]?[ \t]*(.*)")
_LIST_MARKER = re.compile(r"\s*(?:[-*+]|[0-9]{1,9}[.)])\s+(?=\S)")
_COMMENTS = {"<!--": "-->", "%%": "%%"}
_QUERIES = frozenset(("dataview", "dataviewjs", "tasks", "query", "base", "button"))
"""Obsidian shows the results of such a block, not its words."""
_COMMENT_START = re.compile(r"<!--|(?<![\w%])%%")  # not in "100%%"
_INDENTED = re.compile(r"(?: {4}|\t)")
_TAB = 4
_TOKEN = re.compile("\x00([0-9]+)\x00")


@dataclass(slots=True)
class Scanned:
    """``prose`` has a token on a line of its own for every block of code; ``restore`` puts them back."""

    prose: str = ""
    code: list[str] = field(default_factory=list)

    def token(self, code: str) -> str:
        """Keep ``code`` and return what stands for it."""
        self.code.append(code)
        return f"\x00{len(self.code) - 1}\x00"

    def restore(self, text: str) -> str:
        """Put the kept code back into ``text``."""
        return _TOKEN.sub(lambda match: self.code[int(match[1])], text)


def scan(text: str, *, mdx: bool = False) -> Scanned:
    """Scan a text without front matter and without NUL; in MDX an indented tag is no code."""
    scanner = _Scanner(text.count("%%"), mdx=mdx)
    for line in text.split("\n"):
        scanner.read(line)
    return scanner.finish()


class _Scanner:
    """The state while the lines go by."""

    def __init__(self, percent_marks: int, *, mdx: bool) -> None:
        self._mdx = mdx
        self._percent_marks = percent_marks  # that are still to come
        self._scanned = Scanned()
        self._lines: list[str] = []  # of prose
        self._code: list[str] = []
        self._fence = ""
        self._language = ""
        self._indent = 0  # of the opening fence
        self._comment_end = ""
        self._quoted = False
        self._in_list = False
        self._indented: list[str] = []

    def read(self, raw: str) -> None:
        """Take the next line."""
        self._percent_marks -= raw.count("%%")
        line, quoted = _unquoted(raw)
        if quoted != self._quoted and not (self._fence and quoted):
            self._close_fence()
            self._close_indented()
            if self._lines and not self._comment_end:
                self._lines.append("")  # a quotation begins or ends a paragraph
            self._quoted = quoted
        if self._fence:
            self._read_code(raw if quoted and not self._quoted else line)
        elif self._comment_end:
            self._read_comment(line)
        else:
            self._read_prose(line)

    def finish(self) -> Scanned:
        """Close what is open; a fence without an end reaches to the end of the file."""
        self._close_fence()
        self._close_indented()
        self._scanned.prose = "\n".join(self._lines)
        return self._scanned

    def _read_code(self, line: str) -> None:
        if fence_closed(line.strip(), self._fence):
            self._close_fence()
        else:
            self._code.append(_dedented(line, self._indent))

    def _read_comment(self, line: str) -> None:
        _, end, rest = line.partition(self._comment_end)
        if end:
            self._comment_end = ""
            if rest.strip():
                self._read_prose(rest)

    def _read_prose(self, line: str) -> None:
        indent = len(line.expandtabs(_TAB)) - len(line.expandtabs(_TAB).lstrip())
        if (indent < _TAB or self._in_list) and (fence := fence_opened(line.strip())):
            self._close_indented()
            self._fence, self._indent = fence, indent
            info = line.strip()[len(fence) :].split()
            self._language = info[0].strip("{}.") if info else ""
        elif self._is_indented_code(line):
            self._indented.append(_dedented(line, _TAB))
        else:
            self._close_indented()
            line = self._without_comments(line)
            self._lines.append(_without_callout(line) if self._quoted else line)
            self._follow_lists(line)

    def _is_indented_code(self, line: str) -> bool:
        if self._in_list:
            return False
        if not line.strip():
            return bool(self._indented)
        if self._mdx and line.lstrip().startswith("<"):
            return False
        after_blank = not self._lines or not self._lines[-1].strip() or self._lines[-1].startswith("\x00")
        return _INDENTED.match(line) is not None and (bool(self._indented) or after_blank)

    def _follow_lists(self, line: str) -> None:
        if _LIST_MARKER.match(line):
            self._in_list = True
        elif line.strip() and not line[:1].isspace() and (line[0] == "#" or not "".join(self._lines[-2:-1]).strip()):
            self._in_list = False  # a heading, or an unindented paragraph after a blank line, ends every list

    def _without_comments(self, line: str) -> str:
        if not _COMMENT_START.search(line):
            return line
        spans = code_spans(line)
        kept, position = "", 0
        while start := _comment_start(line, position, spans):
            kept += line[position : start.start()]
            end_mark = _COMMENTS[start[0]]
            end = line.find(end_mark, start.end())
            if end < 0 and end_mark == "%%" and not self._percent_marks:
                # Never closed: percent signs, not a comment that would swallow the rest of the note.
                return kept + line[start.start() :]
            if end < 0:
                self._comment_end = end_mark
                return kept
            position = end + len(end_mark)
        return kept + line[position:]

    def _close_fence(self) -> None:
        if self._fence:
            self._put(self._code, self._language)
        self._fence, self._code = "", []

    def _close_indented(self) -> None:
        while self._indented and not self._indented[-1].strip():
            self._indented.pop()
        if self._indented:
            self._put(self._indented, "")
        self._indented = []

    def _put(self, code: list[str], language: str) -> None:
        if language not in _QUERIES and any(line.strip() for line in code):
            self._lines += ["", self._scanned.token(fenced("\n".join(code), language)), ""]


def _unquoted(line: str) -> tuple[str, bool]:
    match = _QUOTES.match(line)
    return (line[match.end() :], True) if match else (line, False)


def _without_callout(line: str) -> str:
    """A callout's own title is a sentence of the note; its type alone ("[!warning]") is decoration."""
    match = _CALLOUT.fullmatch(line.strip())
    if not match:
        return line
    return f"**{match[2]}**\n" if match[2] else ""


def _comment_start(line: str, position: int, spans: list[tuple[int, int]]) -> re.Match[str] | None:
    for match in _COMMENT_START.finditer(line, position):
        before = bisect_right(spans, (match.start(), len(line))) - 1
        if before < 0 or spans[before][1] <= match.start():
            return match
    return None


def _dedented(line: str, indent: int) -> str:
    wide = line.expandtabs(_TAB) if line[:indent].strip(" ") else line
    return wide[min(indent, len(wide) - len(wide.lstrip(" "))) :]

"""Where a sentence of English technical prose ends, and which blocks a piece of Markdown is made of.

Owns: sentence boundaries, inline code spans, code fences, and the four kinds of blocks the notes use.
Refuses: headings (``notes`` reads those), inline markup other than code, and any judgement of style.
When in doubt two sentences stay together: a long quotation is harmless, half a sentence is not.
Everything here is linear in the length of its input.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum

_TERMINATORS = (".", "!", "?")
_CLOSING = ")]}\"'”’»*_"
_OPENING = "([{\"'“‘«*_"
_QUOTES = "\"'“‘«"

# Abbreviations, without their last period. The first group never ends a sentence, the second does not before a
# number, the third does not before a lower-case word. Case matters: "Sec. 3" is a section, "5 sec. 3 ..." is not.
_NEVER_LAST = frozenset({"e.g", "E.g", "i.e", "I.e", "vs", "Vs", "cf", "Cf", "viz", "Dr", "Mr", "Mrs", "Prof"})
_BEFORE_NUMBER = frozenset({"Fig", "Figs", "fig", "Eq", "Sec", "Ch", "Vol", "No", "Nos", "Art", "p", "pp", "al"})
_BEFORE_LOWER = frozenset({"etc", "approx", "resp", "incl", "excl"})

_DOTTED = re.compile(r"[A-Za-z](?:\.[A-Za-z])+")
# Words that open a sentence but never go on with a name: "made in the U.S. The ..." ends, "the U.S. East" does not.
_STARTER = re.compile(
    "A|After|All|An|And|As|At|Before|Both|But|By|Each|Every|For|From|However|If|In|It|Its|No|None|On|Or|Since|So|The"
    "|Then|There|These|They|This|Those|To|Use|When|Whereas|While|With|Without|You"
)
_BEFORE_INITIAL = frozenset({"and", "by", "from", "of", "with"})

# Names that stay in lower case at the start of a sentence. Mixed case (gRPC, eBPF) and digits (k6) need no list.
_MIXED_CASE = re.compile(r"[a-z]+[A-Z0-9]")
_LOWER_CASE_NAME = re.compile(
    r"(?:cert-manager|cgroups|containerd|cosign|cron|curl|dbt|etcd|git|iptables|jq|kube-proxy|kubectl|kubelet"
    r"|kustomize|minikube|npm|pandas|pip|pytest|runc|scikit-learn|systemd)(?![\w-])"
)

_BACKTICKS = re.compile(r"`+")
_FENCE = re.compile(r" {0,3}(`{3,}(?=[^`]*$)|~{3,})")
_MARKER = re.compile(r"(?:[-*+]|[0-9]{1,9}[.)])(?:\s+|$)")
_TAB = 4


class BlockKind(StrEnum):
    """What a block of Markdown is."""

    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    TABLE = "table"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Block:
    """One block. A paragraph and a list item (without its marker) are one line of text; table and code are whole.

    ``line`` is the offset of the block's first line in the Markdown it came from, from 0; equality ignores it.
    """

    kind: BlockKind
    text: str
    line: int = field(default=0, compare=False)


def split_sentences(paragraph: str) -> list[str]:
    """Return the sentences of one paragraph, white space made single; joined by spaces they are the paragraph."""
    words = paragraph.split()
    in_code = _words_cut_by_code(words)
    sentences: list[str] = []
    start = 0
    for i in range(len(words)):
        if i == len(words) - 1 or (i not in in_code and _ends_sentence(words, start, i)):
            sentences.append(" ".join(words[start : i + 1]))
            start = i + 1
    return sentences


def code_spans(text: str) -> list[tuple[int, int]]:
    """Return the start and end of every inline code span, backticks included, in order."""
    runs = list(_BACKTICKS.finditer(text))
    closing: list[int | None] = [None] * len(runs)
    next_of_length: dict[int, int] = {}
    for i in range(len(runs) - 1, -1, -1):
        length = len(runs[i][0])
        closing[i] = next_of_length.get(length)
        next_of_length[length] = i
    spans: list[tuple[int, int]] = []
    i = 0
    while i < len(runs):
        end = closing[i]
        if end is not None:
            spans.append((runs[i].start(), runs[end].end()))
            i = end
        i += 1
    return spans


def fence_opened(line: str) -> str | None:
    """Return the backticks or tildes with which ``line`` opens a fenced code block, or None."""
    match = _FENCE.match(line)
    return match[1] if match else None


def fence_closed(line: str, fence: str) -> bool:
    """Tell whether ``line`` closes the block that ``fence`` opened; a closing fence may be longer."""
    match = _FENCE.match(line)
    return match is not None and match[1].startswith(fence) and not line[match.end() :].strip()


def prose_blocks(markdown: str) -> list[Block]:
    """Return the blocks of a section in order; nested and continued lines of a list item join the item."""
    reader = _BlockReader()
    for offset, line in enumerate(markdown.replace("\r\n", "\n").split("\n")):
        reader.read(offset, line)
    reader.finish()
    return reader.blocks


def _words_cut_by_code(words: list[str]) -> set[int]:
    """Return the words that are followed by a space inside inline code: no sentence ends there."""
    spans = code_spans(" ".join(words))
    cut: set[int] = set()
    position = -1
    span = 0
    for i, word in enumerate(words):
        position += len(word) + 1
        while span < len(spans) and spans[span][1] <= position:
            span += 1
        if span < len(spans) and spans[span][0] < position:
            cut.add(i)
    return cut


def _ends_sentence(words: list[str], start: int, i: int) -> bool:
    core = words[i].rstrip(_CLOSING)
    if not core.endswith(_TERMINATORS) or core.endswith("..") or not _opens_sentence(words[i + 1]):
        return False
    if not core.endswith("."):
        return True
    stem = core[:-1].lstrip(_OPENING)
    previous = words[i - 1] if i > start else None
    following = words[i + 1].lstrip(_OPENING).rstrip(",")
    return not (
        _is_abbreviation(stem, following)
        or _is_initial(stem, previous, following)
        or (previous is None and stem.isdecimal())  # "1. Install the chart." keeps its number
    )


def _opens_sentence(word: str) -> bool:
    if word[0] in _QUOTES:
        return True
    bare = word.lstrip(_OPENING)
    if bare[:1].isupper() or bare[:1].isdigit() or bare.startswith("`"):
        return True
    return _MIXED_CASE.match(bare) is not None or _LOWER_CASE_NAME.match(bare) is not None


def _is_abbreviation(stem: str, following: str) -> bool:
    if stem in _NEVER_LAST:
        return True
    if stem in _BEFORE_NUMBER and following[:1].isdigit():
        return True
    if stem in _BEFORE_LOWER and following[:1].islower():
        return True
    return _DOTTED.fullmatch(stem) is not None and not _STARTER.fullmatch(following)


def _is_initial(stem: str, previous: str | None, following: str) -> bool:
    """Tell "Melvin E. Conway" and "J. R. Smith" from "service A calls service B. Service B ..."."""
    if len(stem) != 1 or not stem.isupper() or not following[:1].isupper() or _STARTER.fullmatch(following):
        return False
    if previous is None or previous in _BEFORE_INITIAL:
        return True
    return previous[0].isupper() and (previous.endswith(".") or previous != following)


class _BlockReader:
    """The state while the lines of one section go by."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._kind: BlockKind | None = None
        self._lines: list[str] = []
        self._line = 0
        self._fence = ""
        self._indent = 0  # of the current list item's marker
        self._blank = False  # whether a blank line follows the current list item

    def read(self, offset: int, line: str) -> None:
        if self._kind is BlockKind.CODE:
            self._lines.append(line)
            if fence_closed(line, self._fence):
                self.finish()
        elif fence := fence_opened(line):
            self._fence = fence
            self._start(BlockKind.CODE, offset, line)
        elif not line.strip():
            self._blank = True
            if self._kind is not BlockKind.LIST_ITEM:
                self.finish()
        else:
            self._read_prose(offset, line)

    def finish(self) -> None:
        """Close the current block, if there is one."""
        if self._kind in (BlockKind.TABLE, BlockKind.CODE):
            text = "\n".join(self._lines)
        else:
            text = " ".join(" ".join(self._lines).split())
        if self._kind is not None and text:
            self.blocks.append(Block(self._kind, text, self._line))
        self._kind = None
        self._lines = []

    def _start(self, kind: BlockKind, offset: int, line: str) -> None:
        self.finish()
        self._kind, self._line, self._lines, self._blank = kind, offset, [line], False

    def _read_prose(self, offset: int, line: str) -> None:
        wide = line.expandtabs(_TAB)
        text = wide.strip()
        indent = len(wide) - len(wide.lstrip())
        in_item = self._kind is BlockKind.LIST_ITEM
        marker = _MARKER.match(text)
        if text.startswith("|"):
            if self._kind is BlockKind.TABLE:
                self._lines.append(text)
            else:
                self._start(BlockKind.TABLE, offset, text)
        elif marker:
            if in_item and indent > self._indent + 1:
                self._lines.append(text[marker.end() :])
            else:
                self._start(BlockKind.LIST_ITEM, offset, text[marker.end() :])
                self._indent = indent
        elif (in_item and (not self._blank or indent > self._indent + 1)) or self._kind is BlockKind.PARAGRAPH:
            self._lines.append(text)
        else:
            self._start(BlockKind.PARAGRAPH, offset, text)

"""A notes file as the rules see it: parsed, with its line numbers and with what was expected of it.

Owns: what the caller tells about a file, where each block and each list item stands, and counting words.
Refuses: judging; a rule asks and decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import TypeVar

from assistant.notes import Heading, ModuleNotes, Section, TopicNotes, headings, parse_module_notes
from assistant.sentences import Block, prose_blocks
from ingest.lint.finding import Code, Finding

_T = TypeVar("_T")
_SECTION_LEVEL = 3
_HAS_LETTER_OR_DIGIT = re.compile(r"[^\W_]")


@dataclass(frozen=True, slots=True)
class ModuleSpec:
    """What the roadmap says about one file: the module's number and title, its (topic id, title) pairs in order."""

    number: int
    title: str
    topics: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Source:
    """One parsed file. ``topic_ids`` are the ids of the whole roadmap."""

    path: str
    spec: ModuleSpec
    topic_ids: frozenset[str]
    notes: ModuleNotes
    headings: tuple[Heading, ...]
    lines: tuple[str, ...]

    def finding(self, line: int, code: Code, message: str) -> Finding:
        """Return a finding in this file."""
        return Finding(self.path, line, code, message)

    def blocks(self, section: Section) -> Iterator[tuple[int, Block]]:
        """Yield the blocks of a section, each with its line in the file."""
        first = next(self._filled_lines(section.line), section.line)
        for block in prose_blocks(section.text):
            yield first + block.line, block

    def sections_below(self, topic_line: int) -> list[Heading]:
        """Return the section headings of the topic whose heading stands at ``topic_line``, in order."""
        below = [heading for heading in self.headings if heading.line > topic_line]
        return list(takewhile(lambda heading: heading.level == _SECTION_LEVEL, below))

    def located(self, items: Sequence[_T], after: int) -> Iterator[tuple[int, _T]]:
        """Yield list items, one per line, with their lines; ``after`` is the line of their heading or question."""
        return zip(self._filled_lines(after), items, strict=False)

    def _filled_lines(self, after: int) -> Iterator[int]:
        return (number for number in range(after + 1, len(self.lines) + 1) if self.lines[number - 1].strip())


def read_source(path: str, text: str, spec: ModuleSpec, topic_ids: frozenset[str]) -> Source:
    """Parse one file; raises ``assistant.notes.NotesFormatError`` when its format is broken."""
    notes = parse_module_notes(text, path)
    return Source(path, spec, topic_ids, notes, headings(text, path), tuple(text.split("\n")))


def section_of(topic: TopicNotes, heading: str) -> Section | None:
    """Return the topic's section with this heading, or None."""
    return next((section for section in topic.sections if section.heading == heading), None)


def count_words(text: str) -> int:
    """Count what stands between spaces and holds a letter or a digit; table rules and lone operators do not count."""
    return sum(1 for word in text.split() if _HAS_LETTER_OR_DIGIT.search(word))


def quantity_problem(count: int, least: int, most: int | None, noun: str) -> str | None:
    """Return "has 2 steps, not 4-8" when the count is outside the limits, both included."""
    if count >= least and (most is None or count <= most):
        return None
    wanted = f"at least {least}" if most is None else f"{least}-{most}" if most > least else str(least)
    return f"has {count} {noun}, not {wanted}"

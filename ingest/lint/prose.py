"""The author's prose with its places, and the rules for a single piece of it: markup and length.

Owns: which text of a file counts as prose, and in which role. Refuses: code blocks, and comparing pieces (``corpus``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from assistant.notes import CONNECTIONS, PROJECT_SECTIONS, TopicNotes
from assistant.sentences import BlockKind, code_spans, split_sentences
from ingest.lint.finding import Code, Finding
from ingest.lint.source import Source, count_words

_LONGEST_SENTENCE = 45  # words

_CONNECTION_MARK = re.compile(r"^\[\[[a-z0-9-]+\]\]: ")
_NO_MARK = re.compile(r"(?!)")
# Each match is taken out before the next pattern looks, so that an image is not also reported as a link.
_MARKUP = (
    (Code.IMAGE, re.compile(r"!\[[^\[\]]*\](?:\([^()]*\))?")),
    (Code.LINK, re.compile(r"\][(\[]|^\[[^\[\]]*\]: |<?\b(?:https?://|www\.)[^\s<>]*>?", re.IGNORECASE)),
    (Code.HTML, re.compile(r"<[a-z/!?][^<>]*>", re.IGNORECASE)),
    (Code.BOLD, re.compile(r"\*\*|__")),
    (Code.REFERENCE, re.compile(r"\[\[")),
)


class Role(Enum):
    """What a piece of prose is for."""

    OVERVIEW = auto()
    BODY = auto()
    KEY_POINT = auto()
    PROJECT = auto()
    TABLE = auto()
    QUESTION = auto()


FULL_SENTENCES = frozenset({Role.OVERVIEW, Role.BODY, Role.KEY_POINT, Role.PROJECT})


@dataclass(frozen=True, slots=True)
class Prose:
    """A paragraph, a list item, a table or a line of a question, with its line; ``topic`` is "" outside topics."""

    line: int
    role: Role
    text: str
    topic: str = ""


def prose_of(source: Source) -> Iterator[Prose]:
    """Yield all prose of a file in order."""
    for line, block in source.blocks(source.notes.overview):
        yield Prose(line, Role.OVERVIEW, block.text)
    for topic in source.notes.topics:
        yield from _sections(source, topic)
        yield from _questions(source, topic)
    project = source.notes.project
    lines = {heading.text: heading.line for heading in source.headings if heading.line > project.line}
    goal, steps, done, _ = (lines[name] for name in PROJECT_SECTIONS)
    for after, items in ((goal, (project.goal,)), (steps, project.steps), (done, project.definition_of_done)):
        for line, text in source.located(items, after=after):
            yield Prose(line, Role.PROJECT, text)


def check_prose(source: Source) -> Iterator[Finding]:
    """Yield the findings about markup and about sentences that are too long."""
    for prose in prose_of(source):
        plain = without_code(prose.text)
        for code, pattern in _MARKUP:
            if match := pattern.search(plain):
                yield source.finding(prose.line, code, f'not allowed in prose outside inline code: "{match[0]}"')
                plain = pattern.sub("", plain)
        if prose.role not in FULL_SENTENCES:
            continue
        for sentence in split_sentences(prose.text):
            words = count_words(sentence)
            if words > _LONGEST_SENTENCE:
                message = f"{words} words, more than {_LONGEST_SENTENCE}: {excerpt(sentence)}"
                yield source.finding(prose.line, Code.SENTENCE_LONG, message)


def without_code(text: str) -> str:
    """Return the text with each inline code span as a pair of backticks."""
    pieces: list[str] = []
    position = 0
    for start, end in code_spans(text):
        pieces += [text[position:start], "``"]
        position = end
    return "".join([*pieces, text[position:]])


def excerpt(sentence: str, words: int = 8) -> str:
    """Return the first words of a sentence, quoted, for a message."""
    first = sentence.split()[: words + 1]
    return f'"{" ".join(first)}"' if len(first) <= words else f'"{" ".join(first[:words])} ..."'


def _sections(source: Source, topic: TopicNotes) -> Iterator[Prose]:
    for section in topic.sections:
        mark = _CONNECTION_MARK if section.heading == CONNECTIONS else _NO_MARK
        for line, block in source.blocks(section):
            if block.kind is BlockKind.TABLE:
                yield Prose(line, Role.TABLE, block.text, topic.title)
            elif block.kind is not BlockKind.CODE:
                yield Prose(line, Role.BODY, mark.sub("", block.text), topic.title)


def _questions(source: Source, topic: TopicNotes) -> Iterator[Prose]:
    for question in topic.questions:
        yield Prose(question.line, Role.QUESTION, question.text, topic.title)
        for line, point in source.located(question.key_points, after=question.line):
            yield Prose(line, Role.KEY_POINT, point, topic.title)
        for line, choice in source.located(question.choices, after=question.line):
            yield Prose(line, Role.QUESTION, choice.text, topic.title)
            yield Prose(line, Role.QUESTION, choice.why_not, topic.title)

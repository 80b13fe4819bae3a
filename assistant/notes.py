"""Study notes as data: one Markdown file of ``corpus/notes`` becomes one ``ModuleNotes``.

Owns: where a file lives, its shape (headings outside code, questions, connections, the project), the line of each
part. Refuses: reading files, and judging the content: how many words, which sections, one right option -
``ingest.lint`` does that. Nothing is dropped in silence: a line that fits nowhere is a ``CorpusError``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from assistant.domain import Choice, Module
from assistant.errors import CorpusError
from assistant.sentences import fence_closed, fence_opened

NOTES_DIR = "notes"
OVERVIEW = "Overview"
CHECK_YOURSELF = "Check yourself"
CONNECTIONS = "How it connects"
PROJECT_PREFIX = "Project: "
PROJECT_SECTIONS = ("Goal", "Steps", "Definition of done", "Hours")

_FILE, _TOPIC, _SECTION = 1, 2, 3  # heading levels

_HEADING = re.compile(r" {0,3}(#{1,6})(?=\s|$)")
_TITLE = re.compile(r"([0-9]{1,3})\. (.+)")
_QUESTION = re.compile(r"\*\*([0-9]{1,3})\. \[(choice|open)\] (.+)\*\*")
_OPTION = re.compile(r"- \[([x ])\] (.+)")
_POINT = re.compile(r"- (?!\[[x ]?\] )(.+)")
_CONNECTION = re.compile(r"- \[\[([a-z0-9-]+)\]\]: (.+)")
_STEP = re.compile(r"([0-9]{1,3})\. (.+)")
_HOURS = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,2})?")
_WHY_NOT = " *Why not: "
_WANTS_TITLE = 'the first line must be "# N. Title"'


class NotesFormatError(CorpusError):
    """A notes file breaks the format; ``problem`` is the message without the place."""

    def __init__(self, name: str, line: int, problem: str) -> None:
        super().__init__(f"{name}:{line}: {problem}")
        self.name = name
        self.line = line
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading outside code: its level (1-6), its words, and its line from 1."""

    level: int
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Section:
    """A third-level section; ``text`` is stripped, without the heading, code fences intact."""

    heading: str
    line: int
    text: str


class QuestionKind(StrEnum):
    """How a question is answered: by picking an option or in one's own words."""

    CHOICE = "choice"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Question:
    """A question; ``choices`` is empty for an open one, ``key_points`` for a choice."""

    number: int
    kind: QuestionKind
    text: str
    choices: tuple[Choice, ...]
    key_points: tuple[str, ...]
    line: int


@dataclass(frozen=True, slots=True)
class TopicNotes:
    """A topic; ``sections`` leaves out "Check yourself"; a connection is (topic id, sentence)."""

    title: str
    line: int
    sections: tuple[Section, ...]
    questions: tuple[Question, ...]
    connections: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Project:
    """The project that closes a module; ``hours`` is at least 0."""

    title: str
    goal: str
    steps: tuple[str, ...]
    definition_of_done: tuple[str, ...]
    hours: float
    line: int


@dataclass(frozen=True, slots=True)
class ModuleNotes:
    """One file of notes."""

    number: int
    title: str
    overview: Section
    topics: tuple[TopicNotes, ...]
    project: Project


def note_path(module: Module) -> str:
    """Where a module's notes live, relative to the corpus."""
    return f"{NOTES_DIR}/{module.number:02d}-{module.id}.md"


def parse_module_notes(text: str, name: str) -> ModuleNotes:
    """Return the notes in ``text``; ``name`` is the file's name for messages.

    Raises CorpusError ("name:line: what is wrong", a ``NotesFormatError``) when the format is broken.
    """
    try:
        return _module(_chapters(_parts(text)))
    except _Broken as broken:
        raise NotesFormatError(name, broken.line, broken.problem) from None


def headings(text: str, name: str) -> tuple[Heading, ...]:
    """Return every heading outside code fences, in order; raises CorpusError when a fence is never closed."""
    try:
        return tuple(item for item in _headings_and_lines(text) if isinstance(item, Heading))
    except _Broken as broken:
        raise NotesFormatError(name, broken.line, broken.problem) from None


class _Broken(Exception):
    """The format is broken at ``line``; the file's name is added by ``parse_module_notes``."""

    def __init__(self, line: int, problem: str) -> None:
        super().__init__(problem)
        self.line = line
        self.problem = problem


@dataclass(frozen=True, slots=True)
class _Part:
    """A heading with the lines below it, up to the next heading."""

    heading: Heading
    body: list[str]

    @property
    def text(self) -> str:
        return "\n".join(self.body).strip()

    def filled_lines(self) -> Iterator[tuple[int, str]]:
        """Yield the lines that are not blank, stripped at the end, each with its number in the file."""
        for number, line in enumerate(self.body, start=self.heading.line + 1):
            if line.strip():
                yield number, line.rstrip()


@dataclass(frozen=True, slots=True)
class _Chapter:
    """A first- or second-level heading with its third-level parts."""

    heading: Heading
    parts: list[_Part]


def _headings_and_lines(text: str) -> Iterator[Heading | str]:
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    fence: str | None = None
    opened_at = 0
    for number, line in enumerate(lines, start=1):
        if fence is not None:
            fence = None if fence_closed(line, fence) else fence
            yield line
        elif match := _HEADING.match(line):
            yield Heading(len(match[1]), line[match.end() :].strip(), number)
        else:
            fence = fence_opened(line)
            opened_at = number
            yield line
    if fence is not None:
        raise _Broken(opened_at, "this code fence is never closed")


def _parts(text: str) -> list[_Part]:
    parts: list[_Part] = []
    for item in _headings_and_lines(text):
        if isinstance(item, Heading):
            parts.append(_Part(item, []))
        elif parts:
            parts[-1].body.append(item)
        else:
            raise _Broken(1, _WANTS_TITLE)
    return parts


def _chapters(parts: list[_Part]) -> list[_Chapter]:
    chapters: list[_Chapter] = []
    for part in parts:
        heading = part.heading
        if heading.level > _SECTION:
            raise _Broken(heading.line, "headings below the third level are not used")
        if heading.level == _SECTION:
            if not chapters:
                raise _Broken(heading.line, _WANTS_TITLE)
            chapters[-1].parts.append(part)
            continue
        for number, _ in part.filled_lines():
            raise _Broken(number, "text must stand under a third-level heading")
        chapters.append(_Chapter(heading, []))
    return chapters


def _module(chapters: list[_Chapter]) -> ModuleNotes:
    first, last = chapters[0], chapters[-1]
    topics = chapters[1:-1]
    title = _TITLE.fullmatch(first.heading.text)
    if first.heading.level != _FILE or not title:
        raise _Broken(first.heading.line, _WANTS_TITLE)
    if last.heading.level != _FILE or not last.heading.text.startswith(PROJECT_PREFIX):
        raise _Broken(last.heading.line, f'the file must end with "# {PROJECT_PREFIX}..."')
    for chapter in topics:
        if chapter.heading.level != _TOPIC:
            raise _Broken(chapter.heading.line, "only the title and the project at the end are first-level headings")
    _require_sections(first, (OVERVIEW,))
    return ModuleNotes(
        number=int(title[1]),
        title=title[2],
        overview=_section(first.parts[0]),
        topics=tuple(_topic(chapter) for chapter in topics),
        project=_project(last),
    )


def _require_sections(chapter: _Chapter, names: tuple[str, ...]) -> None:
    if [part.heading.text for part in chapter.parts] != list(names):
        wanted = ", ".join(f'"### {name}"' for name in names)
        raise _Broken(chapter.heading.line, f"exactly these sections belong here, in this order: {wanted}")


def _section(part: _Part) -> Section:
    return Section(part.heading.text, part.heading.line, part.text)


def _topic(chapter: _Chapter) -> TopicNotes:
    checks = [part for part in chapter.parts if part.heading.text == CHECK_YOURSELF]
    links = [part for part in chapter.parts if part.heading.text == CONNECTIONS]
    return TopicNotes(
        title=chapter.heading.text,
        line=chapter.heading.line,
        sections=tuple(_section(part) for part in chapter.parts if part.heading.text != CHECK_YOURSELF),
        questions=tuple(question for part in checks for question in _questions(part)),
        connections=tuple(connection for part in links for connection in _connections(part)),
    )


def _connections(part: _Part) -> Iterator[tuple[str, str]]:
    for number, line in part.filled_lines():
        match = _CONNECTION.fullmatch(line)
        if not match:
            raise _Broken(number, 'a connection is written "- [[topic-id]]: One sentence."')
        yield match[1], match[2].strip()


def _questions(part: _Part) -> Iterator[Question]:
    groups: list[tuple[int, re.Match[str], list[tuple[int, str]]]] = []
    for number, line in part.filled_lines():
        if match := _QUESTION.fullmatch(line):
            groups.append((number, match, []))
        elif groups and line.startswith("- "):
            groups[-1][2].append((number, line))
        else:
            raise _Broken(
                number, 'a question is written "**N. [choice] Text?**" or "**N. [open] Text?**", then bullets'
            )
    for number, match, bullets in groups:
        kind = QuestionKind(match[2])
        choices = tuple(_choice(*bullet) for bullet in bullets) if kind is QuestionKind.CHOICE else ()
        points = tuple(_key_point(*bullet) for bullet in bullets) if kind is QuestionKind.OPEN else ()
        yield Question(int(match[1]), kind, match[3].strip(), choices, points, number)


def _choice(number: int, line: str) -> Choice:
    match = _OPTION.fullmatch(line)
    if not match:
        raise _Broken(number, 'an option is written "- [x] Text." or "- [ ] Text. *Why not: reason.*"')
    text, mark, reason = match[2].partition(_WHY_NOT)
    if mark and not reason.endswith("*"):
        raise _Broken(number, 'a "*Why not: reason.*" closes with an asterisk at the end of the line')
    right = match[1] == "x"
    if right and mark:
        raise _Broken(number, 'the right option has no "Why not"')
    return Choice(text.strip(), right, reason[:-1].strip())


def _key_point(number: int, line: str) -> str:
    match = _POINT.fullmatch(line)
    if not match:
        raise _Broken(number, 'a key point or check is written "- Sentence."')
    return match[1].strip()


def _project(chapter: _Chapter) -> Project:
    _require_sections(chapter, PROJECT_SECTIONS)
    goal, steps, done, hours = chapter.parts
    if not _HOURS.fullmatch(hours.text):
        raise _Broken(hours.heading.line, "the project's hours are a number such as 6 or 7.5")
    return Project(
        title=chapter.heading.text.removeprefix(PROJECT_PREFIX).strip(),
        goal=goal.text,
        steps=tuple(_steps(steps)),
        definition_of_done=tuple(_key_point(number, line) for number, line in done.filled_lines()),
        hours=float(hours.text),
        line=chapter.heading.line,
    )


def _steps(part: _Part) -> Iterator[str]:
    for expected, (number, line) in enumerate(part.filled_lines(), start=1):
        match = _STEP.fullmatch(line)
        if not match or int(match[1]) != expected:
            raise _Broken(number, f'step {expected} is written "{expected}. Sentence." on one line')
        yield match[2].strip()

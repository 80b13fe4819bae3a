"""The roadmap's text: parts, modules and their lines.

Owns: parsing ``corpus/roadmap.md``. Refuses: ids, hours and prerequisites, which are curated data
(``assistant.curriculum``); mending of broken encodings, which happens before parsing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.errors import CorpusError

_PART = re.compile(r"## (?P<title>.+)")
_MODULE = re.compile(r"### (?P<number>\d+)\. (?P<title>.+)")
_LINE = re.compile(r"- (?P<text>.+)")


@dataclass(frozen=True, slots=True)
class RoadmapModule:
    """A numbered section: its ``part`` is the second-level heading above it, ``lines`` are its bullet points."""

    number: int
    title: str
    part: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Roadmap:
    """The whole text: introduction, modules, and the lists that close it, by heading."""

    title: str
    introduction: str
    modules: tuple[RoadmapModule, ...]
    closing: tuple[tuple[str, str], ...]


def parse_roadmap(text: str, name: str = "roadmap.md") -> Roadmap:
    """Parse the roadmap's Markdown: one ``#`` title, ``##`` parts, ``### N. Title`` modules with ``-`` lines.

    Raises:
        CorpusError: there is no title, or there are no modules.
    """
    title, introduction, closing = "", [], dict[str, list[str]]()
    modules: list[tuple[int, str, str, list[str]]] = []
    part, in_module = "", False
    for line in (line.strip() for line in text.splitlines()):
        if line in {"", "---"}:
            continue
        if line.startswith("# "):
            title = line[2:]
        elif match := _PART.fullmatch(line):
            part, in_module = match["title"], False
        elif match := _MODULE.fullmatch(line):
            in_module = True
            modules.append((int(match["number"]), match["title"], part, []))
        elif in_module and (match := _LINE.fullmatch(line)):
            modules[-1][3].append(match["text"])
        elif part:
            closing.setdefault(part, []).append(line)
        else:
            introduction.append(line)
    if not title or not modules:
        raise CorpusError(f"{name} has no title or no modules; expected `# Title` and `### 1. Module` headings.")
    return Roadmap(
        title=title,
        introduction="\n".join(introduction),
        modules=tuple(RoadmapModule(number, name, part, tuple(lines)) for number, name, part, lines in modules),
        closing=tuple((heading, "\n".join(lines)) for heading, lines in closing.items()),
    )

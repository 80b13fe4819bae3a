"""Reading times of the notes, kept in ``curriculum.yaml`` so that planners need not read the notes.

Owns: the estimate and writing it into the file without touching anything else in it. Refuses: study hours, which are
curated.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from pathlib import Path

from assistant.curriculum import CURRICULUM_FILE, Curriculum
from assistant.errors import CorpusError
from assistant.notes import note_path, parse_module_notes
from ingest.lint.source import count_words
from ingest.text import read_text

_WORDS_PER_MINUTE = 180
"""Technical prose with code is read more slowly than the 240 words a minute of fiction."""
_TOPIC = re.compile(r"^      - id: (?P<id>[a-z0-9-]+)$")
_READING = re.compile(r"^        reading_minutes: \d+\n", re.MULTILINE)
_HOURS = re.compile(r"^        hours: ")


def reading_minutes(corpus_dir: Path, curriculum: Curriculum) -> dict[str, int]:
    """Topic id -> minutes to read its notes once, questions aside; topics without notes are left out.

    Raises:
        CorpusError: a notes file breaks its format.
    """
    minutes: dict[str, int] = {}
    for module in curriculum.modules:
        path = corpus_dir / note_path(module)
        if not path.is_file():
            continue
        ids = {topic.title: topic.id for topic in module.topics}
        for topic in parse_module_notes(read_text(path), path.name).topics:
            if topic.title in ids:
                words = sum(count_words(section.text) for section in topic.sections)
                minutes[ids[topic.title]] = math.ceil(words / _WORDS_PER_MINUTE)
    return minutes


def write_reading_minutes(corpus_dir: Path, minutes: Mapping[str, int]) -> None:
    """Put the minutes of each topic under its hours in ``curriculum.yaml``; every other line stays as it is.

    Raises:
        CorpusError: the file's layout is not the one this program writes into.
    """
    path = corpus_dir / CURRICULUM_FILE
    lines: list[str] = []
    topic, written = "", set[str]()
    for line in _READING.sub("", path.read_text(encoding="utf-8")).splitlines(keepends=True):
        lines.append(line)
        if match := _TOPIC.match(line.rstrip("\n")):
            topic = str(match["id"])
        elif topic in minutes and topic not in written and _HOURS.match(line):
            lines.append(f"        reading_minutes: {minutes[topic]}\n")
            written.add(topic)
    if missing := set(minutes) - written:
        raise CorpusError(f"{path}: no hours line found for {', '.join(sorted(missing))}.")
    path.write_text("".join(lines), encoding="utf-8")

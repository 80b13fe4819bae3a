from __future__ import annotations

import pytest

from assistant.errors import CorpusError
from assistant.roadmap import RoadmapModule, parse_roadmap
from assistant.settings import Settings
from tests.mini_corpus import ROADMAP


def test_parts_modules_lines_and_the_rest() -> None:
    roadmap = parse_roadmap(ROADMAP)
    assert roadmap.title == "Tiny Roadmap"
    assert roadmap.introduction == "A roadmap for tests."
    assert roadmap.modules == (
        RoadmapModule(1, "Breaking Things", "Part One", ("Fuses and breakers", "Trying again")),
        RoadmapModule(2, "Carrying Things", "Part One", ("Queues",)),
    )
    assert roadmap.closing == (("How to use it", "- Read it."),)


def test_real_roadmap_loses_no_line() -> None:
    text = (Settings().corpus_dir / "roadmap.md").read_text(encoding="utf-8")
    roadmap = parse_roadmap(text)
    parts = [roadmap.title, roadmap.introduction, *(part for pair in roadmap.closing for part in pair)]
    parts += [module.part for module in roadmap.modules]
    parts += [f"{module.number}. {module.title}" for module in roadmap.modules]
    parts += [f"- {line}" for module in roadmap.modules for line in module.lines]
    kept = set("\n".join(parts).split("\n"))
    lines = [line.strip().lstrip("#").strip() for line in text.splitlines() if line.strip() not in {"", "---"}]
    assert [line for line in lines if line not in kept] == []


def test_text_without_modules_is_refused() -> None:
    with pytest.raises(CorpusError, match=r"notes.md has no title or no modules"):
        parse_roadmap("# Only a title", "notes.md")

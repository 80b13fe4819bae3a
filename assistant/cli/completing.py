"""What a shell offers when the learner presses Tab.

Owns: ids of topics and modules that begin with what was typed. Refuses: the shells' scripts, which Typer has.
"""

from __future__ import annotations

from assistant.curriculum import load_curriculum
from assistant.errors import StudyError
from assistant.settings import load_settings


def complete_references(incomplete: str) -> list[str]:
    """Ids of topics and modules for the last part of a list with commas; nothing where the roadmap cannot be read."""
    before, comma, beginning = incomplete.rpartition(",")
    try:
        curriculum = load_curriculum(load_settings().corpus_dir)
    except StudyError:
        # A message would end up in the middle of the line that is being typed.
        return []
    named = set(before.split(","))
    ids = [*curriculum.topics, *(module.id for module in curriculum.modules)]
    return [f"{before}{comma}{each}" for each in ids if each.startswith(beginning) and each not in named]

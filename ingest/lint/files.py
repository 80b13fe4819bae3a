"""The linter on a corpus on disk.

Owns: which files are read and what the curriculum expects of each. Refuses: judging them.
"""

from __future__ import annotations

from pathlib import Path

from assistant.curriculum import Curriculum
from assistant.notes import NOTES_DIR, note_path
from ingest.lint import Finding, ModuleSpec, lint_notes
from ingest.text import read_text


def lint_corpus(corpus_dir: Path, curriculum: Curriculum) -> list[Finding]:
    """Lint every notes file; see ``lint_notes``.

    Raises:
        CorpusError: a file is not UTF-8 or cannot be read.
    """
    expected = {
        note_path(module): ModuleSpec(
            module.number, module.title, tuple((topic.id, topic.title) for topic in module.topics)
        )
        for module in curriculum.modules
    }
    paths = sorted((corpus_dir / NOTES_DIR).glob("*.md"))
    return lint_notes(expected, {f"{NOTES_DIR}/{path.name}": read_text(path) for path in paths})

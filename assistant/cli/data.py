"""``study export`` and ``study import``: everything you would miss, as one JSON file."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer

from assistant.backup import export_all, import_all, restored_lines
from assistant.cli.options import AsJson
from assistant.console import err, print_json
from assistant.errors import InvalidInput
from assistant.journal import Journal
from assistant.settings import load_settings

Target = Annotated[Path | None, typer.Argument(metavar="[FILE]", help="A new file; stdout without one.")]
Source = Annotated[Path, typer.Argument(metavar="FILE", help="A file that `study export` wrote.")]


def export(target: Target = None) -> None:
    """Write conversations, plans, progress and answers of every learner as one JSON object."""
    with closing(Journal(load_settings().journal_path)) as journal:
        data = export_all(journal.file)
    if target is None:
        print_json(data)
        return
    try:
        with target.open("x", encoding="utf-8") as file:
            json.dump(data, file, ensure_ascii=False, indent=1)
    except OSError as error:
        raise InvalidInput(f"{target} cannot be written: {error.strerror}. Name another file.") from error
    err.print(f"Wrote {target}.", markup=False)


def import_(source: Source, as_json: AsJson = False) -> None:
    """Add what a file holds; learners and conversations that are here already stay as they are."""
    try:
        data = json.loads(source.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "it is not JSON"
        raise InvalidInput(f"{source} cannot be read: {reason}.") from error
    with closing(Journal(load_settings().journal_path)) as journal:
        restored = import_all(journal.file, data)
    if as_json:
        print_json({
            "learners": list(restored.learners), "conversations": restored.conversations,
            "kept_learners": list(restored.kept_learners), "kept_conversations": restored.kept_conversations,
        })  # fmt: skip
    else:
        for line in restored_lines(restored):
            err.print(line, markup=False, soft_wrap=True)

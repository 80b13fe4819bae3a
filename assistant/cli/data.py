"""``study export`` and ``study import``: everything you would miss, as one JSON file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from assistant.backup import export_all, import_all, restored_lines
from assistant.cli.learners import must_find
from assistant.cli.opening import open_journal
from assistant.cli.options import AsJson
from assistant.console import err, print_json
from assistant.errors import InvalidInput

Target = Annotated[Path | None, typer.Argument(metavar="[FILE]", help="A new file; stdout without one.")]
OneLearner = Annotated[
    str | None, typer.Option("--learner", metavar="NAME", help="Only this learner's; everybody's else.")
]
Source = Annotated[Path, typer.Argument(metavar="FILE", help="A file that `study export` wrote.")]


def export(target: Target = None, learner: OneLearner = None) -> None:
    """Write conversations, plans, progress and answers of every learner, or of one, as one JSON object."""
    with open_journal() as journal:
        data = export_all(journal.file, None if learner is None else must_find(journal, learner).id)
    if target is None:
        print_json(data)
        return
    try:
        with target.open("x", encoding="utf-8") as file:
            json.dump(data, file, ensure_ascii=False, indent=1)
    except OSError as error:
        raise InvalidInput(f"{target} cannot be written: {error.strerror}. Name another file.") from error
    err.print(f"Wrote {target}.", markup=False, soft_wrap=True)


def import_(source: Source, as_json: AsJson = False) -> None:
    """Add what a file holds; learners and conversations that are here already stay as they are."""
    try:
        data = json.loads(source.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "it is not JSON"
        raise InvalidInput(f"{source} cannot be read: {reason}.") from error
    with open_journal() as journal:
        restored = import_all(journal.file, data)
    if as_json:
        print_json({
            "learners": list(restored.learners), "conversations": restored.conversations,
            "kept_learners": list(restored.kept_learners), "kept_conversations": restored.kept_conversations,
        })  # fmt: skip
    else:
        for line in restored_lines(restored):
            err.print(line, markup=False, soft_wrap=True)

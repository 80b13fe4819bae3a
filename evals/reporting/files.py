"""The four files of a report, beside each other.

Owns: their names, and that each is whole or not written. Refuses: what is in them.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path

from assistant.errors import InvalidInput, StorageError
from assistant.eval_report import parse_report
from evals.reporting.html import html_report
from evals.reporting.markdown import markdown_report


def write_report(file: Path, report: Mapping[str, object]) -> None:
    """Write ``file`` (JSON), and the same name with ``.md``, ``.html`` and ``.jsonl`` (one row a line).

    The JSON comes last, so that whoever finds it finds the others as well.

    Raises:
        InvalidInput: the name does not end in ``.json``.
        StorageError: a file cannot be written.
    """
    if file.suffix != ".json":
        raise InvalidInput(f"{file} is no name for a report. Give one that ends in .json; three others come beside it.")
    parsed = parse_report(json.loads(json.dumps(report)), str(file))
    rows = report.get("rows")
    lines = [json.dumps(row, ensure_ascii=False) for row in rows] if isinstance(rows, list) else []
    _write(file.with_suffix(".jsonl"), "".join(f"{line}\n" for line in lines))
    _write(file.with_suffix(".md"), markdown_report(parsed))
    _write(file.with_suffix(".html"), html_report(parsed))
    _write(file, json.dumps(report, ensure_ascii=False, indent=1) + "\n")


def _write(path: Path, text: str) -> None:
    pending = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # A lone surrogate in a case would stop the whole report.
        pending.write_text(text, encoding="utf-8", errors="backslashreplace")
        pending.replace(path)
    except OSError as error:
        pending.unlink(missing_ok=True)
        raise StorageError(f"The report cannot be written to {path}: {error.strerror}.") from error

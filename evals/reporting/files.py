"""The four files of a report, beside each other.

Owns: their names and their order. Refuses: what is in them, and writing one (``evals.files``).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from assistant.errors import InvalidInput, StorageError
from assistant.eval_report import parse_report
from evals.files import write_file
from evals.reporting.html import html_report
from evals.reporting.markdown import markdown_report


def check_report_file(file: Path) -> None:
    """What is known of a report's name and place before there is one, so that no long run is in vain.

    Raises:
        InvalidInput: the name does not end in ``.json``.
        StorageError: nothing can be written there.
    """
    _check_name(file)
    probe = file.with_name(f".{file.name}.probe")
    try:
        write_file(probe, "")
        probe.unlink()
    except (OSError, StorageError) as error:
        raise StorageError(f"{file} cannot be written: its directory takes no new files.") from error


def write_report(file: Path, report: Mapping[str, object]) -> None:
    """Write ``file`` (JSON), and the same name with ``.md``, ``.html`` and ``.jsonl`` (one row a line).

    The JSON comes last, so that whoever finds it finds the others as well.

    Raises:
        InvalidInput: the name does not end in ``.json``.
        StorageError: a file cannot be written.
    """
    _check_name(file)
    parsed = parse_report(json.loads(json.dumps(report)), str(file))
    rows = report.get("rows")
    lines = [json.dumps(row, ensure_ascii=False) for row in rows] if isinstance(rows, list) else []
    write_file(file.with_suffix(".jsonl"), "".join(f"{line}\n" for line in lines))
    write_file(file.with_suffix(".md"), markdown_report(parsed))
    write_file(file.with_suffix(".html"), html_report(parsed))
    write_file(file, json.dumps(report, ensure_ascii=False, indent=1) + "\n")


def _check_name(file: Path) -> None:
    if file.suffix != ".json":
        raise InvalidInput(f"{file} is no name for a report. Give one that ends in .json; three others come beside it.")

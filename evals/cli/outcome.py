"""How a run that was judged ends: a report in a file, the figures on the terminal, and the exit code.

Owns: writing and telling. Refuses: judging (``evals.gate``) and laying out (``evals.report``).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import typer

from assistant.console import err, out, print_json
from assistant.errors import StorageError
from evals.gate import Broken
from evals.report import results_json, results_table
from evals.suite import SuiteResult


def finish(
    results: Sequence[SuiteResult],
    broken: Sequence[Broken],
    *,
    output: Path | None,
    as_json: bool,
    more: Mapping[str, object] | None = None,
) -> None:
    """Write and print; ``more`` goes into the report as it is.

    Raises:
        StorageError: the report cannot be written.
        typer.Exit: with 1, when a limit is broken.
    """
    report = {**results_json(results, broken), **(more or {})}
    if output is not None:
        _write(output, report)
    if as_json:
        print_json(report)
    else:
        out.print(results_table(results, broken))
    if output is not None:
        err.print(f"Report: {output}", markup=False)
    for entry in broken:
        measured = "not measured" if entry.value is None else f"measured {entry.value:.3f}"
        err.print(f"{entry.limit.metric} must be {entry.limit}, {measured}", style="red", markup=False)
    if broken:
        raise typer.Exit(1)


def _write(output: Path, report: Mapping[str, object]) -> None:
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        output.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    except OSError as error:
        raise StorageError(f"The report cannot be written to {output}: {error.strerror}.") from error

"""How a run that was judged ends: a report in a file, the figures on the terminal, and the exit code.

Owns: writing and telling. Refuses: judging (``evals.gate``) and laying out (``evals.reporting``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import typer

from assistant.console import err, out, print_json
from evals.gate import Verdict
from evals.limits import Limit
from evals.reporting.contents import results_json
from evals.reporting.files import write_report
from evals.reporting.table import results_table
from evals.suite import SuiteResult


def finish(
    results: Sequence[SuiteResult],
    verdict: Verdict,
    limits: Sequence[Limit],
    *,
    output: Path | None,
    as_json: bool,
    titles: Mapping[int, str] | None = None,
    run: Mapping[str, object] | None = None,
    more: Mapping[str, object] | None = None,
) -> None:
    """Write and print, with the ``limits`` that the verdict is about.

    ``titles`` names the modules, ``run`` says when and on what was measured, ``more`` goes into the report as it is.

    Raises:
        InvalidInput: the name of the report does not end in ``.json``.
        StorageError: the report cannot be written.
        typer.Exit: with 1, when the gate is closed.
    """
    report = {**results_json(results, verdict, limits=limits, titles=titles, run=run), **(more or {})}
    if output is not None:
        write_report(output, report)
    if as_json:
        print_json(report)
    else:
        out.print(results_table(results, verdict, limits))
    if output is not None:
        err.print(f"Report: {output.with_suffix('.html')}", markup=False, soft_wrap=True)
    for entry in verdict.broken:
        measured = "not measured" if entry.value is None else f"measured {entry.value:.3f}"
        err.print(f"{entry.limit.metric} {entry.reason}, {measured}", style="red", markup=False)
    if not verdict.is_open:
        raise typer.Exit(1)

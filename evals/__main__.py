"""``python -m evals``: run every suite offline and fail on a broken limit.

Owns: arguments and words.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from assistant.console import err, make_app, out, print_json, progress_bar, run
from assistant.errors import StorageError
from assistant.service import open_assistant
from assistant.settings import load_settings
from evals.gate import broken_limits
from evals.report import results_json, results_table
from evals.runner import load_all, run_all

app = make_app("Measure retrieval and refusals on the project's own cases, offline.")
_DEFAULT_OUTPUT = Path("evals/reports/latest.json")

AsJson = Annotated[bool, typer.Option("--json", help="Print the whole result as one JSON object.")]
Output = Annotated[Path, typer.Option("--output", help="Where the JSON report is written.")]


@app.command()
def evaluate(as_json: AsJson = False, output: Output = _DEFAULT_OUTPUT) -> None:
    """Run every suite; exit 1 when a limit is broken."""
    # Whatever model is configured: this run is offline, and its figures must not depend on a server.
    settings = load_settings().model_copy(update={"llm_base_url": None, "llm_api_key": None})
    assistant = open_assistant(settings, with_journal=False)
    cases = load_all()
    with progress_bar() as bar:
        task = bar.add_task("Evaluating", total=cases.steps)
        results = run_all(assistant, cases, lambda: bar.advance(task))
    broken = broken_limits(results)
    report = results_json(results, broken)
    _write(output, report)
    if as_json:
        print_json(report)
    else:
        out.print(results_table(results, broken))
    err.print(f"Report: {output}", markup=False)
    for entry in broken:
        err.print(f"{entry.limit.metric} must be {entry.limit}, measured {entry.value}", style="red", markup=False)
    if broken:
        raise typer.Exit(1)


def _write(output: Path, report: dict[str, object]) -> None:
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        output.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    except OSError as error:
        raise StorageError(f"The report cannot be written to {output}: {error.strerror}.") from error


if __name__ == "__main__":
    run(app)

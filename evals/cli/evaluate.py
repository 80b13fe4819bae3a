"""``python -m evals`` without a command: every suite, the gate, and the report.

Owns: arguments, and which baseline counts. Refuses: measuring (``evals.runner``), and how a run ends
(``evals.cli.outcome``).
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from assistant.cli.options import AsJson
from assistant.console import err, progress_bar
from assistant.curriculum import load_curriculum
from assistant.eval_report import latest_report
from evals.baseline import BASELINE_FILE, read_baseline, write_baseline
from evals.cli.outcome import finish
from evals.gate import judge
from evals.limits import LIMITS
from evals.offline import offline_assistant, offline_settings
from evals.reporting.files import check_report_file
from evals.reporting.run_info import run_info
from evals.runner import load_all, run_all

Output = Annotated[
    Path | None,
    typer.Option("--output", help="The JSON report's file; .md, .html and .jsonl are written beside it."),
]
Accept = Annotated[
    bool, typer.Option("--accept", help="Make this run the baseline that later runs must not fall behind.")
]


def evaluate(context: typer.Context, as_json: AsJson = False, output: Output = None, accept: Accept = False) -> None:
    """Run every suite; exit 1 when the gate closes: a limit is broken, or a metric fell behind the baseline."""
    if context.invoked_subcommand is not None:
        return
    settings, started = offline_settings(), datetime.now(UTC)
    cases = load_all(load_curriculum(settings.corpus_dir))
    baseline = None if accept else read_baseline()
    file = output or latest_report(settings)
    check_report_file(file)
    with TemporaryDirectory() as scratch, progress_bar() as bar:
        # The conversations that are played are not the learner's.
        assistant = offline_assistant(Path(scratch) / "journal.sqlite")
        task = bar.add_task("Evaluating", total=cases.steps)
        results = run_all(assistant, settings, cases, lambda: bar.advance(task))
    finish(
        results,
        judge(results, baseline),
        LIMITS,
        output=file,
        as_json=as_json,
        titles={module.number: module.title for module in assistant.curriculum.modules},
        run=run_info(settings, started, datetime.now(UTC)),
    )
    if accept:
        write_baseline(results, {limit.metric for limit in LIMITS if limit.margin is not None})
        err.print(f"Baseline: {BASELINE_FILE}", markup=False)

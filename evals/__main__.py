"""``python -m evals``: run every suite offline and fail on a broken limit; ``calibrate``: fit the confidence.

Owns: arguments and words. Refuses: measuring (``evals.runner``) and fitting (``evals.calibration``).
"""

from __future__ import annotations

import sys
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from assistant.cli.batch import read_batch
from assistant.confidence import MODEL_FILE, Signals
from assistant.console import err, make_app, out, print_json, progress_bar, run
from assistant.eval_report import latest_report
from assistant.service import Assistant, open_assistant
from assistant.settings import Settings, load_settings
from evals.baseline import BASELINE_FILE, read_baseline, write_baseline
from evals.calibration import calibrate, write_model
from evals.cases import Split
from evals.cli import live, new, own
from evals.cli.diff import diff
from evals.cli.show import show
from evals.gate import judge
from evals.limits import LIMITS
from evals.reporting.contents import results_json
from evals.reporting.files import write_report
from evals.reporting.run_info import run_info
from evals.reporting.table import results_table
from evals.runner import load_all, run_all

app = make_app(
    "Measure retrieval, refusals, answers, conversations, plans, ingest and safety on our own cases, offline. "
    "With --live, or --replay FILE, the configured language model's answers instead: see `live --help`.",
    needs_command=False,
)
app.command("new")(new.new)
app.command("run")(own.run_file)
app.command("live")(live.live)

AsJson = Annotated[bool, typer.Option("--json", help="Print the whole result as one JSON object.")]
Covered = Annotated[
    list[Path] | None, typer.Option("--covered", help="More covered questions, as for `study ask --batch`.")
]
Uncovered = Annotated[list[Path] | None, typer.Option("--uncovered", help="More questions that must be refused.")]
Output = Annotated[
    Path | None,
    typer.Option("--output", help="The JSON report's file; .md, .html and .jsonl are written beside it."),
]
Accept = Annotated[
    bool, typer.Option("--accept", help="Make this run the baseline that later runs must not fall behind.")
]


@app.callback(invoke_without_command=True)
def evaluate(context: typer.Context, as_json: AsJson = False, output: Output = None, accept: Accept = False) -> None:
    """Run every suite; exit 1 when the gate closes: a limit is broken, or a metric fell behind the baseline."""
    if context.invoked_subcommand is not None:
        return
    cases, started = load_all(), datetime.now(UTC)
    baseline = None if accept else read_baseline()
    with TemporaryDirectory() as scratch, progress_bar() as bar:
        # The conversations that are played are not the learner's.
        assistant = _offline_assistant(Path(scratch) / "journal.sqlite")
        task = bar.add_task("Evaluating", total=cases.steps)
        results = run_all(assistant, _offline_settings(), cases, lambda: bar.advance(task))
    verdict = judge(results, baseline)
    report = results_json(
        results,
        verdict,
        titles={module.number: module.title for module in assistant.curriculum.modules},
        run=run_info(_offline_settings(), started, datetime.now(UTC)),
    )
    file = output or latest_report(_offline_settings())
    write_report(file, report)
    if as_json:
        print_json(report)
    else:
        out.print(results_table(results, verdict))
    err.print(f"Report: {file.with_suffix('.html')}", markup=False, soft_wrap=True)
    for entry in verdict.broken:
        err.print(f"{entry.limit.metric} {entry.reason}, measured {entry.value}", style="red", markup=False)
    if not verdict.is_open:
        raise typer.Exit(1)
    if accept:
        write_baseline(results, {limit.metric for limit in LIMITS if limit.margin is not None})
        err.print(f"Baseline: {BASELINE_FILE}", markup=False)


app.command("show")(show)
app.command("diff")(diff)


@app.command("calibrate")
def calibrate_confidence(covered: Covered = None, uncovered: Uncovered = None, as_json: AsJson = False) -> None:
    """Fit the confidence on the cases to develop against, and on more questions where you have them."""
    cases = load_all()
    inside = [case.question for case in cases.questions if case.split is Split.DEV]
    outside = [case.question for case in cases.unanswerable if case.split is Split.DEV]
    inside += [entry.question for file in covered or () for entry in read_batch(file)]
    outside += [entry.question for file in uncovered or () for entry in read_batch(file)]
    assistant = _offline_assistant()
    with progress_bar() as bar:
        task = bar.add_task("Measuring", total=len(inside) + len(outside))

        def measure(question: str) -> Signals:
            bar.advance(task)
            return assistant.signals(question)

        model = calibrate(inside, outside, measure)
    write_model(model, MODEL_FILE)
    if as_json:
        print_json(asdict(model))
    else:
        out.print(f"{MODEL_FILE}: {', '.join(f'{name} {value}' for name, value in model.measured.items())}")


def _offline_assistant(journal_path: Path | None = None) -> Assistant:
    settings = _offline_settings()
    return open_assistant(settings, with_journal=journal_path is not None, journal_path=journal_path)


def _offline_settings() -> Settings:
    # Whatever model is configured: this run is offline, and its figures must not depend on a server.
    return load_settings().model_copy(update={"llm_base_url": None, "llm_api_key": None})


if __name__ == "__main__":
    sys.argv[1:] = live.with_command(sys.argv[1:])
    run(app)

"""``python -m evals calibrate``: fit the confidence.

Owns: arguments and words. Refuses: fitting (``evals.calibration``).
"""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.batch import read_batch
from assistant.cli.options import AsJson
from assistant.confidence import MODEL_FILE, Signals
from assistant.console import out, print_json, progress_bar
from evals.calibration import calibrate as fit
from evals.calibration import write_model
from evals.cases import Split
from evals.offline import offline_assistant
from evals.runner import load_all

Covered = Annotated[
    list[Path] | None, typer.Option("--covered", help="More covered questions, as for `study ask --batch`.")
]
Uncovered = Annotated[list[Path] | None, typer.Option("--uncovered", help="More questions that must be refused.")]


def calibrate(covered: Covered = None, uncovered: Uncovered = None, as_json: AsJson = False) -> None:
    """Fit the confidence on the cases to develop against, and on more questions where you have them."""
    assistant = offline_assistant()
    cases = load_all(assistant.curriculum)
    inside = [case.question for case in cases.questions if case.split is Split.DEV]
    outside = [case.question for case in cases.unanswerable if case.split is Split.DEV]
    inside += [entry.question for file in covered or () for entry in read_batch(file)]
    outside += [entry.question for file in uncovered or () for entry in read_batch(file)]
    with progress_bar() as bar:
        task = bar.add_task("Measuring", total=len(inside) + len(outside))

        def measure(question: str) -> Signals:
            bar.advance(task)
            return assistant.signals(question)

        model = fit(inside, outside, measure)
    write_model(model, MODEL_FILE)
    if as_json:
        print_json(asdict(model))
    else:
        out.print(f"{MODEL_FILE}: {', '.join(f'{name} {value}' for name, value in model.measured.items())}")

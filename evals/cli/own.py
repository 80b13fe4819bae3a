"""``python -m evals run``: a file of cases of one's own, against one's own index."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.ask import answer_to
from assistant.cli.options import AsJson
from assistant.console import err, progress_bar
from assistant.domain import Answer
from assistant.errors import InvalidInput
from evals.cli.floors import Floors, read_floor
from evals.cli.outcome import finish
from evals.gate import judge as held_against
from evals.offline import offline_assistant
from evals.own.appending import own_cases_file
from evals.own.cases import load_own_cases
from evals.own.run import METRICS, run_own
from evals.reporting.files import check_report_file

File = Annotated[
    Path | None, typer.Argument(metavar="[FILE]", help="JSON lines; without one, the file of `python -m evals new`.")
]
Output = Annotated[Path | None, typer.Option("--output", help="Also write the JSON report here.")]


def run_file(file: File = None, floors: Floors = None, output: Output = None, as_json: AsJson = False) -> None:
    """Measure your own cases, offline. Exit 1 below a floor, 2 for a bad file, 3 without an index."""
    limits = [read_floor(text, "own", METRICS) for text in floors or ()]
    assistant = offline_assistant()
    path = file or own_cases_file(assistant.home)
    if file is None and not path.exists():
        raise InvalidInput(f"{path} is not there yet. `python -m evals new` makes it, or name a file of yours.")
    cases = load_own_cases(path, assistant.curriculum)
    if not cases:
        raise InvalidInput(f"{path} holds no case.")
    if output is not None:
        check_report_file(output)

    def ask(question: str) -> Answer:
        return answer_to(assistant, question, None)

    with progress_bar() as bar:
        task = bar.add_task("Evaluating", total=len(cases))
        result = run_own(cases, assistant.search, ask, lambda: bar.advance(task))
    if not as_json:
        for row in result.rows:
            if not row["ok"]:
                err.print(f"{row['id']}: {row['question']}", markup=False, soft_wrap=True)
    finish((result,), held_against((result,), None, limits), limits, output=output, as_json=as_json)

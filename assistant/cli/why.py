"""``study why``: how an answer came about."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from assistant.cli.opening import open_journal
from assistant.cli.options import AsJson
from assistant.console import out, print_json
from assistant.conversations import Turn
from assistant.domain import Answer
from assistant.planning.wording import count_text
from assistant.records import why_record
from assistant.titles import one_line, short_title
from assistant.trace import Trace

_LARGEST_ID = 2**63 - 1

AnswerId = Annotated[
    int | None,
    typer.Argument(metavar="[ID]", min=1, max=_LARGEST_ID, help="The answer's id; without one, the last answer."),
]


def why(answer_id: AnswerId = None, as_json: AsJson = False) -> None:
    """Replay an answer: what was searched for, what was found and dropped, the confidence, the writer, the time."""
    with open_journal() as journal:
        turn = journal.turn(answer_id)
    if as_json:
        print_json(why_record(turn))
    else:
        _print(turn)


def _print(turn: Turn) -> None:
    out.print(one_line(turn.question), style="bold", markup=False)
    answer = turn.answer
    if answer is None:
        out.print("This question was never answered: the program ended before. Ask it again.")
        return
    trace = answer.trace
    if trace is None:
        out.print(f"Confidence {answer.confidence:.0%}, {answer.status.value} by {answer.model}.", markup=False)
        out.print("How this answer came about was not recorded.")
        return
    if not trace.query:
        out.print("Nothing was searched for: this was not taken as a question about the roadmap.")
        return
    out.print(f"Searched for: {one_line(trace.query)}", markup=False)
    out.print(f"{_judgement(answer, trace)}\n", markup=False)
    out.print(_candidates(trace))
    out.print()
    for (fate, reason), count in trace.outcomes().items():
        out.print(f"{count_text(count, 'passage')} {fate.value}: {reason}", markup=False)
    supported = f"{answer.supported} of {count_text(answer.statements, 'statement')} supported"
    out.print(f"Written by {answer.model}: {supported}", markup=False)
    if answer.prompt_sha256:
        out.print(f"Prompt {answer.prompt_sha256}", markup=False)
    steps = ", ".join(f"{name} {ms} ms" for name, ms in trace.timings_ms.items())
    out.print(f"Took {answer.elapsed_ms} ms: {steps}", markup=False)


def _judgement(answer: Answer, trace: Trace) -> str:
    signals = ", ".join(f"{name.replace('_', ' ')} {value:.2f}" for name, value in trace.signals.items())
    needed = f"{trace.threshold:.0%} needed"
    return f"Confidence {answer.confidence:.0%} ({needed}), {answer.status.value}; from {signals}"


def _candidates(trace: Trace) -> Table:
    table = Table("rank", "score", "meaning", "words", "outcome", "passage", box=None)
    for each in trace.candidates:
        scores = [f"{each.score:.2f}", _number(each.dense), _number(each.lexical)]
        passage = Text(short_title(each.title), no_wrap=True, overflow="ellipsis")
        table.add_row(str(each.rank), *scores, each.fate.value, passage)
    return table


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"

"""``study place``: the placement test, which finds out what is known already."""

from __future__ import annotations

import string
import sys
from collections.abc import Collection
from dataclasses import asdict
from typing import Annotated

import typer
from rich.table import Table

from assistant.cli.letters import place_of_letter, print_options, typed_lines
from assistant.cli.plan_request import topics_of
from assistant.console import err, out, print_json
from assistant.curriculum import Curriculum
from assistant.domain import Level
from assistant.errors import InvalidInput
from assistant.placement import MOST_QUESTIONS, PlacementQuestion, PlacementResult, PlacementState, Report, result_text
from assistant.placing import Placing, taken_text
from assistant.service import open_assistant
from assistant.settings import load_settings

_DONT_KNOW, _QUIT = "?", "q"
_GO_ON = "Go on with: study place"

Known = Annotated[
    str, typer.Option("--known", metavar="MODULE,...", help="Module numbers or ids that you know, as you see it.")
]
UpTo = Annotated[Level | None, typer.Option("--level", help="You know most topics up to this level, as you see it.")]
Again = Annotated[bool, typer.Option("--again", help="Begin another test, with other questions.")]
Yes = Annotated[bool, typer.Option("--yes", help="Take the result without asking.")]
AsJsonLines = Annotated[bool, typer.Option("--json", help="Print a JSON object for each question and for the result.")]


def place(
    known: Known = "", level: UpTo = None, again: Again = False, yes: Yes = False, as_json: AsJsonLines = False
) -> None:
    """Find out which topics you know, with 8 to 20 questions. Every answer is kept: stop at any time and go on later.

    Type the letter of an option, ? if you do not know, q to stop. From a pipe, one of them a line.
    """
    assistant = open_assistant(load_settings())
    placing = assistant.placing()
    if placing is None:
        raise InvalidInput("The placement test needs a journal, and there is none here.")
    curriculum = assistant.curriculum
    state = _begun(placing, _report(curriculum, known, level), again=again)
    if not _asked_to_the_end(placing, curriculum, state, as_json=as_json):
        err.print(_GO_ON, style="dim")
        return
    _decide(placing, curriculum, yes=yes, as_json=as_json)


def _report(curriculum: Curriculum, known: str, level: Level | None) -> Report | None:
    if not known.strip() and level is None:
        return None
    levels = list(Level)
    topics = topics_of(curriculum, known)
    modules = frozenset(curriculum.topics[topic].module for topic in topics)
    parts = [number for number in sorted(modules) if not topics.issuperset(_ids(curriculum, number))]
    if parts:
        raise InvalidInput("--known takes whole modules here: their numbers or ids, separated by commas.")
    return Report(frozenset(levels[: levels.index(level) + 1] if level else ()), modules)


def _ids(curriculum: Curriculum, module: int) -> Collection[str]:
    return [topic.id for topic in curriculum.module(module).topics]


def _begun(placing: Placing, report: Report | None, *, again: bool) -> PlacementState:
    state = None if again else placing.current()
    if state is None:
        with err.status("Choosing the first question …"):
            return placing.retake(report) if again else placing.begin(report)
    if report is not None:
        raise InvalidInput("A placement test is under way. Go on without --known and --level, or begin anew: --again.")
    return state


def _asked_to_the_end(placing: Placing, curriculum: Curriculum, state: PlacementState, *, as_json: bool) -> bool:
    """Ask until the test is over; False if the learner stops before."""
    lines = typed_lines()
    shown = False
    while (question := placing.question(state)) is not None:
        if not shown:
            _print_question(curriculum, question, len(state.asked) + 1, as_json=as_json)
        shown = True
        line = next(lines, _QUIT)
        if line.lower() == _QUIT:
            return False
        place = place_of_letter(line, len(question.options))
        if place is None and line != _DONT_KNOW:
            _refuse(line, len(question.options))
            continue
        with err.status("Choosing the next question …"):
            state = placing.answer(question, place)
        shown = False
    return True


def _refuse(line: str, options: int) -> None:
    last = string.ascii_lowercase[options - 1]
    message = f"{line!r} is no answer. Type a letter from a to {last}, ? if you do not know, or q to stop."
    # In a file or from a program, the lines after a wrong one would answer other questions than they were meant for.
    if not sys.stdin.isatty():
        raise InvalidInput(message)
    err.print(message, style="yellow", markup=False)


def _print_question(curriculum: Curriculum, question: PlacementQuestion, number: int, *, as_json: bool) -> None:
    if as_json:
        print_json({
            "type": "question", "number": number, "most": MOST_QUESTIONS, "topic": question.topic,
            "text": question.text, "options": list(question.options),
        })  # fmt: skip
        return
    title = curriculum.topics[question.topic].title
    out.print(f"\nQuestion {number} of at most {MOST_QUESTIONS}: {title}", style="dim", markup=False)
    out.print(question.text, style="bold", markup=False)
    print_options(question.options)
    out.print(f"  {_DONT_KNOW}) I don't know", markup=False)


def _decide(placing: Placing, curriculum: Curriculum, *, yes: bool, as_json: bool) -> None:
    with err.status("Adding up the answers …"):
        result = placing.result()
    if as_json:
        taken = placing.accept() if yes else None
        print_json({**_record(result), "taken": taken is not None, **(asdict(taken) if taken else {})})
        return
    out.print(f"\n{result_text(result)}", style="bold", markup=False)
    _print_known(curriculum, result.known)
    if yes or _confirmed():
        out.print(taken_text(placing.accept()), markup=False)


def _record(result: PlacementResult) -> dict[str, object]:
    return {
        "type": "result",
        "questions": result.questions,
        "topics": len(result.probability),
        "known": list(result.known),
        "confidence": round(result.confidence, 3),
        "verdict": result_text(result),
    }


def _confirmed() -> bool:
    if sys.stdin.isatty() and typer.confirm("Take these topics as known?", err=True):
        return True
    err.print("Take it with: study place --yes. Begin another test with: study place --again", style="dim")
    return False


def _print_known(curriculum: Curriculum, known: Collection[str]) -> None:
    table = Table("module", "known", "topics", box=None, pad_edge=False)
    for module in curriculum.modules:
        titles = [topic.title for topic in module.topics if topic.id in known]
        if titles:
            table.add_row(
                f"{module.number}. {module.title}", f"{len(titles)} of {len(module.topics)}", "; ".join(titles)
            )
    if table.row_count:
        out.print(table)

"""``python -m evals new``: an eval case out of an answer that was marked as wrong."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import typer
from pydantic import ValidationError
from rich.table import Table
from rich.text import Text

from assistant.cli.options import AsJson
from assistant.console import err, out, print_json
from assistant.errors import InvalidInput
from assistant.service import open_assistant
from assistant.settings import load_settings
from assistant.study import Study
from assistant.titles import one_line
from evals.cases import UnanswerableKind
from evals.own.appending import append_case, existing_cases, own_cases_file
from evals.own.cases import OwnCase
from evals.own.proposing import Marked, marked_answer, marked_answers

AnswerId = Annotated[
    int | None, typer.Argument(metavar="[ID]", help="The answer's id; without one, the marked answers are listed.")
]
TopicId = Annotated[
    str | None, typer.Option("--topic", help="The roadmap topic that answers it, as `study topics` lists.")
]
SourceName = Annotated[
    str | None, typer.Option("--source", help="Part of the title, path or address of the source that answers it.")
]
Kind = Annotated[
    UnanswerableKind | None,
    typer.Option("--unanswerable", metavar="KIND", help="It must be refused: near, trap, far or chat."),
]
Facts = Annotated[
    list[str] | None,
    typer.Option("--fact", help='What a good answer states, wordings separated by "|"; may be given again.'),
]
AnotherQuestion = Annotated[
    str | None, typer.Option("--question", help="The question in words that stand alone; as it was asked else.")
]
Output = Annotated[Path | None, typer.Option("--output", help="The file to add it to; your own in STUDY_HOME else.")]
Yes = Annotated[bool, typer.Option("--yes", help="Take the proposed topic without asking.")]


def new(
    answer_id: AnswerId = None,
    topic: TopicId = None,
    source: SourceName = None,
    unanswerable: Kind = None,
    facts: Facts = None,
    question: AnotherQuestion = None,
    output: Output = None,
    yes: Yes = False,
    as_json: AsJson = False,
) -> None:
    """Turn an answer that you marked as wrong into a case of your own file, so that it is measured from now on."""
    settings = load_settings()
    assistant = open_assistant(settings)
    study = assistant.study()
    if study is None:
        raise InvalidInput("Marked answers need a journal, and there is none here.")
    file = output or own_cases_file(settings.home)
    if answer_id is None:
        _list(study, file, as_json)
        return
    marked = marked_answer(study, answer_id)
    if topic is None and source is None and unanswerable is None:
        topic, unanswerable = _asked(marked, ask=not (yes or as_json), accept=yes)
    fields = {
        "question": question or marked.asked,
        "topic": topic,
        "source": source,
        "kind": unanswerable.value if unanswerable else None,
        "key_facts": [[part.strip() for part in fact.split("|")] for fact in facts or ()],
        "note": marked.feedback.comment,
    }
    record = append_case(file, _case(fields), assistant.curriculum, settings.home)
    if as_json:
        print_json({"file": str(file), "case": record})
    else:
        out.print(f"{record['id']}: {one_line(str(record['question']))}", markup=False, soft_wrap=True)
        err.print(f"Added to {file}. Measure it with: python -m evals run {file}", markup=False, soft_wrap=True)


def _case(fields: dict[str, Any]) -> OwnCase:
    try:
        return OwnCase.model_validate({name: value for name, value in fields.items() if value})
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        raise InvalidInput(f"That makes no case: {first['msg'].removeprefix('Value error, ')}.") from error


def _asked(marked: Marked, *, ask: bool, accept: bool) -> tuple[str | None, UnanswerableKind | None]:
    """What is right: as proposed, or as the learner types it at a terminal."""
    guess = "unanswerable" if marked.suggests_refusal else marked.guessed_topic
    if ask and sys.stdin.isatty():
        out.print(f"Question: {one_line(marked.asked)}", markup=False, soft_wrap=True)
        if marked.is_follow_up:
            out.print("This was a follow-up; --question gives it words of its own.", style="dim")
        guess = typer.prompt('The topic that answers it, or "unanswerable"', default=guess, err=True)
    elif not accept or guess is None:
        proposal = f"--topic {guess} (proposed: take it with --yes)" if guess and guess != "unanswerable" else "--topic"
        raise InvalidInput(f"Say what is right: {proposal}, --source, or --unanswerable near|trap|far|chat.")
    if guess == "unanswerable":
        return None, UnanswerableKind.NEAR
    return guess, None


def _list(study: Study, file: Path, as_json: bool) -> None:
    there = {case.id for case in existing_cases(file, study.curriculum)}
    marked = marked_answers(study)
    if as_json:
        print_json({"file": str(file), "marked": [_record(each, there) for each in marked]})
        return
    if not marked:
        err.print("You have marked no answer as wrong yet. Mark the last one with: study feedback wrong")
        return
    table = Table("id", "reason", "case", "guess", "question", box=None, pad_edge=False)
    for each in marked:
        reason = each.feedback.reason.value if each.feedback.reason else ""
        question = Text(one_line(each.asked), no_wrap=True, overflow="ellipsis")
        made = "made" if each.case_id in there else ""
        table.add_row(str(each.turn.id), reason, made, each.guessed_topic or "", question)
    out.print(table)
    err.print("Make a case with: python -m evals new ID --topic TOPIC", markup=False)


def _record(marked: Marked, there: set[str]) -> dict[str, object]:
    return {
        "id": marked.turn.id,
        "question": marked.asked,
        "follow_up": marked.is_follow_up,
        "reason": marked.feedback.reason and marked.feedback.reason.value,
        "comment": marked.feedback.comment,
        "guessed_topic": marked.guessed_topic,
        "has_case": marked.case_id in there,
    }

"""``study ask``: one question, or a batch of them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.markdown import Markdown
from rich.padding import Padding

from assistant.cli.batch import read_batch
from assistant.cli.options import AsJson, Batch, RoadmapOnly, one_of_text_and_batch
from assistant.console import err, out, print_json
from assistant.domain import Answer, AnswerStatus, Finished
from assistant.errors import StudyError
from assistant.records import ask_record
from assistant.service import Assistant, open_assistant
from assistant.settings import load_settings

Question = Annotated[str | None, typer.Argument(metavar="QUESTION", help="The question, in quotes.")]


def ask(
    question: Question = None, as_json: AsJson = False, batch: Batch = None, roadmap_only: RoadmapOnly = False
) -> None:
    """Answer a question from the roadmap and its notes, with citations."""
    one_of_text_and_batch(question, batch)
    assistant = open_assistant(load_settings(), with_journal=False)
    if batch is not None:
        _ask_batch(assistant, batch, roadmap_only)
        return
    with err.status("Reading the notes …"):
        answer = _answer(assistant, question or "", roadmap_only)
    if as_json:
        print_json(ask_record(answer))
    else:
        _print(answer)
    if answer.status is AnswerStatus.FAILED:
        raise typer.Exit(1)


def _ask_batch(assistant: Assistant, batch: Path, roadmap_only: bool) -> None:
    failed = False
    for entry in read_batch(batch):
        answer = _answer(assistant, entry.question, roadmap_only)
        failed = failed or answer.status is AnswerStatus.FAILED
        print_json({"id": entry.id, **ask_record(answer)})
    if failed:
        raise typer.Exit(1)


def _answer(assistant: Assistant, question: str, roadmap_only: bool) -> Answer:
    for event in assistant.answer(question, roadmap_only=roadmap_only):
        if isinstance(event, Finished):
            return event.answer
    raise StudyError("The answer ended early. Ask again.")


def _print(answer: Answer) -> None:
    out.print(Markdown(answer.text, hyperlinks=False))  # a model's link shows where it leads
    if answer.notice:
        out.print(f"\n{answer.notice}", style="yellow", markup=False)
    if answer.citations:
        out.print("\nSources", style="bold")
    for citation in answer.citations:
        out.print(f"[{citation.n}] {citation.title}", markup=False)
        out.print(Padding(f"“{citation.quote}”", (0, 0, 0, 4)), style="dim", markup=False)
    if answer.status is not AnswerStatus.REFUSED:
        usage = answer.usage
        cost = f", {usage.prompt_tokens} tokens read, {usage.completion_tokens} written" if usage else ""
        out.print(f"\nconfidence {answer.confidence:.0%}, written by {answer.model}{cost}", style="dim", markup=False)

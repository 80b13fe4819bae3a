"""``study ask``: one question, or a batch of them."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer
from rich.markdown import Markdown
from rich.padding import Padding

from assistant.cli.batch import read_batch
from assistant.cli.check import print_question
from assistant.cli.options import AsJson, Batch, RoadmapOnly, one_of_text_and_batch
from assistant.console import err, out, print_json
from assistant.conversations import ONE_OFF
from assistant.domain import Answer, AnswerStatus, Finished
from assistant.errors import StorageError, StudyError
from assistant.leaning import leaning_text
from assistant.planning.wording import count_text
from assistant.records import ask_record
from assistant.service import Assistant, open_assistant
from assistant.settings import load_settings
from assistant.titles import composed_from

Question = Annotated[str | None, typer.Argument(metavar="QUESTION", help="The question, in quotes.")]


def ask(
    question: Question = None, as_json: AsJson = False, batch: Batch = None, roadmap_only: RoadmapOnly = False
) -> None:
    """Answer a question from the roadmap and its notes, with citations."""
    one_of_text_and_batch(question, batch)
    if batch is not None:
        _ask_batch(open_assistant(load_settings(), with_journal=False), batch, roadmap_only)
        return
    assistant = _open()
    with err.status("Reading the notes …"):
        answer = answer_to(assistant, question or "", ONE_OFF, roadmap_only=roadmap_only)
    if as_json:
        print_json(ask_record(answer))
    else:
        print_answer(answer)
        if answer.check and answer.id is not None:
            out.print("Answer with: study check LETTER" if answer.check.choices else "See: study check", style="dim")
    if answer.status is AnswerStatus.FAILED:
        raise typer.Exit(1)


def _ask_batch(assistant: Assistant, batch: Path, roadmap_only: bool) -> None:
    failed = False
    for entry in read_batch(batch):
        answer = answer_to(assistant, entry.question, None, roadmap_only=roadmap_only)
        failed = failed or answer.status is AnswerStatus.FAILED
        print_json({**ask_record(answer), "id": entry.id})
    if failed:
        raise typer.Exit(1)


def _open() -> Assistant:
    try:
        return open_assistant(load_settings())
    except StorageError as error:
        err.print(f"{error.user_message} This answer is not kept.", style="yellow", markup=False, soft_wrap=True)
        return open_assistant(load_settings(), with_journal=False)


def answer_to(
    assistant: Assistant,
    question: str,
    conversation_id: str | None,
    *,
    roadmap_only: bool = False,
    from_notes: bool = False,
    instead_of: int | None = None,
) -> Answer:
    """The whole answer to one question; what the options mean says ``Assistant.answer``."""
    answer = None
    # Closed and read to the end, so that it is recorded when this returns, also after Ctrl-C.
    answering = assistant.answer(
        question, conversation_id, roadmap_only=roadmap_only, from_notes=from_notes, instead_of=instead_of
    )
    with closing(answering) as events:
        for event in events:
            if isinstance(event, Finished):
                answer = event.answer
    if answer is None:
        raise StudyError("The answer ended early. Ask again.")
    return answer


def print_answer(answer: Answer) -> None:
    """The answer for people, with its sources, the command that explains it, and a question to check oneself."""
    out.print(Markdown(answer.text, hyperlinks=False))  # a model's link shows where it leads
    if answer.leaning:
        out.print(f"\n{leaning_text(answer.leaning)}", markup=False)
    if answer.notice:
        out.print(f"\n{answer.notice}", style="yellow", markup=False)
    if answer.citations:
        out.print("\nSources", style="bold")
    for citation in answer.citations:
        out.print(f"[{citation.n}] {citation.title}", markup=False)
        out.print(Padding(f"“{citation.quote}”", (0, 0, 0, 4)), style="dim", markup=False)
    parts = []
    if answer.statements:
        parts.append(f"{answer.supported} of {count_text(answer.statements, 'statement')} supported")
    if answer.status is not AnswerStatus.REFUSED:
        is_composed = answer.model == "notes"
        writer = f"composed from {composed_from(answer)}" if is_composed else f"written by {answer.model}"
        parts += [f"confidence {answer.confidence:.0%}", writer]
    if answer.usage:
        parts.append(f"{answer.usage.prompt_tokens} tokens read, {answer.usage.completion_tokens} written")
    if answer.id is not None:
        parts.append(f"study why {answer.id}")
    out.print("\n" + ", ".join(parts), style="dim", markup=False)
    if answer.check:
        out.print()
        print_question(answer.check)

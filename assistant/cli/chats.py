"""``study chats``: the conversations so far, to read, search, rename, export and delete."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Column, Table
from rich.text import Text

from assistant.cli.ask import print_answer
from assistant.cli.opening import open_journal
from assistant.cli.options import AsJson
from assistant.console import err, out, print_json
from assistant.conversations import Conversation
from assistant.errors import InvalidInput
from assistant.export import conversation_to_markdown
from assistant.planning.wording import count_text
from assistant.records import conversation_record, turn_record
from assistant.titles import one_line

SHOWN_ID = 8
"""Characters of an id that lists show, enough to name a conversation by."""

Reference = Annotated[str, typer.Argument(metavar="ID", help="The conversation's id, or the beginning of it.")]
Title = Annotated[str, typer.Argument(metavar="TITLE", help="Its new title, in quotes.")]
Words = Annotated[str, typer.Argument(metavar="TEXT", help="Words to look for; the last may be cut off.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")]
Output = Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="A new file to write to.")]

app = typer.Typer(help="The conversations so far: list, search, show, rename, export, delete.", rich_markup_mode=None)


@app.callback(invoke_without_command=True)
def chats(context: typer.Context, as_json: AsJson = False) -> None:
    """List the conversations, or do something with one of them."""
    if context.invoked_subcommand is None:
        list_(as_json)
    elif as_json:
        raise InvalidInput(f"Put --json behind {context.invoked_subcommand}.")


@app.command("list")
def list_(as_json: AsJson = False) -> None:
    """List the conversations, the one that was asked something last first."""
    with open_journal() as journal:
        conversations = journal.conversations()
    if as_json:
        print_json({"conversations": [conversation_record(each) for each in conversations]})
    elif conversations:
        _print(conversations)
    else:
        err.print("No conversations yet. Begin one with: study chat")


@app.command()
def search(text: Words, as_json: AsJson = False) -> None:
    """Find conversations by the words of their titles, questions and answers."""
    with open_journal() as journal:
        hits = journal.search(text)
    if as_json:
        found = [
            {
                **conversation_record(hit.conversation),
                "match": None if hit.turn_id is None else {"id": hit.turn_id, "question": hit.question},
            }
            for hit in hits
        ]
        print_json({"query": text, "conversations": found})
    elif hits:
        _print([hit.conversation for hit in hits], [one_line(hit.question or "") for hit in hits])
    else:
        err.print("No conversation holds all of these words.")


@app.command()
def show(reference: Reference, as_json: AsJson = False) -> None:
    """Show the questions and answers of a conversation."""
    with open_journal() as journal:
        conversation = journal.conversation(reference)
        turns = journal.turns(conversation.id)
    if as_json:
        print_json({"conversation": conversation_record(conversation), "turns": [turn_record(turn) for turn in turns]})
        return
    for turn in turns:
        out.print(f"› {one_line(turn.question)}\n", style="bold", markup=False)
        if turn.answer:
            print_answer(turn.answer)
        else:
            out.print("This answer was interrupted.", style="yellow")
        out.print()


@app.command()
def rename(reference: Reference, title: Title, as_json: AsJson = False) -> None:
    """Give a conversation another title."""
    with open_journal() as journal:
        conversation = journal.conversation(reference)
        journal.rename(conversation.id, title)
        conversation = journal.conversation(conversation.id)
    if as_json:
        print_json({"conversation": conversation_record(conversation)})
    else:
        out.print(f"It is now called “{conversation.title}”.", markup=False)


@app.command()
def delete(reference: Reference, yes: Yes = False, as_json: AsJson = False) -> None:
    """Delete a conversation with all its questions and answers."""
    with open_journal() as journal:
        conversation = journal.conversation(reference)
        questions = count_text(conversation.turns, "question")
        if as_json and not yes:
            raise InvalidInput("With --json nothing can be asked back. Add --yes to delete the conversation.")
        if not yes:
            typer.confirm(f"Delete “{conversation.title}” with its {questions} for good?", abort=True, err=True)
        journal.delete(conversation.id)
    if as_json:
        print_json({"deleted": conversation.id})
    else:
        out.print(f"Deleted “{conversation.title}”.", markup=False)


@app.command()
def export(reference: Reference, output: Output = None, as_json: AsJson = False) -> None:
    """Print a conversation as Markdown, or write it to a file."""
    with open_journal() as journal:
        conversation = journal.conversation(reference)
        text = conversation_to_markdown(conversation, journal.turns(conversation.id))
    if output is not None:
        try:
            with output.open("x", encoding="utf-8") as file:
                file.write(text)
        except OSError as error:
            raise InvalidInput(f"{output} cannot be written: {error.strerror}. Name another file.") from error
    if as_json:
        print_json({"conversation": conversation_record(conversation), "markdown": text})
    elif output is None:
        typer.echo(text, nl=False)
    else:
        out.print(f"Wrote {output}.", markup=False, soft_wrap=True)


def _print(conversations: Sequence[Conversation], found_in: Sequence[str] = ()) -> None:
    table = Table(Column("id", no_wrap=True), Column("asked last", no_wrap=True), "questions", "title", box=None)
    if found_in:
        table.add_column("first found in")
    for place, each in enumerate(conversations):
        day = f"{each.updated_at.astimezone():%Y-%m-%d %H:%M}"
        cells = [each.id[:SHOWN_ID], day, str(each.turns), each.title, *found_in[place : place + 1]]
        table.add_row(*map(Text, cells))
    out.print(table)

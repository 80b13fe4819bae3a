"""``study chat``: a conversation in the terminal, with follow-ups."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from assistant.cli.ask import answer_to, print_answer
from assistant.cli.chats import SHOWN_ID
from assistant.cli.check import picked, place_of, print_verdict
from assistant.cli.letters import typed_lines
from assistant.cli.opening import open_journal
from assistant.cli.options import AsJson, RoadmapOnly
from assistant.console import err, print_json
from assistant.conversations import Conversation, Turn, new_conversation_id
from assistant.domain import CheckQuestion
from assistant.errors import InvalidInput
from assistant.planning.wording import count_text
from assistant.records import ask_record
from assistant.service import Assistant, open_assistant
from assistant.settings import load_settings
from assistant.study import Study

_AGAIN, _EDIT = "/again", "/edit"
Reference = Annotated[
    str | None, typer.Argument(metavar="[ID]", help="A conversation to continue, or the beginning of its id.")
]


def chat(reference: Reference = None, as_json: AsJson = False, roadmap_only: RoadmapOnly = False) -> None:
    """Ask question after question; each may lean on the ones before. One line is one question, from a pipe, too.

    /again asks the last question again, and /edit QUESTION asks another one in its place. The number of a question that
    is offered asks it.
    """
    earlier = _earlier(reference) if reference is not None else None
    current = earlier.id if earlier else new_conversation_id()
    assistant = open_assistant(load_settings())
    study = assistant.study()
    offered = _begin(assistant, earlier)
    asked = False
    pending: CheckQuestion | None = None
    for line in typed_lines():
        if pending and study and place_of(pending, line) is not None:
            _check(study, pending, line, current if as_json else None)
            pending = None
            continue
        try:
            question, instead_of = _meant(line, offered, _turns(assistant, current))
            with err.status("Reading the notes …"):
                answer = answer_to(assistant, question, current, roadmap_only=roadmap_only, instead_of=instead_of)
        except InvalidInput as error:
            err.print(error.user_message, style="yellow", markup=False)
            continue
        except KeyboardInterrupt:
            err.print("Stopped.", style="yellow")
            asked = True
            continue
        asked = True
        pending = answer.check
        offered = assistant.next_questions(_turns(assistant, current))
        if as_json:
            print_json({"conversation": current, **ask_record(answer), "next": list(offered)})
        else:
            print_answer(answer)
            _offer(offered)
    if asked:
        err.print(f"Continue with: study chat {current[:SHOWN_ID]}", style="dim", markup=False)


def _begin(assistant: Assistant, earlier: Conversation | None) -> tuple[str, ...]:
    """Say how it goes, at a terminal; returns the questions that were offered."""
    if earlier:
        questions = count_text(earlier.turns, "question")
        err.print(f"Continuing “{earlier.title}” ({questions}).", style="dim", markup=False)
    if not sys.stdin.isatty():
        return ()
    err.print("Ask away, or answer a question that is put to you with its letter.", style="dim")
    err.print("Ctrl-C stops an answer, Ctrl-D ends the conversation.", style="dim")
    err.print("/again asks the last question again, /edit QUESTION another one in its place.", style="dim")
    plans = assistant.plans()
    offered = () if earlier or plans is None else tuple(each.question for each in plans.openings())
    _offer(offered)
    return offered


def _offer(questions: Sequence[str]) -> None:
    for number, question in enumerate(questions, start=1):
        err.print(f"  {number}  {question}", style="dim", markup=False)


def _turns(assistant: Assistant, conversation: str) -> Sequence[Turn]:
    return assistant.journal.turns(conversation) if assistant.journal else ()


def _meant(line: str, offered: Sequence[str], turns: Sequence[Turn]) -> tuple[str, int | None]:
    """The question that a line means, and the turn that it is to replace.

    Raises:
        InvalidInput: there is nothing to ask again, or nothing to ask in its place.
    """
    if line.isdecimal() and 1 <= int(line) <= len(offered):
        return offered[int(line) - 1], None
    command, _, rest = line.partition(" ")
    if command not in {_AGAIN, _EDIT}:
        return line, None
    if not turns:
        raise InvalidInput("Nothing was asked in this conversation yet. Ask something first.")
    question = turns[-1].question if command == _AGAIN else rest.strip()
    if not question:
        raise InvalidInput("Type the question to ask instead behind /edit.")
    return question, turns[-1].id


def _check(study: Study, question: CheckQuestion, letter: str, json_conversation: str | None) -> None:
    result = picked(study, question, letter)
    if json_conversation is None:
        print_verdict(result)
    else:
        print_json({"conversation": json_conversation, "topic": question.topic, "question": question.key, **result})


def _earlier(reference: str) -> Conversation:
    with open_journal() as journal:
        return journal.conversation(reference)

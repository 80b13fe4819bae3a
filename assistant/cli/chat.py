"""``study chat``: a conversation in the terminal, with follow-ups."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from assistant.cli.ask import answer_to, print_answer
from assistant.cli.chats import SHOWN_ID
from assistant.cli.check import picked, place_of, print_verdict
from assistant.cli.letters import typed_lines
from assistant.cli.opening import open_journal
from assistant.cli.options import AsJson, RoadmapOnly
from assistant.console import err, print_json
from assistant.conversations import Conversation, new_conversation_id
from assistant.domain import CheckQuestion
from assistant.planning.wording import count_text
from assistant.records import ask_record
from assistant.service import open_assistant
from assistant.settings import load_settings
from assistant.study import Study

Reference = Annotated[
    str | None, typer.Argument(metavar="[ID]", help="A conversation to continue, or the beginning of its id.")
]


def chat(reference: Reference = None, as_json: AsJson = False, roadmap_only: RoadmapOnly = False) -> None:
    """Ask question after question; each may lean on the ones before. One line is one question, from a pipe, too."""
    earlier = _earlier(reference) if reference is not None else None
    current = earlier.id if earlier else new_conversation_id()
    assistant = open_assistant(load_settings())
    study = assistant.study()
    if earlier:
        questions = count_text(earlier.turns, "question")
        err.print(f"Continuing “{earlier.title}” ({questions}).", style="dim", markup=False)
    if sys.stdin.isatty():
        err.print("Ask away, or answer a question that is put to you with its letter.", style="dim")
        err.print("Ctrl-C stops an answer, Ctrl-D ends the conversation.", style="dim")
    asked = False
    pending: CheckQuestion | None = None
    for question in typed_lines():
        if pending and study and place_of(pending, question) is not None:
            _check(study, pending, question, current if as_json else None)
            pending = None
            continue
        asked = True
        try:
            with err.status("Reading the notes …"):
                answer = answer_to(assistant, question, current, roadmap_only=roadmap_only)
        except KeyboardInterrupt:
            err.print("Stopped.", style="yellow")
            continue
        if as_json:
            print_json({"conversation": current, **ask_record(answer)})
        else:
            print_answer(answer)
        pending = answer.check
    if asked:
        err.print(f"Continue with: study chat {current[:SHOWN_ID]}", style="dim", markup=False)


def _check(study: Study, question: CheckQuestion, letter: str, json_conversation: str | None) -> None:
    result = picked(study, question, letter)
    if json_conversation is None:
        print_verdict(result)
    else:
        print_json({"conversation": json_conversation, "topic": question.topic, "question": question.key, **result})


def _earlier(reference: str) -> Conversation:
    with open_journal() as journal:
        return journal.conversation(reference)

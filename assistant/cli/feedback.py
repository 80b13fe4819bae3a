"""``study feedback``: what you think of answers."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from assistant.cli.options import AsJson
from assistant.console import err, out, print_json
from assistant.conversations import Turn
from assistant.errors import InvalidInput
from assistant.feedback import REASON_TEXTS, Feedback, Reason, Verdict
from assistant.records import feedback_record
from assistant.service import open_assistant
from assistant.settings import load_settings
from assistant.study import Study
from assistant.titles import one_line


class Mark(StrEnum):
    """What can be said of an answer; ``none`` takes back what was said."""

    GOOD = "good"
    WRONG = "wrong"
    NONE = "none"


MarkArgument = Annotated[
    Mark | None, typer.Argument(metavar="[good|wrong|none]", help="Your verdict; without one, all of them are listed.")
]
AnswerId = Annotated[int | None, typer.Option("--answer", metavar="ID", help="An earlier answer; the last one else.")]
WhatIsWrong = Annotated[Reason | None, typer.Option("--reason", help="What is wrong with it.")]
Comment = Annotated[str, typer.Option("--comment", help="Anything else, in your words.")]


def feedback(
    mark: MarkArgument = None,
    answer_id: AnswerId = None,
    reason: WhatIsWrong = None,
    comment: Comment = "",
    as_json: AsJson = False,
) -> None:
    """Mark an answer as good or wrong, or list what you marked; `python -m evals new` makes eval cases of it."""
    assistant = open_assistant(load_settings())
    study, journal = assistant.study(), assistant.journal
    if study is None or journal is None:
        raise InvalidInput("Feedback needs a journal, and there is none here.")
    if mark is None:
        if answer_id is not None or reason is not None or comment:
            raise InvalidInput("Say which: study feedback good, study feedback wrong, or study feedback none.")
        _list(study, as_json)
        return
    turn = journal.turn(answer_id)
    kept = _record(study, turn, mark, reason, comment)
    if as_json:
        print_json(feedback_record(turn, kept) if kept else {"id": turn.id, "verdict": None})
    else:
        said = f"marked as {_words(kept)}" if kept else "no longer marked"
        err.print(f"Answer {turn.id} (“{one_line(turn.question)}”) is {said}.", markup=False, soft_wrap=True)


def _record(study: Study, turn: Turn, mark: Mark, reason: Reason | None, comment: str) -> Feedback | None:
    if turn.answer is None:
        raise InvalidInput("That question was never answered. Ask it again.")
    if mark is not Mark.NONE:
        return study.judge(turn.id, Verdict(mark.value), reason, comment)
    if reason is not None or comment:
        raise InvalidInput("A verdict that is taken back has neither reason nor comment.")
    study.take_back(turn.id)
    return None


def _list(study: Study, as_json: bool) -> None:
    marked = [(study.journal.turn(each.turn_id), each) for each in study.feedback()]
    if as_json:
        print_json({"feedback": [feedback_record(turn, each) for turn, each in marked]})
    elif not marked:
        err.print("You have marked no answer yet. After a question: study feedback wrong --reason missing")
    else:
        table = Table("answer", "verdict", "question", "comment", box=None, pad_edge=False)
        for turn, each in marked:
            question = Text(one_line(turn.question), no_wrap=True, overflow="ellipsis")
            table.add_row(str(turn.id), _words(each), question, Text(one_line(each.comment)))
        out.print(table)


def _words(feedback: Feedback) -> str:
    return f"{feedback.verdict.value}: {REASON_TEXTS[feedback.reason]}" if feedback.reason else feedback.verdict.value

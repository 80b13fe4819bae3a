"""``study check``: answering the question at the end of an answer."""

from __future__ import annotations

import string
from typing import Annotated

import typer

from assistant.check_questions import verdict
from assistant.cli.letters import place_of_letter, print_options
from assistant.cli.options import AsJson
from assistant.console import out, print_json
from assistant.domain import CheckQuestion
from assistant.errors import InvalidInput
from assistant.service import open_assistant
from assistant.settings import load_settings
from assistant.study import Study

Pick = Annotated[
    str | None, typer.Argument(metavar="[LETTER]", help="The option you pick; shows the question without one.")
]
AnswerId = Annotated[int | None, typer.Option("--answer", metavar="ID", help="An earlier answer; the last one else.")]


def check(pick: Pick = None, answer_id: AnswerId = None, as_json: AsJson = False) -> None:
    """Answer the question that stands at the end of an answer. An open one shows what a good answer says."""
    assistant = open_assistant(load_settings())
    study, journal = assistant.study(), assistant.journal
    turn = journal.turn(answer_id) if journal else None
    question = turn.answer.check if turn and turn.answer else None
    if question is None or study is None:
        raise InvalidInput("That answer ends without a question. Ask something first, or name another answer.")
    if pick is not None and question.choices:
        result = picked(study, question, pick)
        if as_json:
            print_json({"topic": question.topic, "question": question.key, **result})
        else:
            print_verdict(result)
    elif as_json:
        print_json({"topic": question.topic, "question": question.key, "text": question.text, **_open(question)})
    else:
        print_question(question)
        for point in question.key_points:
            out.print(f"- {point}", markup=False)


def picked(study: Study, question: CheckQuestion, letter: str) -> dict[str, object]:
    """Record the option with this letter; returns ``right`` and the ``verdict``, a sentence.

    Raises:
        InvalidInput: there is no option with this letter.
    """
    place = place_of(question, letter)
    if place is None:
        last = string.ascii_lowercase[len(question.choices) - 1]
        raise InvalidInput(f"Pick one of the letters a to {last}.")
    return {"right": study.answer_choice(question, place), "verdict": verdict(question, place)}


def place_of(question: CheckQuestion, text: str) -> int | None:
    """The place of the option that a text names by its letter, counted from 0; None if it names none."""
    return place_of_letter(text, len(question.choices))


def print_question(question: CheckQuestion) -> None:
    """The question with its lettered options."""
    out.print(f"Check yourself: {question.text}", style="bold", markup=False)
    print_options([choice.text for choice in question.choices])


def print_verdict(result: dict[str, object]) -> None:
    """What came of a pick."""
    out.print(str(result["verdict"]), style="green" if result["right"] else "yellow", markup=False)


def _open(question: CheckQuestion) -> dict[str, object]:
    return {"choices": [choice.text for choice in question.choices], "key_points": list(question.key_points)}

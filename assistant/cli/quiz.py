"""``study quiz``: practice in the terminal."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assistant.cli import quiz_asking, quiz_export
from assistant.cli.completing import complete_references
from assistant.cli.letters import place_of_letter
from assistant.cli.options import AsJson
from assistant.cli.plan_request import topics_of
from assistant.cli.quiz_records import reviewed_record, round_record
from assistant.console import err, out, print_json
from assistant.errors import InvalidInput
from assistant.planning.scope import in_order
from assistant.planning.wording import count_text
from assistant.practice_store import Confidence
from assistant.practising import Practising
from assistant.service import open_assistant
from assistant.settings import load_settings

_GRADES = {"right": True, "wrong": False}

Topic = Annotated[
    str,
    typer.Option(
        "--topic", metavar="ID,...", help="Practise these topics or modules.", autocompletion=complete_references
    ),
]
Module = Annotated[int | None, typer.Option("--module", metavar="N", help="Practise this module.")]
Minutes = Annotated[int | None, typer.Option("--minutes", metavar="N", min=1, help="So long from now on.")]
ADay = Annotated[int | None, typer.Option("--minutes-a-day", metavar="N", help="Keep how long you practise a day.")]
Ahead = Annotated[bool, typer.Option("--ahead", help="Also what is not due yet.")]
Answer = Annotated[
    str | None, typer.Option("--answer", metavar="KEY=B", help="Answer one question: a letter, or right or wrong.")
]
Sure = Annotated[Confidence | None, typer.Option("--confidence", help="How sure you were; goes with --answer.")]
Export = Annotated[Path | None, typer.Option("--export", metavar="FILE", help="Write cards to FILE.apkg or FILE.csv.")]


def quiz(
    topic: Topic = "",
    module: Module = None,
    minutes: Minutes = None,
    minutes_a_day: ADay = None,
    ahead: Ahead = False,
    answer: Answer = None,
    confidence: Sure = None,
    export: Export = None,
    as_json: AsJson = False,
) -> None:
    """Practise what is due: questions from the notes, asked again when you are about to forget them.

    Type the letter of an option, then how sure you are: s (sure), t (think so) or g (guessing). q stops; every answer
    is kept at once.
    """
    assistant = open_assistant(load_settings())
    practising = assistant.practising()
    if practising is None:
        raise InvalidInput("Practice needs a journal, and there is none here.")
    wanted = ",".join(filter(None, [topic, "" if module is None else str(module)]))
    chosen = topics_of(assistant.curriculum, wanted) if wanted else None
    topics = None if chosen is None else in_order(assistant.curriculum, chosen)
    if minutes_a_day is not None:
        practising.keep_minutes_a_day(minutes_a_day)
        err.print(f"You practise {count_text(practising.minutes_a_day, 'minute')} a day at most.", style="dim")
    if export is not None:
        quiz_export.export(assistant, practising, export, topics)
    elif answer is not None:
        _answer(practising, answer, confidence, as_json=as_json)
    elif as_json:
        practised = practising.look(topics)
        print_json(round_record(practising, practised, practising.round(practised, minutes=minutes, ahead=ahead)))
    else:
        quiz_asking.ask_all(practising, topics, minutes, ahead=ahead)


def _answer(practising: Practising, given: str, confidence: Confidence | None, *, as_json: bool) -> None:
    key, equals, value = given.rpartition("=")
    if not equals or not key.strip():
        raise InvalidInput("Write an answer as KEY=B with a letter, or KEY=right or KEY=wrong for an open question.")
    if confidence is None:
        raise InvalidInput("Say how sure you were: --confidence sure, think-so or guessing.")
    asked = practising.pick(key.strip())
    choices = asked.card.question.choices
    place = place_of_letter(value, len(choices)) if choices else None
    was_right = None if choices else _GRADES.get(value.strip().lower())
    if place is None and was_right is None:
        wanted = "a letter of its options" if choices else "right or wrong"
        raise InvalidInput(f"That question takes {wanted}.")
    reviewed = practising.answer(asked, confidence, place=place, was_right=was_right)
    if as_json:
        print_json(reviewed_record(practising, reviewed, place))
    else:
        quiz_asking.print_reviewed(practising, reviewed, place)
        out.print(quiz_asking.comes_back(practising, reviewed), style="dim")

"""One card after another in the terminal: question, option, confidence, then the answer.

Owns: the lines. Refuses: which card comes (``assistant.practising``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

from assistant.check_questions import verdict
from assistant.cli.letters import place_of_letter, print_options, typed_lines
from assistant.console import err, out
from assistant.errors import InvalidInput
from assistant.planning.wording import count_text, list_text
from assistant.practice.cards import Card
from assistant.practice.rounds import Round
from assistant.practice.summary import day_from_today, summary_text
from assistant.practice_store import Confidence
from assistant.practising import Asked, Practising, Reviewed

_QUIT = "q"
_CONFIDENCE = {"s": Confidence.SURE, "t": Confidence.THINK_SO, "g": Confidence.GUESSING}
_GRADE = {"y": True, "n": False}


_Option = TypeVar("_Option")


class _Stopped(Exception):
    """The learner wants no more."""


def ask_all(practising: Practising, topics: Sequence[str] | None, minutes: int | None, *, ahead: bool) -> None:
    """Ask what is due until there is nothing left, the learner stops, or the input ends."""
    lines = typed_lines()
    first = practising.look(topics)
    found = practising.round(first, minutes=minutes, ahead=ahead)
    if not found.cards:
        _print_nothing(practising, found, topics)
        return
    out.print(round_text(found), style="bold")
    err.print("Type a letter, then how sure you are: s sure, t think so, g guessing. q stops.", style="dim")
    try:
        # What is begun now is answered also if the time is over; then the day's minutes end the round.
        for _ in found.cards:
            practised = practising.look(topics)
            left = practising.round(practised, minutes=minutes, ahead=ahead)
            if not left.cards:
                break
            _ask(practising, practising.ask(practised, left.cards[0]), lines)
    except _Stopped:
        pass
    summary = practising.summary(first.newest)
    if summary.total:
        out.print(summary_text(summary), style="bold")
    later = practising.round(practising.look(topics))
    if later.cards:
        err.print(f"{count_text(len(later.cards), 'card')} left: study quiz", style="dim")
    elif later.next_day:
        err.print(f"The next one is due {day_from_today(later.next_day, practising.today)}.", style="dim")


def round_text(found: Round) -> str:
    """Such as ``12 cards, about 6 min: 8 due, 3 new and 1 once more``."""
    counts = ((found.due, "due"), (found.new, "new"), (found.again, "once more"))
    told = list_text([f"{number} {word}" for number, word in counts if number])
    return f"{count_text(len(found.cards), 'card')}, about {found.minutes} min: {told}"


def print_reviewed(practising: Practising, reviewed: Reviewed, place: int | None) -> None:
    """The verdict and the sentence of the notes."""
    style = "green" if reviewed.was_right else "yellow"
    if place is not None:
        out.print(verdict(reviewed.card.question, place), style=style, markup=False)
    evidence = practising.bank.evidence(reviewed.card)
    if evidence:
        out.print(f"“{evidence.sentence}”", style="italic", markup=False)


def comes_back(practising: Practising, reviewed: Reviewed) -> str:
    """When the card is asked again."""
    day = day_from_today(reviewed.next_day, practising.today)
    return f"Comes back {day}{', before your deadline' if reviewed.before_deadline else ''}."


def _ask(practising: Practising, asked: Asked, lines: Iterator[str]) -> None:
    card = asked.card
    topic = practising.bank.topic_of(card)
    out.print(f"\n{topic.module}. {practising.bank.curriculum.module(topic.module).title} · {topic.title}", style="dim")
    out.print(card.question.text, style="bold", markup=False)
    print_options([choice.text for choice in card.question.choices])
    place = _place(card, lines) if card.question.choices else None
    if not card.question.choices:
        err.print("Say the answer to yourself first.", style="dim")
    confidence = _one_of(_CONFIDENCE, "How sure are you? s, t or g", lines)
    was_right = None
    if not card.question.choices:
        for point in card.question.key_points:
            out.print(f"- {point}", markup=False)
        was_right = _one_of(_GRADE, "Did you have these points? y or n", lines)
    try:
        reviewed = practising.answer(asked, confidence, place=place, was_right=was_right)
    except InvalidInput as error:
        err.print(error.user_message, style="yellow", markup=False)
        return
    print_reviewed(practising, reviewed, place)
    out.print(comes_back(practising, reviewed), style="dim")


def _place(card: Card, lines: Iterator[str]) -> int:
    count = len(card.question.choices)
    for line in _until_stopped(lines):
        place = place_of_letter(line, count)
        if place is not None:
            return place
        err.print(f"Type one of the letters a to {chr(ord('a') + count - 1)}, or q.", style="yellow")
    raise _Stopped


def _one_of(options: Mapping[str, _Option], question: str, lines: Iterator[str]) -> _Option:
    err.print(question, style="dim")
    for line in _until_stopped(lines):
        found = options.get(line[:1].lower())
        if found is not None:
            return found
        err.print(f"{question}, or q.", style="yellow")
    raise _Stopped


def _until_stopped(lines: Iterator[str]) -> Iterator[str]:
    for line in lines:
        if line.lower() == _QUIT:
            raise _Stopped
        yield line


def _print_nothing(practising: Practising, found: Round, topics: Sequence[str] | None) -> None:
    if found.waiting:
        out.print(f"Your minutes of today are used up ({practising.minutes_a_day}); {found.waiting} more are due.")
        err.print("Go on with: study quiz --minutes 5", style="dim")
    elif found.next_day:
        out.print(f"Nothing is due. The next question comes {day_from_today(found.next_day, practising.today)}.")
        err.print("Practise all the same: study quiz --ahead", style="dim")
    elif topics or practising.begun():
        out.print("There is nothing to ask about that today.")
    else:
        out.print("You have not studied anything yet, so nothing is due.")
        err.print("Choose something: study quiz --topic circuit-breaker, or --module 5", style="dim")
        err.print("Or say what you have done: study done circuit-breaker", style="dim")

"""What came of a sitting of practice.

Owns: counting it, and its sentences. Pure. Refuses: showing it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from assistant.planning.wording import count_text, date_text
from assistant.practice.cards import Card
from assistant.practice_store import Confidence, PracticeAnswer


@dataclass(frozen=True, slots=True)
class Summary:
    """``right`` of ``total`` answers in ``seconds``; ``wrong`` are the cards that went wrong, those that the learner
    was sure of, ``surprises``, among them."""

    right: int
    total: int
    seconds: int
    wrong: tuple[Card, ...]
    surprises: tuple[Card, ...]


def summarise(answers: Iterable[PracticeAnswer], cards: Mapping[str, Card]) -> Summary:
    """What came of these answers; ``cards`` are by key, and what is no card any more is only counted."""
    given = list(answers)
    failed = [each for each in given if not each.was_right]
    return Summary(
        right=len(given) - len(failed),
        total=len(given),
        seconds=sum(each.seconds or 0 for each in given),
        wrong=_cards(failed, cards),
        surprises=_cards([each for each in failed if each.confidence is Confidence.SURE], cards),
    )


def _cards(answers: Iterable[PracticeAnswer], cards: Mapping[str, Card]) -> tuple[Card, ...]:
    keys = dict.fromkeys(each.question for each in answers)
    return tuple(cards[key] for key in keys if key in cards)


def summary_text(summary: Summary) -> str:
    """Such as ``5 of 7 right in 4 min. You were sure of 1 that was wrong.``"""
    minutes = f" in {max(1, round(summary.seconds / 60))} min" if summary.seconds else ""
    text = f"{summary.right} of {summary.total} right{minutes}."
    if surprises := len(summary.surprises):
        text += f" You were sure of {count_text(surprises, 'answer')} that {'was' if surprises == 1 else 'were'} wrong."
    return text


def day_from_today(day: date, today: date) -> str:
    """``today``, ``tomorrow``, ``in 5 days`` or ``on 3 March 2027``."""
    days = (day - today).days
    if days <= 0:
        return "today"
    if day == today + timedelta(days=1):
        return "tomorrow"
    return f"in {days} days" if days <= 30 else f"on {date_text(day)}"  # noqa: PLR2004 - a month ahead is a date

"""FSRS over the log of answers: when each card is due, and how likely it still is known.

Owns: the only use of the package fsrs, and counting in the learner's days. Refuses: keeping anything: the log is
replayed, so a better scheduler later needs no migration.

FSRS counts whole days of 24 hours. Somebody who practises at eight one evening and at seven the next would be told that
nothing is due, so an answer counts for its calendar day, at noon.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from assistant.practice.aim import Aim
from assistant.practice.rating import Worth, worth
from assistant.practice_store import PracticeAnswer

if TYPE_CHECKING:
    from fsrs import Card as FsrsCard
    from fsrs import Scheduler

DESIRED_RETENTION = 0.9
_LONGEST_DAYS = 365
_OTHER_PICK = timedelta(minutes=10)
"""In the chat and on a topic's page another option can be picked after the verdict; that is no recall."""


@dataclass(frozen=True, slots=True)
class Memory:
    """What the log says of one card.

    ``due`` is the day it comes back, ``retrievability`` the probability, 0 to 1, that it is known today. ``days`` are
    the days of its answers, in order, one for each answer.
    """

    key: str
    days: tuple[date, ...]
    due: date
    retrievability: float
    was_right: bool

    @property
    def last(self) -> date:
        """The day of the last answer."""
        return self.days[-1]

    @property
    def known(self) -> float:
        """How likely it is known: nothing after a wrong answer, whatever was read just then."""
        return self.retrievability if self.was_right else 0.0


def local_day(moment: datetime) -> date:
    """The learner's day, by the machine's time zone."""
    return moment.astimezone().date()


def memories(
    answers: Iterable[PracticeAnswer],
    today: date,
    aim: Aim | None = None,
    day_of: Callable[[datetime], date] = local_day,
) -> Mapping[str, Memory]:
    """What is remembered of each card that was ever answered, by key; ``answers`` are in the order of time."""
    by_key: dict[str, list[PracticeAnswer]] = {}
    for answer in answers:
        earlier = by_key.setdefault(answer.question, [])
        if earlier and answer.confidence is None and answer.at - earlier[-1].at < _OTHER_PICK:
            continue
        earlier.append(answer)
    return {key: _memory(key, given, today, aim, day_of) for key, given in by_key.items()}


def _memory(
    key: str, answers: list[PracticeAnswer], today: date, aim: Aim | None, day_of: Callable[[datetime], date]
) -> Memory:
    days = tuple(day_of(answer.at) for answer in answers)
    card = _replayed(days, tuple(worth(was_right=each.was_right, confidence=each.confidence) for each in answers))
    due = card.due.date()
    return Memory(
        key=key,
        days=days,
        due=aim.due(key, days[-1], due) if aim else due,
        retrievability=_scheduler().get_card_retrievability(card, _noon(max(today, days[-1]))),
        was_right=answers[-1].was_right,
    )


@lru_cache(maxsize=20_000)
def _replayed(days: tuple[date, ...], ratings: tuple[Worth, ...]) -> FsrsCard:
    """A card after these ratings on these days. Kept: after an answer all other cards are as they were."""
    from fsrs import Card, Rating  # noqa: PLC0415 - only practice needs it

    # Without an id of its own a card waits a millisecond to get one.
    card = Card(card_id=0, due=_noon(days[0]))
    for day, rating in zip(days, ratings, strict=True):
        card, _ = _scheduler().review_card(card, Rating(rating.value), _noon(day))
    return card


@cache
def _scheduler() -> Scheduler:
    """Days only, and nothing random: the same log gives the same days."""
    from fsrs import Scheduler  # noqa: PLC0415 - only practice needs it

    return Scheduler(
        desired_retention=DESIRED_RETENTION,
        learning_steps=(),
        relearning_steps=(),
        maximum_interval=_LONGEST_DAYS,
        enable_fuzzing=False,
    )


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), UTC)

"""What is asked now: what is due, then what is new, within the minutes of a day.

Owns: the order of cards and the cap. Pure. Refuses: what a topic's cards are (``bank``) and when they are due
(``memory``).

The order follows from the log alone, so a reload, another window or a restart goes on with the same card.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.practice.cards import USUAL_SECONDS, Card, CardKind
from assistant.practice.memory import Memory
from assistant.practice_store import PracticeAnswer

NEW_A_DAY = 10
"""Every new card comes back about seven times within the next months."""
LONGEST_SECONDS = 300
"""Nobody thinks longer about one card; who does has gone for a tea."""
_SHORTEST_SECONDS = 5
_ENOUGH_ANSWERS = 5


@dataclass(frozen=True, slots=True)
class Round:
    """The cards to ask now, in order.

    ``due``, ``new`` and ``again`` are how many of each kind it holds: cards whose day has come, cards never asked
    before, and cards that went wrong today and come once more. ``waiting`` more are due but beyond the day's minutes.
    ``spent_seconds`` were practised today before. ``next_day`` is when the next card is due after these, None if none
    is.
    """

    cards: tuple[Card, ...]
    due: int
    new: int
    again: int
    waiting: int
    seconds: int
    spent_seconds: int
    next_day: date | None

    @property
    def minutes(self) -> int:
        """About how long it takes, at least a minute if there is anything to ask."""
        return max(1, round(self.seconds / 60)) if self.cards else 0


@dataclass(frozen=True, slots=True)
class Limits:
    """``seconds`` a day at most, None without a limit, and ``new`` cards a day at most."""

    seconds: int | None
    new: int = NEW_A_DAY


def make_round(
    cards: Sequence[Card],
    found: Mapping[str, Memory],
    today: date,
    *,
    pace: Mapping[CardKind, int],
    spent_seconds: int,
    limits: Limits,
    ahead: bool = False,
    last_topic: str = "",
) -> Round:
    """What to ask of ``cards``, whose order is that in which new ones are met.

    With ``ahead`` also what is not due yet, the least known first. ``last_topic`` is what was asked about just now.
    """
    met = [card for card in cards if card.key in found]
    open_today = [card for card in met if found[card.key].last < today]
    due = _by_need((card for card in open_today if ahead or found[card.key].due <= today), found)
    begun_today = sum(found[card.key].days[0] == today for card in met)
    new = [card for card in cards if card.key not in found][: max(0, limits.new - begun_today)]
    again = [card for card in met if _comes_once_more(found[card.key], today)]
    left = None if limits.seconds is None else limits.seconds - spent_seconds
    chosen: list[Card] = []
    seconds = 0
    for card in (*due, *new, *again):
        if left is not None and seconds + pace[card.kind] > left:
            break
        chosen.append(card)
        seconds += pace[card.kind]
    kept = {card.key for card in chosen}
    return Round(
        cards=tuple(_mixed(chosen, last_topic)),
        due=sum(card.key in kept for card in due),
        new=sum(card.key in kept for card in new),
        again=sum(card.key in kept for card in again),
        waiting=sum(card.key not in kept for card in (*due, *again)),
        seconds=seconds,
        spent_seconds=spent_seconds,
        next_day=min((found[card.key].due for card in met if found[card.key].due > today), default=None),
    )


def pace_of(answers: Iterable[PracticeAnswer], kinds: Mapping[str, CardKind]) -> Mapping[CardKind, int]:
    """Seconds that a card of each kind takes this learner: the median of their own, once there are enough."""
    own: dict[CardKind, list[int]] = {kind: [] for kind in CardKind}
    for answer in answers:
        if answer.seconds is not None and answer.question in kinds:
            own[kinds[answer.question]].append(min(LONGEST_SECONDS, max(_SHORTEST_SECONDS, answer.seconds)))
    return {
        kind: round(statistics.median(own[kind])) if len(own[kind]) >= _ENOUGH_ANSWERS else usual
        for kind, usual in USUAL_SECONDS.items()
    }


def _by_need(cards: Iterable[Card], found: Mapping[str, Memory]) -> list[Card]:
    """The least known first: those lose most by waiting for another day."""
    return sorted(cards, key=lambda card: (found[card.key].known, found[card.key].due, card.key))


def _comes_once_more(memory: Memory, today: date) -> bool:
    """Whether a card went wrong today and was answered only once today: it comes again at the end."""
    return not memory.was_right and memory.days.count(today) == 1


def _mixed(cards: Sequence[Card], last: str) -> Iterable[Card]:
    """The cards with no two of one topic in a row where others are left, otherwise in their order."""
    left = list(cards)
    while left:
        place = next((place for place, card in enumerate(left) if card.topic != last), 0)
        card = left.pop(place)
        last = card.topic
        yield card

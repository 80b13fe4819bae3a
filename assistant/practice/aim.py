"""The plan's deadline: what is known has to be known then.

Owns: the days before the deadline on which every card comes once more. Pure. Refuses: FSRS (``memory``).

FSRS's gaps grow for months, so a card could come next after the deadline. Such a card comes once more in the last days
before it, on a day that its key chooses, so that they do not all come at once. How many days that takes follows from
how many cards there are and how long the learner practises a day.
"""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass
from datetime import date, timedelta

LEAST_DAYS = 7
MOST_DAYS = 60
_SHARE = 0.5
"""The part of a day's minutes that is taken to be free for it: what is due anyway goes on."""


@dataclass(frozen=True, slots=True)
class Aim:
    """Until the day before ``deadline``, every card has come once within the last ``days`` days."""

    deadline: date
    days: int = LEAST_DAYS

    @property
    def first_day(self) -> date:
        """The first of the last days."""
        return self.deadline - timedelta(days=self.days)

    def due(self, key: str, last: date, due: date) -> date:
        """When a card comes that was last answered on ``last``, and that FSRS would ask again on ``due``."""
        if due <= self.deadline or last >= self.first_day:
            return due
        place = int.from_bytes(hashlib.sha256(key.encode()).digest()[:4]) % self.days
        return self.first_day + timedelta(days=place)


def aim_at(deadline: date | None, today: date, cards: int, seconds_per_card: float, minutes_a_day: int) -> Aim | None:
    """The aim where there is a deadline that is not over; ``cards`` is how many have to come in the last days."""
    if deadline is None or deadline < today:
        return None
    days = math.ceil(cards * seconds_per_card / (60 * minutes_a_day * _SHARE))
    return Aim(deadline, min(MOST_DAYS, max(LEAST_DAYS, days)))

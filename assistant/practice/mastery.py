"""How well a topic is known.

Owns: the formula. Pure. Refuses: what follows from it.

    mastery = (sum over the topic's cards of how likely each is known today) / (number of the topic's cards)

A card that was never asked, or whose last answer was wrong, counts 0; any other counts FSRS's retrievability. So
mastery is the share of questions that were met times how likely those are still known, and it falls while nothing is
practised.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from assistant.practice.cards import Card
from assistant.practice.memory import Memory

WELL_KNOWN = 0.8
WEAK = 0.5


@dataclass(frozen=True, slots=True)
class Mastery:
    """The mastery of one topic, 0 to 1; ``met`` of its ``cards`` were answered at least once."""

    topic: str
    share: float
    met: int
    cards: int

    @property
    def is_well_known(self) -> bool:
        """Whether a review of it can be short."""
        return self.share >= WELL_KNOWN

    @property
    def is_weak(self) -> bool:
        """Whether what was met is mostly not known; what was never met says nothing."""
        return self.met > 0 and self.share / (self.met / self.cards) < WEAK


def mastery_of(topic: str, cards: Iterable[Card], found: Mapping[str, Memory]) -> Mastery | None:
    """The mastery of a topic; None where it has no cards."""
    keys = [card.key for card in cards]
    if not keys:
        return None
    met = [found[key] for key in keys if key in found]
    return Mastery(topic, sum(each.known for each in met) / len(keys), len(met), len(keys))

"""What can be asked.

Owns: the shape of a card. Refuses: making one (``bank``, ``contrast``) and when it is asked (``rounds``).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from assistant.domain import CheckQuestion


class CardKind(StrEnum):
    """``CHOICE`` and ``OPEN`` are the notes' questions, ``CONTRAST`` asks which of similar concepts is meant."""

    CHOICE = "choice"
    OPEN = "open"
    CONTRAST = "contrast"


USUAL_SECONDS = {CardKind.CHOICE: 30, CardKind.OPEN: 75, CardKind.CONTRAST: 20}
"""How long one card of a kind takes, the feedback included, until the learner's own answers say better."""


@dataclass(frozen=True, slots=True)
class Card:
    """One question that comes back. ``earlier_keys`` are what it was called before its topic was renamed."""

    question: CheckQuestion
    kind: CardKind
    earlier_keys: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """Its name in the log."""
        return self.question.key

    @property
    def topic(self) -> str:
        """The id of its topic."""
        return self.question.topic

    @property
    def right_answer(self) -> str:
        """The right option, or the key points of a good answer, one a line."""
        right = [choice.text for choice in self.question.choices if choice.right]
        return "\n".join(right or self.question.key_points)

"""Scripted conversations: what a learner says turn by turn, and what each turn is about.

Owns: the shape of ``cases/conversations.jsonl``. Refuses: playing one (``evals.suites.conversation``).
"""

from __future__ import annotations

from enum import StrEnum
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from evals.cases import Case, Split, split_of


class TurnKind(StrEnum):
    """How a turn hangs together with those before it."""

    OPENING = "opening"
    PRONOUN = "pronoun"
    ELLIPSIS = "ellipsis"
    COMPARISON = "comparison"
    INSTEAD = "instead"
    PICK = "pick"
    YES = "yes"
    MORE = "more"
    CORRECTION = "correction"
    SWITCH = "switch"
    RETURN = "return"
    OFF_TOPIC = "off_topic"
    THANKS = "thanks"


class ScriptedTurn(BaseModel):
    """One turn: about a topic (``also_ok`` are topics that are as right), or one that must be refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    question: str = Field(min_length=1)
    kind: TurnKind
    module: int | None = None
    topic: str | None = None
    also_ok: tuple[str, ...] = ()
    refused: bool = False

    @model_validator(mode="after")
    def _is_about_something_or_refused(self) -> Self:
        if self.refused != (self.topic is None) or self.refused != (self.module is None):
            raise ValueError("a turn has a topic and its module, or is refused")
        return self


class ConversationCase(Case):
    """A whole conversation; its first turn opens it and is not judged."""

    turns: tuple[ScriptedTurn, ...] = Field(min_length=2, max_length=5)

    @property
    def split(self) -> Split:
        """Which half the conversation belongs to."""
        return split_of(self.id, byte=0)

    @model_validator(mode="after")
    def _opens_once(self) -> Self:
        if [turn.kind is TurnKind.OPENING for turn in self.turns] != [True] + [False] * (len(self.turns) - 1):
            raise ValueError("the first turn, and no other, is the opening")
        return self

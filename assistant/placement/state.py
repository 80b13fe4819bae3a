"""A placement test under way, as a value that survives a reload.

Owns: the state and its JSON form. Refuses: what to ask next (``assistant.placement.adaptive``).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.domain import Level
from assistant.errors import InvalidInput

MOST_QUESTIONS = 20
LEAST_QUESTIONS = 8


class Outcome(StrEnum):
    """How a question went; "I don't know" is a miss without a guess."""

    RIGHT = "right"
    WRONG = "wrong"
    DONT_KNOW = "dont_know"


@dataclass(frozen=True, slots=True)
class Report:
    """What the learner says about themselves beforehand: levels and module numbers they know."""

    levels: frozenset[Level] = frozenset()
    modules: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Asked:
    """One question and how it went: its topic and its number in the topic's notes."""

    topic: str
    number: int
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class PlacementState:
    """Everything that was said so far. ``seed`` varies the questions of a topic and the order of their options.

    ``report`` is None where the learner was not asked for one. ``pending`` is the question being asked, as (topic,
    number), None when the test is over.
    """

    seed: int = 0
    report: Report | None = None
    asked: tuple[Asked, ...] = ()
    pending: tuple[str, int] | None = None


class _Asked(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    topic: str
    number: int = Field(ge=1)
    outcome: Outcome


class _Report(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    levels: list[Level]
    modules: list[int]


class _State(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    version: Literal[1]
    seed: int
    report: _Report | None
    asked: list[_Asked] = Field(max_length=MOST_QUESTIONS)
    pending: tuple[str, int] | None


def state_to_json(state: PlacementState) -> str:
    """The state as one line of JSON, the same for equal states."""
    report = state.report
    return json.dumps(
        {
            "version": 1,
            "seed": state.seed,
            "report": report and {"levels": sorted(report.levels), "modules": sorted(report.modules)},
            "asked": [{"topic": a.topic, "number": a.number, "outcome": a.outcome} for a in state.asked],
            "pending": state.pending,
        }
    )


def state_from_json(text: str) -> PlacementState:
    """The state that ``state_to_json`` wrote.

    Raises:
        InvalidInput: the text is something else.
    """
    try:
        read = _State.model_validate_json(text)
    except ValidationError as error:
        raise InvalidInput("This is no saved placement test. Start a new one.") from error
    said = read.report
    report = Report(frozenset(said.levels), frozenset(said.modules)) if said else None
    asked = tuple(Asked(entry.topic, entry.number, entry.outcome) for entry in read.asked)
    return PlacementState(read.seed, report, asked, read.pending)

"""What a plan promises, and what was found broken.

Owns: the names. Refuses: looking (``times``, ``contents``, ``claims``).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Rule(StrEnum):
    """What a plan promises, named by how it breaks."""

    ORDER = "prerequisite after its dependent"
    BASE = "prerequisite neither planned nor known"
    DAY = "day over its cap"
    WEEK = "week over its hours"
    EARLY = "before the start"
    LATE = "after the deadline"
    CALENDAR = "item outside its week or out of order"
    TOPIC = "unknown topic"
    RESOURCE = "unknown resource"
    MISSING = "needed topic neither planned nor left out with a reason"
    UNWANTED = "topic that the request does not ask for"
    PIN = "pinned topic not planned"
    KEY = "key given twice"
    MINUTES = "minutes do not add up"
    REVIEW = "review outside its lane"
    VERDICT = "verdict that the plan contradicts"
    JSON = "JSON that does not give the plan back"
    SCHEMA = "JSON that breaks its schema"
    DONE = "done work that changed"
    FROZEN = "next two days that changed"
    PAST = "open work left in the past"
    UNTOLD = "change that the diff does not tell"


@dataclass(frozen=True, slots=True)
class Violation:
    """A promise that is broken, and where."""

    rule: Rule
    where: str

    def __str__(self) -> str:
        return f"{self.rule.value}: {self.where}"


Found = Iterator[tuple[Rule, str]]
"""A rule and where it is broken, one after another."""

"""What the planner hands back: a plan as value objects.

Owns: the shape of a plan. Refuses: computing one (``planner``) and writing one down (``contract``, ``checklist``).
All times are whole minutes and all dates are local calendar days; hours appear only where people or JSON read them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Activity(StrEnum):
    """What a learner does in an item."""

    READ = "read"
    PRACTISE = "practise"


@dataclass(frozen=True, slots=True)
class StudyItem:
    """One sitting with one topic on one day.

    ``part`` counts from 1 to ``parts`` within the topic and activity, so (topic, activity, part) names an item
    within its plan. ``why`` is one sentence for the learner.
    """

    topic: str
    module: int
    module_title: str
    title: str
    activity: Activity
    minutes: int
    date: date
    why: str
    part: int = 1
    parts: int = 1


@dataclass(frozen=True, slots=True)
class StudyWeek:
    """The items of one week in the order of study; ``number`` counts from 1, ``start`` is the week's first day."""

    number: int
    start: date
    items: tuple[StudyItem, ...]

    @property
    def minutes(self) -> int:
        """Minutes of study in this week."""
        return sum(item.minutes for item in self.items)


@dataclass(frozen=True, slots=True)
class Unscheduled:
    """A topic that the goal needs and the plan does not hold, with a sentence that says why."""

    topic: str
    title: str
    reason: str


@dataclass(frozen=True, slots=True)
class WaysOut:
    """The three ways to make an infeasible plan fit; choosing one of them is enough.

    ``finish``: the day everything is done at the asked-for pace. ``minutes_per_week``: the smallest multiple of half
    an hour that meets the deadline, None when no allowed pace does. ``drop_minutes``: by how much the work exceeds
    the time; topics worth at least this have to go.
    """

    finish: date
    minutes_per_week: int | None
    drop_minutes: int


@dataclass(frozen=True, slots=True)
class StudyPlan:
    """A study plan with its verdict.

    ``finish`` is the day on which everything the goal needs is done at this pace, also when that is after the
    deadline and the plan therefore stops earlier; it is ``start`` when there is nothing to do. ``minutes_total`` is
    what the goal needs, scheduled or not; ``minutes_available`` the time until the deadline inclusive, None without
    one. ``ways_out`` is None for a feasible plan. ``targets`` and ``known`` are topic ids in the roadmap's order,
    and no targets means the whole roadmap.
    """

    feasible: bool
    verdict: str
    start: date
    finish: date
    deadline: date | None
    goal: str
    targets: tuple[str, ...]
    known: tuple[str, ...]
    minutes_per_week: int
    minutes_total: int
    minutes_available: int | None
    weeks: tuple[StudyWeek, ...]
    unscheduled: tuple[Unscheduled, ...]
    ways_out: WaysOut | None = None

    @property
    def items(self) -> tuple[StudyItem, ...]:
        """Every item in the order of study."""
        return tuple(item for week in self.weeks for item in week.items)

"""What the planner hands back: a plan as value objects.

Owns: the shape of a plan. Refuses: computing one (``planner``) and writing one down (``contract``, ``checklist``,
``table``). All times are whole minutes and all dates are local calendar days; hours appear only where people or JSON
read them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Activity(StrEnum):
    """What a learner does in an item."""

    READ = "read"
    PRACTISE = "practise"
    PROJECT = "project"
    REVIEW = "review"
    QUIZ = "quiz"


@dataclass(frozen=True, slots=True)
class StudyItem:
    """One sitting with one topic on one day.

    ``topic`` is always a topic of the roadmap: a project or a quiz carries the last planned topic of its module.
    ``part`` counts from 1 to ``parts`` within the topic and activity; for a review it counts the topic's reviews.
    ``why`` is one or two sentences for the learner. ``resources`` are ids of the catalogue, the best fitting first.
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
    resources: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The item's name within its plan: ``topic:activity:part``."""
        return f"{self.topic}:{self.activity.value}:{self.part}"


@dataclass(frozen=True, slots=True)
class StudyWeek:
    """The items of one week in the order of study; ``number`` counts from 1, ``start`` is the week's first day.

    ``minutes_available`` is what the week's days hold, review included, up to the deadline.
    """

    number: int
    start: date
    items: tuple[StudyItem, ...]
    minutes_available: int = 0

    @property
    def minutes(self) -> int:
        """Minutes of study and review in this week."""
        return sum(item.minutes for item in self.items)

    @property
    def slack_minutes(self) -> int:
        """Minutes of this week that the plan leaves free."""
        return max(0, self.minutes_available - self.minutes)


@dataclass(frozen=True, slots=True)
class Milestone:
    """The day on which the last work on a module is done; ``module`` is its number."""

    date: date
    module: int
    title: str


@dataclass(frozen=True, slots=True)
class Unscheduled:
    """A topic that the goal needs and the plan does not hold, with a sentence that says why.

    With ``activity`` PROJECT it is a module's project instead, and ``topic`` the last of its module's topics.
    """

    topic: str
    title: str
    reason: str
    activity: Activity | None = None


@dataclass(frozen=True, slots=True)
class WaysOut:
    """The three ways to make an infeasible plan fit; choosing one of them is enough (``options.choose``).

    ``finish``: the day everything is done at the asked-for pace. ``minutes_per_week``: the smallest multiple of half
    an hour that meets the deadline, None when no allowed pace does.

    ``drop``: the topic ids whose loss costs the fewest topics of the goal (then the fewest minutes), in the roadmap's
    order; ``drop_projects``: the ids of modules whose project goes too; ``drop_minutes``: the work saved by both;
    ``drop_lost``: which of ``drop`` the learner asked for (all of them without targets). Nothing is dropped when that
    is no way out: nothing would be left, or what is pinned does not fit alone. ``proven`` says that no choice loses
    fewer topics of the goal; otherwise ``gap`` is how many more could at most be kept, as a share of that bound.
    """

    finish: date
    minutes_per_week: int | None
    drop_minutes: int
    drop: tuple[str, ...] = ()
    drop_projects: tuple[str, ...] = ()
    drop_lost: tuple[str, ...] = ()
    proven: bool = True
    gap: float = 0.0

    @property
    def can_drop(self) -> bool:
        """Whether dropping topics or projects is a way out."""
        return bool(self.drop or self.drop_projects)


@dataclass(frozen=True, slots=True)
class StudyPlan:
    """A study plan with its verdict, and every field of the request it answers (``options.request_of``).

    ``finish`` is the day on which everything the goal needs is done at this pace, also when that is after the
    deadline and the plan therefore stops earlier; it is ``start`` when there is nothing to do. ``finish_p50`` and
    ``finish_p80`` are the days by which half and four fifths of such plans are done, given how uncertain the
    estimates and the pace are.

    ``minutes_total`` is the work that the goal needs, scheduled or not, without reviews; ``minutes_available`` the
    time for it until the deadline inclusive, None without one; ``minutes_review`` the time kept for review besides,
    until the finish, or until the deadline if that comes first. ``ways_out`` is None for a feasible plan.

    Topic ids are in the roadmap's order, and no targets means the whole roadmap.
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
    finish_p50: date
    finish_p80: date
    ways_out: WaysOut | None = None
    milestones: tuple[Milestone, ...] = ()
    minutes_review: int = 0
    weekday_minutes: tuple[int, ...] = ()
    excluded: tuple[str, ...] = ()
    pinned: tuple[str, ...] = ()
    days_off: tuple[date, ...] = ()
    exceptions: tuple[tuple[date, int], ...] = ()
    session_minutes: int = 90
    review_percent: int = 17
    pace_percent: int = 100
    projects: bool = True
    excluded_projects: tuple[str, ...] = ()
    done_minutes: tuple[tuple[str, int], ...] = ()

    @property
    def items(self) -> tuple[StudyItem, ...]:
        """Every item in the order of study."""
        return tuple(item for week in self.weeks for item in week.items)

"""What the roadmap and the request say about a plan, worked out anew.

Owns: what is open, needed, left out and allowed. Refuses: comparing the plan with it (``times``, ``contents``,
``claims``).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from assistant.curriculum import Curriculum
from assistant.domain import Resource
from assistant.planning import Activity, PlanRequest, StudyItem, StudyPlan

DAY = timedelta(days=1)
WEEK_DAYS = 7
SHORTEST_MINUTES = 10
LEARNING = frozenset({Activity.READ, Activity.PRACTISE})
_GRID_MINUTES = 5
_STEP_MINUTES = 15
_LONGEST_DAY_MINUTES = 960
_FROZEN_DAYS = 2


@dataclass(frozen=True, slots=True)
class Lived:
    """What has become of a plan: ``done`` are keys of its items, ``spent`` minutes of topics begun and not done.

    What is done, and days before ``frozen_until``, are as life had them and keep to no cap.
    """

    today: date
    done: frozenset[str] = frozenset()
    spent: Mapping[str, int] = field(default_factory=dict)

    @property
    def frozen_until(self) -> date:
        """The first day that may change."""
        return self.today + _FROZEN_DAYS * DAY


def likely_minutes(hours: float, pace_percent: int) -> int:
    """The time of a topic or project at this pace, rounded to five minutes, half up, and never below ten."""
    steps = math.floor(hours * 60 * pace_percent / 100 / _GRID_MINUTES + 0.5)
    return max(SHORTEST_MINUTES, steps * _GRID_MINUTES)


@dataclass(frozen=True)
class Facts:
    """The plan with what follows from its request and the roadmap."""

    plan: StudyPlan
    request: PlanRequest
    curriculum: Curriculum
    catalogue: Sequence[Resource]
    lived: Lived | None

    @cached_property
    def open_items(self) -> tuple[StudyItem, ...]:
        """What is still to be done."""
        done = self.lived.done if self.lived else frozenset[str]()
        return tuple(item for item in self.plan.items if item.key not in done)

    @cached_property
    def studied(self) -> Mapping[str, int]:
        """Topic id -> minutes of reading and practice in the plan."""
        minutes: Counter[str] = Counter()
        for item in self.plan.items:
            if item.activity in LEARNING:
                minutes[item.topic] += item.minutes
        return minutes

    @cached_property
    def left_out(self) -> frozenset[str]:
        """Topics that the plan says it does not hold, with a reason."""
        return frozenset(one.topic for one in self.plan.unscheduled if one.activity is None and one.reason.strip())

    @cached_property
    def spent_up(self) -> frozenset[str]:
        """Topics of which nothing is left to do."""
        done = dict(self.request.done_minutes)
        return frozenset(one for one in done.keys() & self.curriculum.topics if done[one] >= self.likely(one))

    @cached_property
    def needed(self) -> frozenset[str]:
        """What the wish needs and is not known, exclusions aside."""
        return self._closure({*(self.request.targets or self.curriculum.topics), *self.request.pinned})

    @cached_property
    def kept(self) -> frozenset[str]:
        """What of it is left without the excluded topics, what builds on them, and what only those needed."""
        out = set(self.needed & self.request.excluded)
        while more := {one for one in self.needed - out if self.hard(one) & out}:
            out |= more
        wanted = {*(self.request.targets or self.curriculum.topics), *self.request.pinned}
        return self._closure(wanted - out)

    def cap(self, day: date) -> int:
        """The most that a day may hold: the learner's own minutes, or a session, or more where seven are too few."""
        request = self.request
        if day in request.days_off:
            return 0
        exceptions = dict(request.exceptions)
        if day in exceptions:
            return exceptions[day]
        if request.weekday_minutes:
            return request.weekday_minutes[day.weekday()]
        over = max(0, request.minutes_per_week - WEEK_DAYS * request.session_minutes)
        steps = math.ceil(over / (WEEK_DAYS * _STEP_MINUTES))
        return min(_LONGEST_DAY_MINUTES, request.session_minutes + steps * _STEP_MINUTES)

    def likely(self, topic: str) -> int:
        """The time of a topic in minutes."""
        return likely_minutes(self.curriculum.topics[topic].hours.likely, self.request.pace_percent)

    def edges(self, topic: str) -> frozenset[str]:
        """What comes before it, useful or necessary."""
        found = self.curriculum.topics.get(topic)
        return frozenset(edge.id for edge in found.prerequisites) if found else frozenset()

    def hard(self, topic: str) -> frozenset[str]:
        """What is necessary before it."""
        found = self.curriculum.topics.get(topic)
        return frozenset(edge.id for edge in found.prerequisites if edge.hard) if found else frozenset()

    def _closure(self, wanted: Collection[str]) -> frozenset[str]:
        needed: set[str] = set()
        stack = list(wanted)
        while stack:
            topic = stack.pop()
            if topic not in needed and topic not in self.request.known:
                needed.add(topic)
                stack += self.hard(topic)
        return frozenset(needed)

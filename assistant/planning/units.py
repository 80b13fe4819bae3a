"""The units of work of a plan: topics, checkpoint quizzes and projects, with their minutes.

Owns: how long a unit takes this learner, how uncertain that is, and the order of a module's quiz and project.
Refuses: which topics there are (``scope``, ``dropping``) and dates.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from assistant.curriculum import Curriculum
from assistant.domain import Hours, Module, Topic
from assistant.planning.plan import Activity
from assistant.planning.request import DEFAULT_PACE_PERCENT, PlanRequest
from assistant.planning.scope import PROJECT_PREFIX
from assistant.planning.weekdays import SHORTEST_ITEM_MINUTES

GRID_MINUTES = 5
"""Estimates are rounded to multiples of this."""
QUIZ_MINUTES = 10
FEWEST_TOPICS_FOR_A_QUIZ = 2


@dataclass(frozen=True, slots=True)
class Unit:
    """Something to work on: a topic (``activity`` READ), its module's quiz, or its module's project.

    ``minutes`` are left to be spent, ``spent`` have been. ``mean`` and ``deviation`` are the expected value and the
    standard deviation of the time in multiples of the likely time.
    """

    topic: Topic
    activity: Activity
    minutes: int
    spent: int = 0
    mean: float = 1.0
    deviation: float = 0.0


@dataclass(frozen=True, slots=True)
class Workload:
    """What a choice of topics and projects costs, in minutes; built once, asked about many choices."""

    topics: dict[str, int]
    projects: dict[int, int]

    def total(self, chosen: Collection[Topic], projects: Iterable[int]) -> int:
        """Minutes of these topics, their modules' quizzes, and these modules' projects."""
        per_module = Counter(topic.module for topic in chosen)
        quizzes = sum(count >= FEWEST_TOPICS_FOR_A_QUIZ for count in per_module.values())
        minutes = sum(self.topics[topic.id] for topic in chosen) + sum(self.projects[number] for number in projects)
        return minutes + quizzes * QUIZ_MINUTES


def topic_minutes(topic: Topic, pace_percent: int = DEFAULT_PACE_PERCENT) -> int:
    """The likely study time in minutes, on the grid; never less than one item."""
    return _on_grid(topic.hours.likely, pace_percent)


def project_minutes(module: Module, pace_percent: int = DEFAULT_PACE_PERCENT) -> int:
    """The likely time of the module's project in minutes, on the grid; never less than one item."""
    return _on_grid(module.project_hours, pace_percent)


def workload(curriculum: Curriculum, request: PlanRequest, topics: Iterable[Topic], modules: Iterable[int]) -> Workload:
    """Minutes left for each of these topics and the projects of these modules."""
    done = dict(request.done_minutes)
    pace = request.pace_percent
    projects = {}
    for number in modules:
        module = curriculum.module(number)
        projects[number] = max(0, project_minutes(module, pace) - done.get(PROJECT_PREFIX + module.id, 0))
    return Workload(
        {topic.id: max(0, topic_minutes(topic, pace) - done.get(topic.id, 0)) for topic in topics}, projects
    )


def units_of(
    curriculum: Curriculum, request: PlanRequest, order: Sequence[Topic], modules: Collection[int]
) -> tuple[Unit, ...]:
    """The topics in this order, each module's quiz and project (of ``modules``) right after its last topic.

    Projects of modules without a topic among these come first: nothing has to be learned before them.
    """
    load = workload(curriculum, request, order, modules)
    done = dict(request.done_minutes)
    last_of = {topic.module: topic for topic in order}
    counts = Counter(topic.module for topic in order)

    def project(number: int) -> Unit:
        module = curriculum.module(number)
        topic = last_of.get(number, module.topics[-1])
        spent = done.get(PROJECT_PREFIX + module.id, 0)
        return Unit(topic, Activity.PROJECT, load.projects[number], spent, *_spread(module.hours))

    units = [project(number) for number in sorted(modules) if number not in last_of]
    for topic in order:
        spent = done.get(topic.id, 0)
        units.append(Unit(topic, Activity.READ, load.topics[topic.id], spent, *_spread(topic.hours)))
        if topic is last_of[topic.module]:
            if counts[topic.module] >= FEWEST_TOPICS_FOR_A_QUIZ:
                units.append(Unit(topic, Activity.QUIZ, QUIZ_MINUTES))
            if topic.module in modules:
                units.append(project(topic.module))
    return tuple(units)


def _on_grid(hours: float, pace_percent: int) -> int:
    steps = math.floor(hours * 60 * pace_percent / 100 / GRID_MINUTES + 0.5)
    return max(SHORTEST_ITEM_MINUTES, steps * GRID_MINUTES)


def _spread(hours: Hours) -> tuple[float, float]:
    """Mean and standard deviation by the three-point formulas of PERT, in multiples of the likely time."""
    if hours.likely <= 0:
        return 1.0, 0.0
    mean = (hours.low + 4 * hours.likely + hours.high) / 6
    return mean / hours.likely, (hours.high - hours.low) / 6 / hours.likely

"""Which topics to keep when time is short: the choice that loses the least of the goal, found by OR-Tools' CP-SAT.

Owns: the model and its three objectives, one after another: the most topics of the goal, then the most minutes of
work that serves them, then the roadmap's earlier topics. Refuses: sentences and dates.

One worker, a fixed seed and limits in the solver's deterministic time make the result the same on every machine. The
only importer of ortools, inside the function that solves: loading it takes longer than most plans.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING

from assistant.domain import Topic
from assistant.planning.units import FEWEST_TOPICS_FOR_A_QUIZ, QUIZ_MINUTES, Workload

if TYPE_CHECKING:
    from ortools.sat.python import cp_model

_SEED = 1
_DETERMINISTIC_LIMITS = (1.0, 0.3, 0.15)
"""Deterministic time for each objective; one unit is two to five seconds, and 145 topics need a hundredth."""


@dataclass(frozen=True, slots=True)
class Question:
    """Topics to choose from, in the roadmap's order, within so many minutes.

    ``goals`` and ``pinned`` are topic ids; ``load`` holds the minutes of the topics and of the optional projects.
    """

    topics: Sequence[Topic]
    goals: Collection[str]
    pinned: Collection[str]
    load: Workload
    minutes: int


@dataclass(frozen=True, slots=True)
class Kept:
    """The choice: topic ids and module numbers of projects; both empty when nothing fits.

    ``proven``: no choice that fits keeps more topics of the goal. Otherwise ``gap`` is by how many more at most, as a
    share of that bound. Among the choices that keep as many, the most minutes are proven only where time allows.
    """

    topics: frozenset[str]
    projects: frozenset[int]
    proven: bool
    gap: float


def best_kept(question: Question) -> Kept | None:
    """The best choice within the minutes; None when the pinned topics and their prerequisites do not fit alone."""
    must = with_prerequisites(question, question.pinned)
    chosen = [topic for topic in question.topics if topic.id in must]
    if question.load.total(chosen, ()) > question.minutes:
        return None
    if not _anything_fits(question):
        return Kept(frozenset(), frozenset(), proven=True, gap=0.0)
    return _Solving(question, must).solve()


def _anything_fits(question: Question) -> bool:
    """Whether one topic without prerequisites, or one project, fits; saves loading the solver where nothing does."""
    loads = [*question.load.topics.values(), *question.load.projects.values()]
    return bool(loads) and min(loads) <= question.minutes


def with_prerequisites(question: Question, topic_ids: Collection[str]) -> frozenset[str]:
    """Those of the question's topics and all their hard prerequisites among them."""
    topics = {topic.id: topic for topic in question.topics}
    found: set[str] = set()
    stack = [topic_id for topic_id in topic_ids if topic_id in topics]
    while stack:
        topic_id = stack.pop()
        if topic_id not in found:
            found.add(topic_id)
            stack += [edge.id for edge in topics[topic_id].prerequisites if edge.hard and edge.id in topics]
    return frozenset(found)


class _Solving:
    """One model, solved for one objective after another, each under what the ones before achieved."""

    def __init__(self, question: Question, must: Collection[str]) -> None:
        from ortools.sat.python import cp_model  # noqa: PLC0415 - half a second that feasible plans never spend

        self._question = question
        self._weighted_sum = cp_model.LinearExpr.weighted_sum
        self._optimal = cp_model.OPTIMAL
        self._solved = (cp_model.OPTIMAL, cp_model.FEASIBLE)
        self._solver = cp_model.CpSolver()
        self._solver.parameters.num_workers = 1
        self._solver.parameters.random_seed = _SEED
        # All constraints in the linear relaxation: 145 topics are then proven in 0.1 s, and without in no 2 s.
        self._solver.parameters.linearization_level = 2
        self._model = cp_model.CpModel()
        self._topics = {topic.id: self._model.new_bool_var(f"t{i}") for i, topic in enumerate(question.topics)}
        self._projects = {number: self._model.new_bool_var(f"p{number}") for number in question.load.projects}
        self._quizzes = self._with_quizzes()
        self._constrain(must)
        self._add_capacity()
        self._best = _greedy(question, must)

    def solve(self) -> Kept:
        """Solve for each objective in turn."""
        load = self._question.load
        chosen = [*self._topics.values(), *self._projects.values()]
        goals = [int(topic_id in self._question.goals) for topic_id in self._topics]
        minutes = [*map(load.topics.__getitem__, self._topics), *map(load.projects.__getitem__, self._projects)]
        # Places count from 1 and weigh against keeping: leaving out a late topic is better than an early one.
        places = range(-1, -len(goals) - 1, -1)
        objectives = (
            self._weighted_sum(list(self._topics.values()), goals),
            self._weighted_sum(chosen, minutes),
            self._weighted_sum(list(self._topics.values()), list(places)),
        )
        gaps: list[float] = []
        for objective, limit in zip(objectives, _DETERMINISTIC_LIMITS, strict=True):
            # Breaking ties among what is not proven best would be time spent on nothing.
            if not any(gaps):
                gaps.append(self._maximise(objective, limit))
        topics, projects = self._best
        # Without any bound from the solver there still is the trivial one: all goals.
        gap = min(gaps[0], _gap(len(topics & set(self._question.goals)), sum(goals)))
        return Kept(topics, projects, proven=gap == 0.0, gap=gap)

    def _maximise(self, objective: cp_model.LinearExpr, limit: float) -> float:
        """Solve, keep the solution, demand at least as much from now on; returns the relative gap, 0 if optimal."""
        topics, projects = self._best
        self._model.clear_hints()  # type: ignore[no-untyped-call]
        for topic_id, var in self._topics.items():
            self._model.add_hint(var, topic_id in topics)
        for number, var in self._projects.items():
            self._model.add_hint(var, number in projects)
        per_module = Counter(topic.module for topic in self._question.topics if topic.id in topics)
        for number, var in self._quizzes.items():
            self._model.add_hint(var, per_module[number] >= FEWEST_TOPICS_FOR_A_QUIZ)
        self._model.maximize(objective)
        self._solver.parameters.max_deterministic_time = limit
        status = self._solver.solve(self._model)
        if status not in self._solved:
            return 1.0
        self._best = (
            frozenset(topic_id for topic_id, var in self._topics.items() if self._solver.boolean_value(var)),
            frozenset(number for number, var in self._projects.items() if self._solver.boolean_value(var)),
        )
        value, bound = self._solver.objective_value, self._solver.best_objective_bound
        self._model.add(objective >= round(value))
        return 0.0 if status == self._optimal else _gap(value, bound)

    def _with_quizzes(self) -> dict[int, cp_model.IntVar]:
        """A module has its quiz whenever enough of its topics are kept."""
        members: dict[int, list[cp_model.IntVar]] = {}
        for topic in self._question.topics:
            members.setdefault(topic.module, []).append(self._topics[topic.id])
        quizzes = {}
        for number, topics in members.items():
            if len(topics) >= FEWEST_TOPICS_FOR_A_QUIZ:
                quiz = self._model.new_bool_var(f"q{number}")
                slack = FEWEST_TOPICS_FOR_A_QUIZ - 1
                self._model.add(sum(topics) <= slack + (len(topics) - slack) * quiz)
                quizzes[number] = quiz
        return quizzes

    def _constrain(self, must: Collection[str]) -> None:
        question, model, chosen = self._question, self._model, self._topics
        dependents: dict[str, list[cp_model.IntVar]] = {topic_id: [] for topic_id in chosen}
        for topic in question.topics:
            for edge in topic.prerequisites:
                if edge.hard and edge.id in chosen:
                    model.add_implication(chosen[topic.id], chosen[edge.id])
                    dependents[edge.id].append(chosen[topic.id])
            if topic.module in self._projects:
                model.add_implication(self._projects[topic.module], chosen[topic.id])
        for topic_id, var in chosen.items():
            if topic_id in must:
                model.add(var == 1)
            elif topic_id not in question.goals:
                # Without a goal that needs it, a prerequisite would be time spent on nothing.
                model.add_bool_or([var.negated(), *dependents[topic_id]])

    def _add_capacity(self) -> None:
        load = self._question.load
        # Whatever fits is a multiple of this, so the bound may be one too; proofs by counting are then short.
        step = math.gcd(*load.topics.values(), *load.projects.values(), QUIZ_MINUTES)
        costs = [(var, load.topics[topic_id]) for topic_id, var in self._topics.items()]
        costs += [(var, load.projects[number]) for number, var in self._projects.items()]
        costs += [(var, QUIZ_MINUTES) for var in self._quizzes.values()]
        total = self._weighted_sum([var for var, _ in costs], [minutes // step for _, minutes in costs])
        self._model.add(total <= self._question.minutes // step)


def _gap(value: float, bound: float) -> float:
    """The missing share of the bound; rounded up, because a gap that is printed as 0 would pass for a proof."""
    return math.ceil(max(0.0, bound - value) / max(1.0, abs(bound)) * 10_000) / 10_000


def _greedy(question: Question, must: Collection[str]) -> tuple[frozenset[str], frozenset[int]]:
    """A choice to start from: again and again what costs the fewest minutes for each goal that it adds.

    What a goal adds is itself with its missing prerequisites; both sums shrink as others bring those in.
    """
    topics = {topic.id: topic for topic in question.topics}
    needs = {goal: with_prerequisites(question, (goal,)).difference(must) for goal in topics if goal in question.goals}
    needed_by: dict[str, list[str]] = {}
    for goal, need in needs.items():
        for topic_id in need:
            needed_by.setdefault(topic_id, []).append(goal)
    cost = {goal: sum(question.load.topics[one] for one in need) for goal, need in needs.items()}
    gain = {goal: len(need & needs.keys()) for goal, need in needs.items()}
    place = {topic_id: number for number, topic_id in enumerate(topics)}
    heap = [(cost[goal] / gain[goal], place[goal], goal) for goal, need in needs.items() if need]
    heapify(heap)
    kept = set(must)
    while heap:
        ratio, _, goal = heappop(heap)
        missing = needs[goal] - kept
        if not missing or ratio != cost[goal] / gain[goal]:
            continue
        if question.load.total([topics[topic_id] for topic_id in kept | missing], ()) > question.minutes:
            continue
        kept |= missing
        changed: dict[str, None] = {}
        for topic_id in sorted(missing, key=place.__getitem__):
            for other in needed_by[topic_id]:
                cost[other] -= question.load.topics[topic_id]
                gain[other] -= topic_id in needs
                changed[other] = None
        for other in changed:
            if gain[other]:
                heappush(heap, (cost[other] / gain[other], place[other], other))
    return frozenset(kept), frozenset()

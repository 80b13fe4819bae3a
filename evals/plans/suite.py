"""The plans suite: are requests read right, are plans what they promise, and do they survive real life?

Owns: planning every case, its variations and its lives, and counting what breaks. Refuses: the promises themselves
(``evals.plans.lint``, ``evals.plans.lives``). Needs no index: what a goal stands for is part of its case.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from assistant.curriculum import Curriculum
from assistant.domain import Resource
from assistant.errors import InvalidInput
from assistant.planning import Activity, PlanRequest, StudyPlan
from assistant.ready_goals import ReadyGoal
from assistant.wishing import Wished
from evals.plans.cases import Expected, PlanCase, request_of_options, topics_of
from evals.plans.lint import violations
from evals.plans.lives import SCRIPTS, Replanner, live, replan_violations
from evals.plans.reading import FIELDS, fields_right
from evals.stats import Estimate, count
from evals.suite import Row, SuiteResult, Tick, estimates

_MORE_MINUTES_A_WEEK = 120
_MORE_MINUTES_A_DAY = 30
_MOST_MINUTES_A_WEEK = 6720
_MOST_MINUTES_A_DAY = 960
_KNOWN_BESIDES = 3
"""Every third planned topic is taken for known, to see that the plan grows no longer."""


@dataclass(frozen=True, slots=True)
class Planner:
    """What is measured, and the roadmap it works on.

    ``read`` gives the request that a sentence makes on a day, with the topics that its goal stands for.
    """

    curriculum: Curriculum
    catalogue: Sequence[Resource]
    goals: Sequence[ReadyGoal]
    read: Callable[[str, date, tuple[str, ...]], Wished]
    plan: Callable[[PlanRequest], StudyPlan]
    replan: Replanner

    def topics(self, references: Sequence[str]) -> frozenset[str]:
        """The topic ids that references of a case name."""
        return topics_of(self.curriculum, self.goals, references)


@dataclass(slots=True)
class _Outcome:
    """What was found out about one case; the shares leave out what was not tried."""

    unmet: list[str] = field(default_factory=list)
    violations: list[str] | None = None
    replans: list[list[str]] = field(default_factory=list)
    promises: dict[str, bool] = field(default_factory=dict)
    fields: Mapping[str, bool] = field(default_factory=dict)


def run_plans(cases: Sequence[PlanCase], planner: Planner, tick: Tick) -> SuiteResult:
    """Plan every case.

    ``violations`` and ``replan.violations`` count broken promises. ``expected`` is the share of cases of which all
    that is expected holds. ``more_hours``: the share of plans that finish no later with more time; ``knowing_more``:
    that get no longer when more is known; ``stable``: that come out the same from the same wishes in another order.
    ``read`` is the share of fields that were read right, of those that were meant or read; ``read.<field>`` of one.
    """
    outcomes = []
    for case in cases:
        outcomes.append(_outcome(case, planner))
        tick()
    rows = tuple(_row(case, outcome) for case, outcome in zip(cases, outcomes, strict=True))
    scores = _scores({case.id: outcome for case, outcome in zip(cases, outcomes, strict=True)})
    # The fields of one request are read together, so they are right or wrong together.
    clusters = {name: name.split(".")[0] for name in scores["read"]}
    metrics = _counts(outcomes) | estimates(scores, clusters)
    return SuiteResult("plans", metrics, rows, scores=scores, clusters=clusters)


def _counts(outcomes: Sequence[_Outcome]) -> dict[str, Estimate]:
    """Broken promises, of which a single one is too many."""
    checked = [one.violations for one in outcomes if one.violations is not None]
    lives = [found for one in outcomes for found in one.replans]
    counts = {"violations": count(sum(map(len, checked)), len(checked))}
    if lives:
        counts["replan.violations"] = count(sum(map(len, lives)), len(lives))
    return counts


def _scores(outcomes: Mapping[str, _Outcome]) -> dict[str, dict[str, float]]:
    scores = {"expected": {case: float(not one.unmet) for case, one in outcomes.items()}}
    scores |= {
        name: {case: float(one.promises[name]) for case, one in outcomes.items() if name in one.promises}
        for name in ("more_hours", "knowing_more", "stable")
    }
    scores["read"] = {
        f"{case}.{name}": float(one.fields[name])
        for name in FIELDS
        for case, one in outcomes.items()
        if name in one.fields
    }
    scores |= {
        f"read.{name}": {case: float(one.fields[name]) for case, one in outcomes.items() if name in one.fields}
        for name in FIELDS
    }
    return scores


def _outcome(case: PlanCase, planner: Planner) -> _Outcome:
    outcome = _Outcome()
    try:
        request = _request(case, planner, outcome)
        plan = planner.plan(request)
    except InvalidInput as error:
        if not case.expected.error or case.expected.error not in error.user_message:
            outcome.unmet.append(f"error: {error.user_message}")
        return outcome
    outcome.unmet += _unmet(case.expected, plan, planner)
    found = violations(plan, request, planner.curriculum, planner.catalogue)
    outcome.violations = [str(one) for one in found]
    outcome.promises = _promises(request, plan, planner)
    for script in SCRIPTS:
        life = live(plan, planner.curriculum, script)
        if life is not None:
            result = planner.replan(plan, life.ledger, life.today)
            broken = replan_violations(life, result, request, planner.curriculum, planner.catalogue)
            outcome.replans.append([f"{script.name}: {one}" for one in broken])
    return outcome


def _request(case: PlanCase, planner: Planner, outcome: _Outcome) -> PlanRequest:
    if case.options is not None:
        return request_of_options(case.options, planner.curriculum, planner.goals)
    assert case.today is not None  # noqa: S101 - the case's own check
    assert case.reads is not None  # noqa: S101 - the case's own check
    asked_for = planner.topics(case.goal_topics)
    goal = tuple(topic for topic in planner.curriculum.topics if topic in asked_for)
    wished = planner.read(case.text, case.today, goal)
    outcome.fields = fields_right(wished.wishes, case.reads, lambda names: planner.topics(tuple(names)))
    return wished.request


def _unmet(expected: Expected, plan: StudyPlan, planner: Planner) -> Iterator[str]:
    """What is expected of the plan and not so."""
    studied = {item.topic for item in plan.items if item.activity in (Activity.READ, Activity.PRACTISE)}
    reported = {one.topic for one in plan.unscheduled if one.activity is None and one.reason}
    if expected.error:
        yield f"no error: {expected.error}"
    if expected.feasible is not None and plan.feasible != expected.feasible:
        yield f"feasible: {plan.feasible}"
    if missing := planner.topics(expected.holds) - studied:
        yield f"not in it: {', '.join(sorted(missing))}"
    if extra := planner.topics(expected.lacks) & {item.topic for item in plan.items}:
        yield f"in it: {', '.join(sorted(extra))}"
    if silent := planner.topics(expected.reported) - reported:
        yield f"not reported: {', '.join(sorted(silent))}"
    if expected.finish_by is not None and plan.finish > expected.finish_by:
        yield f"finish: {plan.finish}"
    if expected.finish_from is not None and plan.finish < expected.finish_from:
        yield f"finish: {plan.finish}"
    if expected.nothing_to_do and plan.items:
        yield f"{len(plan.items)} items"


def _promises(request: PlanRequest, plan: StudyPlan, planner: Planner) -> dict[str, bool]:
    promises = {"stable": planner.plan(_reordered(request)) == plan}
    if (longer := _with_more_time(request)) is not None:
        faster = planner.plan(longer)
        promises["more_hours"] = (
            faster.finish <= plan.finish and faster.finish_p80 <= plan.finish_p80 and faster.feasible >= plan.feasible
        )
    studied = list(dict.fromkeys(item.topic for item in plan.items if item.activity is Activity.READ))
    if besides := frozenset(studied[::_KNOWN_BESIDES]) - request.pinned:
        shorter = planner.plan(replace(request, known=request.known | besides))
        promises["knowing_more"] = (
            shorter.minutes_total <= plan.minutes_total
            and shorter.finish <= plan.finish
            and shorter.feasible >= plan.feasible
        )
    return promises


def _reordered(request: PlanRequest) -> PlanRequest:
    return replace(
        request,
        targets=request.targets[::-1],
        known=frozenset(sorted(request.known, reverse=True)),
        exceptions=request.exceptions[::-1],
        done_minutes=request.done_minutes[::-1],
    )


def _with_more_time(request: PlanRequest) -> PlanRequest | None:
    """Two hours a week more, or half an hour more on each of its own days; None where no more is allowed."""
    if request.weekday_minutes:
        days = tuple(
            min(_MOST_MINUTES_A_DAY, day + _MORE_MINUTES_A_DAY) if day else 0 for day in request.weekday_minutes
        )
        return replace(request, weekday_minutes=days, minutes_per_week=sum(days)) if any(days) else None
    minutes = min(_MOST_MINUTES_A_WEEK, request.minutes_per_week + _MORE_MINUTES_A_WEEK)
    return replace(request, minutes_per_week=minutes) if minutes > request.minutes_per_week else None


def _row(case: PlanCase, outcome: _Outcome) -> Row:
    broken = [name for name, ok in outcome.promises.items() if not ok]
    misread = [name for name, ok in outcome.fields.items() if not ok]
    replans = [one for found in outcome.replans for one in found]
    return {
        "suite": "plans",
        "id": case.id,
        "split": case.split.value,
        "kind": case.kind.value,
        "text": case.text,
        "unmet": outcome.unmet,
        "violations": outcome.violations or [],
        "replan_violations": replans,
        "broken_promises": broken,
        "misread": misread,
        "ok": not (outcome.unmet or outcome.violations or replans or broken or misread),
    }

"""What a goal needs against what the time holds, and the three exact ways out when it does not fit.

Owns: whether it fits, the finish, the smallest hours a week, and asking which topics to drop.
Refuses: the search for those topics (``dropping``) and the verdict's words (``verdict``).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from assistant.curriculum import Curriculum
from assistant.planning.availability import Availability, availability_for
from assistant.planning.dropping import Kept, Question, best_kept, with_prerequisites
from assistant.planning.plan import WaysOut
from assistant.planning.request import MAX_MINUTES_PER_DAY, MAX_MINUTES_PER_WEEK, PlanRequest
from assistant.planning.scope import Scope, in_order
from assistant.planning.units import workload

_PACE_STEP_MINUTES = 30


@dataclass(frozen=True, slots=True)
class Assessment:
    """Minutes of work needed and available (None without a deadline), and the work that is planned.

    ``topics`` and ``projects`` (module numbers) are all of the scope's when it fits, and otherwise the best choice of
    what fits. ``ways_out`` is None when it fits.
    """

    minutes_needed: int
    minutes_available: int | None
    finish: date
    topics: frozenset[str]
    projects: frozenset[int]
    ways_out: WaysOut | None


def assess(curriculum: Curriculum, request: PlanRequest, scope: Scope, availability: Availability) -> Assessment:
    """Compare the work of a scope with the time until the deadline.

    Raises:
        InvalidInput: the finish is beyond the year 9999.
    """
    load = workload(curriculum, request, scope.planned, scope.projects)
    needed = load.total(scope.planned, scope.projects)
    finish = availability.day_reaching(needed)
    topics = frozenset(topic.id for topic in scope.planned)
    projects = frozenset(scope.projects)
    if request.deadline is None:
        return Assessment(needed, None, finish, topics, projects, None)
    available = availability.minutes_until(request.deadline)
    if needed <= available:
        return Assessment(needed, available, finish, topics, projects, None)
    question = Question(
        topics=tuple(curriculum.topics[topic_id] for topic_id in in_order(curriculum, topics)),
        goals=frozenset(scope.goals) & topics,
        pinned=request.pinned & topics,
        load=load,
        minutes=available,
    )
    kept, drops = _kept(question)
    left = load.total([topic for topic in scope.planned if topic.id in kept.topics], kept.projects)
    dropped = in_order(curriculum, topics - kept.topics) if drops else ()
    ways_out = WaysOut(
        finish=finish,
        minutes_per_week=_smallest_pace(request, request.deadline, needed),
        drop_minutes=needed - left,
        drop=dropped,
        drop_projects=_dropped_projects(curriculum, projects - kept.projects, dropped) if drops else (),
        drop_lost=tuple(topic_id for topic_id in dropped if topic_id in question.goals),
        proven=kept.proven,
        gap=kept.gap,
    )
    return Assessment(needed, available, finish, kept.topics, kept.projects, ways_out)


def most_minutes_per_week(request: PlanRequest) -> int:
    """The most that a week can hold on the learner's own days, or on all seven if the planner chooses them."""
    if not request.weekday_minutes:
        return MAX_MINUTES_PER_WEEK
    return MAX_MINUTES_PER_DAY * sum(minutes > 0 for minutes in request.weekday_minutes)


def _kept(question: Question) -> tuple[Kept, bool]:
    """The best choice, and whether it is a way out: something is left, and nothing pinned is lost."""
    kept = best_kept(question)
    if kept is not None:
        return kept, bool(kept.topics or kept.projects)
    # What is pinned does not fit alone; the plan then holds as much of it as possible.
    goals = with_prerequisites(question, question.pinned)
    kept = best_kept(replace(question, goals=goals, pinned=frozenset()))
    return kept or Kept(frozenset(), frozenset(), proven=True, gap=0.0), False


def _dropped_projects(curriculum: Curriculum, numbers: Collection[int], dropped: Collection[str]) -> tuple[str, ...]:
    """Ids of the modules whose project is dropped though their topics are kept; the others go with their topics."""
    modules = (curriculum.module(number) for number in sorted(numbers))
    return tuple(module.id for module in modules if not any(topic.id in dropped for topic in module.topics))


def _smallest_pace(request: PlanRequest, deadline: date, minutes_needed: int) -> int | None:
    """Minutes a week, in steps of half an hour, that are enough by the deadline; None when the most is not."""
    first = request.minutes_per_week // _PACE_STEP_MINUTES * _PACE_STEP_MINUTES + _PACE_STEP_MINUTES
    paces = range(first, most_minutes_per_week(request) + 1, _PACE_STEP_MINUTES)
    # Days' minutes of study never shrink as the pace grows, so "is it enough" turns from no to yes once.
    place = bisect_left(
        paces, True, key=lambda pace: availability_for(request, pace).minutes_until(deadline) >= minutes_needed
    )
    return paces[place] if place < len(paces) else None

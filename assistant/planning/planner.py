"""The story of one plan, from request to dated items.

Owns: the order of the steps. Refuses: every detail of them.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from itertools import accumulate

from assistant.curriculum import Curriculum
from assistant.domain import Resource, Topic
from assistant.planning.availability import Availability, availability_for
from assistant.planning.forecast import DEFAULT_PACE_SD, forecast
from assistant.planning.leaving_out import unscheduled
from assistant.planning.plan import StudyItem, StudyPlan
from assistant.planning.rationale import reason_for_unit, reasons_to_study
from assistant.planning.request import PlanRequest
from assistant.planning.resources import by_topic
from assistant.planning.scope import Scope, arranged, in_order, scope_of
from assistant.planning.sessions import Scheduled, items_of, milestones_of, schedule, weeks_of
from assistant.planning.units import Unit, units_of
from assistant.planning.verdict import Counts, verdict_text
from assistant.planning.ways_out import Assessment, assess


def make_plan(
    curriculum: Curriculum,
    request: PlanRequest,
    catalogue: Sequence[Resource] = (),
    *,
    pace_sd: float = DEFAULT_PACE_SD,
    upcoming: Collection[str] = (),
) -> StudyPlan:
    """Plan the request over the curriculum; the same input gives the same plan.

    ``catalogue`` are resources to read, and ``pace_sd`` is how uncertain the learner's pace is, as a share.
    ``upcoming`` are ids in ``request.known`` that will only be known by the start: planned as known, not told as known.

    Raises:
        InvalidInput: an id is not in the curriculum, a pinned topic needs an excluded one, or the plan would run past
            the year 9999.
    """
    scope = scope_of(curriculum, request)
    availability = availability_for(request)
    assessment = assess(curriculum, request, scope, availability)
    order = arranged(curriculum, assessment.topics, request.pinned)
    scheduled = schedule(units_of(curriculum, request, order, assessment.projects), availability)
    items = _items(curriculum, request, scope, assessment, scheduled, availability, catalogue)

    everything = units_of(curriculum, request, scope.planned, scope.projects)
    likely = forecast(everything, availability, pace_sd)
    last = min(assessment.finish, request.deadline or date.max)
    minutes_review = availability.review_until(last) if assessment.minutes_needed else 0
    known = request.known - frozenset(upcoming)
    skipped = scope.known - len(request.known - known)
    counts = Counts(len(scope.planned), len(order), skipped, len(scope.excluded_by) + len(scope.orphans))
    return StudyPlan(
        feasible=assessment.ways_out is None,
        verdict=verdict_text(request, assessment, likely, counts, minutes_review),
        start=request.start,
        finish=assessment.finish,
        deadline=request.deadline,
        goal=request.goal,
        targets=in_order(curriculum, request.targets),
        known=in_order(curriculum, known),
        minutes_per_week=request.minutes_per_week,
        minutes_total=assessment.minutes_needed,
        minutes_available=assessment.minutes_available,
        weeks=weeks_of(request.start, request.deadline, items, availability),
        unscheduled=unscheduled(curriculum, request, scope, assessment),
        finish_p50=likely.finish_p50,
        finish_p80=likely.finish_p80,
        ways_out=assessment.ways_out,
        milestones=milestones_of(curriculum, scheduled, request.known | assessment.topics),
        minutes_review=minutes_review,
        weekday_minutes=request.weekday_minutes,
        excluded=in_order(curriculum, request.excluded),
        pinned=in_order(curriculum, request.pinned),
        days_off=tuple(sorted(request.days_off)),
        exceptions=request.exceptions,
        session_minutes=request.session_minutes,
        review_percent=request.review_percent,
        pace_percent=request.pace_percent,
        projects=request.projects,
        excluded_projects=tuple(m.id for m in curriculum.modules if m.id in request.excluded_projects),
        done_minutes=request.done_minutes,
    )


def _items(
    curriculum: Curriculum,
    request: PlanRequest,
    scope: Scope,
    assessment: Assessment,
    scheduled: Scheduled,
    availability: Availability,
    catalogue: Sequence[Resource],
) -> list[StudyItem]:
    planned = _topics([unit for unit, _ in scheduled.units], assessment)
    unfit = [topic for topic in scope.planned if topic.id not in assessment.topics]
    reasons = reasons_to_study(curriculum, planned, unfit, frozenset(request.targets))
    slack = _slack_days(scheduled, availability, assessment.minutes_available)

    def reason(place: int) -> str:
        return reason_for_unit(scheduled.units[place][0], reasons, slack[place])

    return items_of(curriculum, scheduled, availability, by_topic(catalogue), reason)


def _topics(units: Sequence[Unit], assessment: Assessment) -> list[Topic]:
    return list(dict.fromkeys(unit.topic for unit in units if unit.topic.id in assessment.topics))


def _slack_days(scheduled: Scheduled, availability: Availability, minutes_available: int | None) -> list[int | None]:
    """By how many days each unit could end later, with all after it still done by the deadline."""
    if minutes_available is None:
        return [None] * len(scheduled.units)
    minutes = [unit.minutes for unit, _ in scheduled.units]
    left = sum(minutes)
    days: list[int | None] = []
    for (_, sittings), done in zip(scheduled.units, accumulate(minutes), strict=True):
        latest = availability.day_reaching(minutes_available - (left - done))
        days.append(max(0, (latest - sittings[-1].date).days) if sittings else 0)
    return days

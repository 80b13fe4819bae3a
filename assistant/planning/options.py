"""From a plan back to a request: the one it answers, or one that takes one of its ways out.

Owns: which field of the request each way out changes. Refuses: finding the ways out (``verdict``, ``dropping``).
"""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum

from assistant.errors import InvalidInput
from assistant.planning.plan import StudyPlan
from assistant.planning.request import PlanRequest
from assistant.planning.weekdays import week_of


class WayOut(StrEnum):
    """The three ways to make an infeasible plan fit."""

    FINISH_LATER = "later"
    STUDY_MORE = "more"
    DROP = "drop"


def request_of(plan: StudyPlan) -> PlanRequest:
    """The request that this plan answers; planning it again over the same curriculum gives the same plan."""
    return PlanRequest(
        start=plan.start,
        minutes_per_week=plan.minutes_per_week,
        weekday_minutes=plan.weekday_minutes,
        deadline=plan.deadline,
        goal=plan.goal,
        targets=plan.targets,
        known=frozenset(plan.known),
        excluded=frozenset(plan.excluded),
        pinned=frozenset(plan.pinned),
        days_off=frozenset(plan.days_off),
        exceptions=plan.exceptions,
        session_minutes=plan.session_minutes,
        review_percent=plan.review_percent,
        pace_percent=plan.pace_percent,
        projects=plan.projects,
        excluded_projects=frozenset(plan.excluded_projects),
        done_minutes=plan.done_minutes,
    )


def choose(request: PlanRequest, plan: StudyPlan, option: WayOut) -> PlanRequest:
    """The request changed by one of the plan's ways out; its plan is feasible.

    Raises:
        InvalidInput: the plan is feasible as it is, or this way out does not exist for it.
    """
    ways_out = plan.ways_out
    if ways_out is None:
        raise InvalidInput("This plan fits its deadline; there is nothing to change.")
    if option is WayOut.FINISH_LATER:
        return replace(request, deadline=ways_out.finish)
    if option is WayOut.STUDY_MORE:
        if ways_out.minutes_per_week is None:
            raise InvalidInput("No number of hours a week would be enough; finish later or drop topics instead.")
        minutes = ways_out.minutes_per_week
        weekdays = week_of(request, minutes) if request.weekday_minutes else ()
        return replace(request, minutes_per_week=minutes, weekday_minutes=weekdays)
    if not ways_out.can_drop:
        raise InvalidInput("Dropping topics is not enough to make this plan fit; finish later or study more instead.")
    return replace(
        request,
        excluded=request.excluded.union(ways_out.drop),
        excluded_projects=request.excluded_projects.union(ways_out.drop_projects),
    )

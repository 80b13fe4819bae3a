"""The arithmetic of a plan before anything is scheduled, and the sentence that states it.

Owns: whether it fits, the finish, the three ways out, and the verdict's words.
Refuses: choosing which topics to drop (``selection``).
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from datetime import date

from assistant.planning.availability import Availability, minutes_by_weekday
from assistant.planning.plan import WaysOut
from assistant.planning.request import MAX_HOURS_PER_WEEK, MAX_MINUTES_PER_WEEK, PlanRequest
from assistant.planning.wording import count_text, date_text, duration_text

_PACE_STEP_MINUTES = 30


@dataclass(frozen=True, slots=True)
class Assessment:
    """What the goal needs against what the time holds, in minutes; ``ways_out`` is None when it fits."""

    minutes_needed: int
    minutes_available: int | None
    finish: date
    ways_out: WaysOut | None


def availability_for(request: PlanRequest, minutes_per_week: int | None = None) -> Availability:
    """The request's days of study, at its own pace or at another one."""
    pace = request.minutes_per_week if minutes_per_week is None else minutes_per_week
    return Availability(request.start, minutes_by_weekday(pace, request.session_minutes))


def assess(request: PlanRequest, minutes_needed: int) -> Assessment:
    """Compare the minutes that a goal needs with the time until the deadline.

    Raises:
        InvalidInput: the finish is beyond the year 9999.
    """
    availability = availability_for(request)
    finish = availability.day_reaching(minutes_needed)
    if request.deadline is None:
        return Assessment(minutes_needed, None, finish, None)
    available = availability.minutes_until(request.deadline)
    ways_out = None
    if available < minutes_needed:
        pace = _smallest_pace(request, request.deadline, minutes_needed)
        ways_out = WaysOut(finish, pace, minutes_needed - available)
    return Assessment(minutes_needed, available, finish, ways_out)


def _smallest_pace(request: PlanRequest, deadline: date, minutes_needed: int) -> int | None:
    """Minutes a week, in steps of half an hour, that are enough by the deadline; None when the most is not."""
    paces = range(_PACE_STEP_MINUTES, MAX_MINUTES_PER_WEEK + 1, _PACE_STEP_MINUTES)
    # Days' caps never shrink as the pace grows, so "is it enough" turns from no to yes once.
    place = bisect_left(
        paces, True, key=lambda pace: availability_for(request, pace).minutes_until(deadline) >= minutes_needed
    )
    return paces[place] if place < len(paces) else None


def verdict_text(request: PlanRequest, assessment: Assessment, *, topics: int, scheduled: int, known: int) -> str:
    """The verdict in a few sentences.

    ``topics`` counts what the goal needs, ``scheduled`` those in the plan, ``known`` those left out as known.
    """
    skipped = ""
    if known:
        skipped = f" {count_text(known, 'topic')} you already know {'is' if known == 1 else 'are'} left out."
    if topics == 0:
        return "Nothing left to study: you already know everything this goal needs." if known else "Nothing to study."
    if assessment.ways_out is not None and request.deadline is not None:
        fits = "none" if scheduled == 0 else str(scheduled)
        return (
            _infeasible(request, request.deadline, assessment, assessment.ways_out)
            + f" This plan holds what fits until then: {fits} of {count_text(topics, 'topic')}.{skipped}"
        )
    return (
        f"This needs {duration_text(assessment.minutes_needed)}; at {duration_text(request.minutes_per_week)} a week "
        f"you finish on {date_text(assessment.finish)}{_slack(request, assessment)}.{skipped}"
    )


def _infeasible(request: PlanRequest, deadline: date, assessment: Assessment, ways_out: WaysOut) -> str:
    pace = duration_text(request.minutes_per_week)
    finish = f"Finish by {date_text(ways_out.finish)} at {pace} a week"
    # "At least", because topics are dropped whole.
    drop = f"or drop at least {duration_text(ways_out.drop_minutes)} of topics"
    if ways_out.minutes_per_week is None:
        choices = f"{finish}, {drop}; not even {MAX_HOURS_PER_WEEK} h a week would be enough."
    else:
        choices = f"{finish}, study {duration_text(ways_out.minutes_per_week)} a week, {drop}."
    return (
        f"This needs {duration_text(assessment.minutes_needed)}; "
        f"you have {duration_text(assessment.minutes_available or 0)} by {date_text(deadline)}. {choices}"
    )


def _slack(request: PlanRequest, assessment: Assessment) -> str:
    if request.deadline is None or assessment.minutes_available is None:
        return ""
    days = (request.deadline - assessment.finish).days
    when = f"{count_text(days, 'day')} before" if days else "the day of"
    spare = assessment.minutes_available - assessment.minutes_needed
    return f", {when} your deadline, with {duration_text(spare)} to spare"

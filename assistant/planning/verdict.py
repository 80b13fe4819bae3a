"""The sentences that state whether a plan fits, and the ways out.

Owns: the verdict's words. Refuses: the arithmetic (``ways_out``, ``forecast``).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from assistant.planning.forecast import Forecast
from assistant.planning.plan import WaysOut
from assistant.planning.request import PlanRequest
from assistant.planning.ways_out import Assessment, most_minutes_per_week
from assistant.planning.wording import count_text, date_text, duration_text, list_text


@dataclass(frozen=True, slots=True)
class Counts:
    """Topics: needed by the goal, in the plan, skipped as known, and left out at the learner's wish."""

    needed: int
    planned: int
    known: int
    left_out: int


def verdict_text(
    request: PlanRequest, assessment: Assessment, forecast: Forecast, counts: Counts, minutes_review: int
) -> str:
    """The verdict in a few sentences; ``minutes_review`` are kept besides the work that it speaks of."""
    asides = _asides(counts)
    if assessment.minutes_needed == 0:
        nothing = "Nothing left to study: you already know everything this goal needs."
        return (nothing if counts.known else "Nothing to study.") + _left_out(counts)
    if assessment.ways_out is not None and request.deadline is not None:
        fits = "none" if counts.planned == 0 else str(counts.planned)
        return (
            _infeasible(request, request.deadline, assessment, assessment.ways_out, minutes_review)
            + f" This plan holds what fits until then: {fits} of {count_text(counts.needed, 'topic')}.{asides}"
        )
    review = f" and {duration_text(minutes_review)} of review" if minutes_review else ""
    return (
        f"This needs {duration_text(assessment.minutes_needed)}{review}; "
        f"at {duration_text(request.minutes_per_week)} a week "
        f"you finish on {date_text(assessment.finish)}{_slack(request, assessment)}."
        f"{_range(request, assessment, forecast)}{asides}"
    )


def _asides(counts: Counts) -> str:
    known = ""
    if counts.known:
        known = f" {count_text(counts.known, 'topic')} you already know {_are(counts.known)} left out."
    return known + _left_out(counts)


def _left_out(counts: Counts) -> str:
    if not counts.left_out:
        return ""
    return f" {count_text(counts.left_out, 'topic')} {_are(counts.left_out)} left out because of what you excluded."


def _infeasible(
    request: PlanRequest, deadline: date, assessment: Assessment, ways_out: WaysOut, minutes_review: int
) -> str:
    choices = [f"finish by {date_text(ways_out.finish)} at {duration_text(request.minutes_per_week)} a week"]
    too_little = ""
    if ways_out.minutes_per_week is None:
        most = duration_text(most_minutes_per_week(request))
        too_little = f"; not even {most} a week would be enough"
    else:
        choices.append(f"study {duration_text(ways_out.minutes_per_week)} a week")
    if ways_out.can_drop:
        choices.append(_drop(request, ways_out))
    text = _alternatives(choices)
    review = f", besides {duration_text(minutes_review)} kept for review" if minutes_review else ""
    return (
        f"This needs {duration_text(assessment.minutes_needed)}; "
        f"you have {duration_text(assessment.minutes_available or 0)} by {date_text(deadline)}{review}. "
        f"{text[0].upper()}{text[1:]}{too_little}.{_no_drop(request, ways_out)}"
    )


def _alternatives(choices: list[str]) -> str:
    # A comma before the "or", since the choices are clauses.
    return ", or ".join(filter(None, (", ".join(choices[:-1]), choices[-1])))


def _drop(request: PlanRequest, ways_out: WaysOut) -> str:
    """``drop 3 topics and 1 project (9 h; no choice loses fewer)``."""
    parts = []
    if ways_out.drop:
        parts.append(count_text(len(ways_out.drop), "topic"))
    if ways_out.drop_projects:
        parts.append(count_text(len(ways_out.drop_projects), "project"))
    lost = f", {len(ways_out.drop_lost)} of your goal" if request.targets and ways_out.drop_lost else ""
    proof = ""
    if not ways_out.proven:
        proof = f"; at most {ways_out.gap:.1%} more topics could be kept"
    elif ways_out.drop_lost:
        proof = "; no choice loses fewer"
    return f"drop {list_text(parts)} ({duration_text(ways_out.drop_minutes)}{lost}{proof})"


def _no_drop(request: PlanRequest, ways_out: WaysOut) -> str:
    if ways_out.can_drop:
        return ""
    if request.pinned:
        return " Dropping topics is no way out: what you pinned does not fit with what it needs."
    return " Dropping topics is no way out: none fits."


def _slack(request: PlanRequest, assessment: Assessment) -> str:
    if request.deadline is None or assessment.minutes_available is None:
        return ""
    days = (request.deadline - assessment.finish).days
    when = f"{count_text(days, 'day')} before" if days else "the day of"
    spare = assessment.minutes_available - assessment.minutes_needed
    return f", {when} your deadline, with {duration_text(spare)} to spare"


def _range(request: PlanRequest, assessment: Assessment, forecast: Forecast) -> str:
    """How late it may get; nothing to say when even the P80 is the finish itself."""
    if forecast.finish_p80 <= assessment.finish:
        return ""
    late = ""
    if request.deadline is not None and forecast.finish_p80 > request.deadline:
        late = ", after your deadline"
    return (
        f" Estimates err: half of such plans are done by {date_text(forecast.finish_p50)}, "
        f"four in five by {date_text(forecast.finish_p80)}{late}."
    )


def _are(number: int) -> str:
    return "is" if number == 1 else "are"

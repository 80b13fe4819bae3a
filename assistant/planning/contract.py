"""A plan as JSON: the contract that scripts and the journal rely on.

Owns: the keys (``plan.schema.json`` lists them all). Refuses: reading them back (``reading``). Keys may be added, never
renamed or dropped; ``version`` changes when an old plan could no longer be read as it is. Hours have two decimals,
which keeps whole minutes exact; dates are ISO 8601.
"""

from __future__ import annotations

from typing import Any

from assistant.planning.plan import StudyItem, StudyPlan, StudyWeek, Unscheduled, WaysOut

CONTRACT_VERSION = 2
"""1 had no reviews, projects, milestones or quantiles, and not the whole request."""


def plan_to_json(plan: StudyPlan) -> dict[str, Any]:
    """The plan as a dictionary of JSON values."""
    ways_out = plan.ways_out
    return {
        "version": CONTRACT_VERSION,
        "feasible": plan.feasible,
        "verdict": plan.verdict,
        "start": plan.start.isoformat(),
        "finish": plan.finish.isoformat(),
        "finish_p50": plan.finish_p50.isoformat(),
        "finish_p80": plan.finish_p80.isoformat(),
        "deadline": None if plan.deadline is None else plan.deadline.isoformat(),
        "goal": plan.goal,
        "targets": list(plan.targets),
        "known": list(plan.known),
        "hours_per_week": _hours(plan.minutes_per_week),
        "hours_total": _hours(plan.minutes_total),
        "hours_available": None if plan.minutes_available is None else _hours(plan.minutes_available),
        "hours_review": _hours(plan.minutes_review),
        "ways_out": None if ways_out is None else _ways_out_to_json(ways_out),
        "milestones": [
            {"date": one.date.isoformat(), "module": one.module, "title": one.title} for one in plan.milestones
        ],
        "weeks": [_week_to_json(week) for week in plan.weeks],
        "unscheduled": [_unscheduled_to_json(one) for one in plan.unscheduled],
        "request": _request_to_json(plan),
    }


def _request_to_json(plan: StudyPlan) -> dict[str, Any]:
    """What else the plan was asked for, beside what stands at the top."""
    return {
        "weekday_minutes": list(plan.weekday_minutes),
        "excluded": list(plan.excluded),
        "pinned": list(plan.pinned),
        "days_off": [day.isoformat() for day in plan.days_off],
        "exceptions": [{"date": day.isoformat(), "minutes": minutes} for day, minutes in plan.exceptions],
        "session_minutes": plan.session_minutes,
        "review_percent": plan.review_percent,
        "pace_percent": plan.pace_percent,
        "projects": plan.projects,
        "excluded_projects": list(plan.excluded_projects),
        "done_minutes": [{"unit": unit, "minutes": minutes} for unit, minutes in plan.done_minutes],
    }


def _week_to_json(week: StudyWeek) -> dict[str, Any]:
    return {
        "week": week.number,
        "start": week.start.isoformat(),
        "hours": _hours(week.minutes),
        "hours_available": _hours(week.minutes_available),
        "hours_slack": _hours(week.slack_minutes),
        "items": [_item_to_json(item) for item in week.items],
    }


def _item_to_json(item: StudyItem) -> dict[str, Any]:
    return {
        "key": item.key,
        "topic": item.topic,
        "module": item.module,
        "module_title": item.module_title,
        "title": item.title,
        "activity": item.activity.value,
        "part": item.part,
        "parts": item.parts,
        "minutes": item.minutes,
        "date": item.date.isoformat(),
        "why": item.why,
        "resources": list(item.resources),
    }


def _unscheduled_to_json(one: Unscheduled) -> dict[str, Any]:
    return {
        "topic": one.topic,
        "title": one.title,
        "reason": one.reason,
        "activity": None if one.activity is None else one.activity.value,
    }


def _ways_out_to_json(ways_out: WaysOut) -> dict[str, Any]:
    pace = ways_out.minutes_per_week
    return {
        "finish": ways_out.finish.isoformat(),
        "hours_per_week": None if pace is None else _hours(pace),
        "drop_hours": _hours(ways_out.drop_minutes),
        "drop": list(ways_out.drop),
        "drop_projects": list(ways_out.drop_projects),
        "drop_lost": list(ways_out.drop_lost),
        "proven": ways_out.proven,
        "gap": ways_out.gap,
    }


def _hours(minutes: int) -> float:
    return round(minutes / 60, 2)

"""A plan as JSON: the contract that scripts and the journal rely on.

Owns: the keys, and reading them back. Keys may be added, never renamed or dropped; ``version`` changes when an old
plan could no longer be read as it is. Hours have two decimals, which keeps whole minutes exact; dates are ISO 8601.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from assistant.errors import InvalidInput
from assistant.planning.plan import Activity, StudyItem, StudyPlan, StudyWeek, Unscheduled, WaysOut

CONTRACT_VERSION = 1


def plan_to_json(plan: StudyPlan) -> dict[str, Any]:
    """The plan as a dictionary of JSON values."""
    ways_out = plan.ways_out
    return {
        "version": CONTRACT_VERSION,
        "feasible": plan.feasible,
        "verdict": plan.verdict,
        "start": plan.start.isoformat(),
        "finish": plan.finish.isoformat(),
        "deadline": None if plan.deadline is None else plan.deadline.isoformat(),
        "goal": plan.goal,
        "targets": list(plan.targets),
        "known": list(plan.known),
        "hours_per_week": _hours(plan.minutes_per_week),
        "hours_total": _hours(plan.minutes_total),
        "hours_available": None if plan.minutes_available is None else _hours(plan.minutes_available),
        "ways_out": None if ways_out is None else _ways_out_to_json(ways_out),
        "weeks": [
            {
                "week": week.number,
                "start": week.start.isoformat(),
                "hours": _hours(week.minutes),
                "items": [_item_to_json(item) for item in week.items],
            }
            for week in plan.weeks
        ],
        "unscheduled": [{"topic": one.topic, "title": one.title, "reason": one.reason} for one in plan.unscheduled],
    }


def plan_from_json(data: Mapping[str, Any]) -> StudyPlan:
    """Read back what ``plan_to_json`` wrote.

    Raises:
        InvalidInput: this is not a plan, or one of a newer version.
    """
    try:
        if int(data["version"]) > CONTRACT_VERSION:
            raise InvalidInput("This plan was saved by a newer version of the program; update to read it.")
        return _plan(data)
    except KeyError as error:
        raise InvalidInput(f"This is not a study plan: it has no {error}.") from error
    except (TypeError, ValueError, AttributeError) as error:
        raise InvalidInput(f"This is not a study plan: {error}.") from error


def _plan(data: Mapping[str, Any]) -> StudyPlan:
    return StudyPlan(
        feasible=bool(data["feasible"]),
        verdict=str(data["verdict"]),
        start=date.fromisoformat(data["start"]),
        finish=date.fromisoformat(data["finish"]),
        deadline=None if data["deadline"] is None else date.fromisoformat(data["deadline"]),
        goal=str(data["goal"]),
        targets=tuple(str(topic) for topic in data["targets"]),
        known=tuple(str(topic) for topic in data["known"]),
        minutes_per_week=_minutes(data["hours_per_week"]),
        minutes_total=_minutes(data["hours_total"]),
        minutes_available=None if data["hours_available"] is None else _minutes(data["hours_available"]),
        ways_out=None if data["ways_out"] is None else _ways_out(data["ways_out"]),
        weeks=tuple(
            StudyWeek(
                number=int(week["week"]),
                start=date.fromisoformat(week["start"]),
                items=tuple(_item(item) for item in week["items"]),
            )
            for week in data["weeks"]
        ),
        unscheduled=tuple(
            Unscheduled(str(one["topic"]), str(one["title"]), str(one["reason"])) for one in data["unscheduled"]
        ),
    )


def _item_to_json(item: StudyItem) -> dict[str, Any]:
    return {
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
    }


def _item(data: Mapping[str, Any]) -> StudyItem:
    return StudyItem(
        topic=str(data["topic"]),
        module=int(data["module"]),
        module_title=str(data["module_title"]),
        title=str(data["title"]),
        activity=Activity(data["activity"]),
        part=int(data["part"]),
        parts=int(data["parts"]),
        minutes=int(data["minutes"]),
        date=date.fromisoformat(data["date"]),
        why=str(data["why"]),
    )


def _ways_out_to_json(ways_out: WaysOut) -> dict[str, Any]:
    pace = ways_out.minutes_per_week
    return {
        "finish": ways_out.finish.isoformat(),
        "hours_per_week": None if pace is None else _hours(pace),
        "drop_hours": _hours(ways_out.drop_minutes),
    }


def _ways_out(data: Mapping[str, Any]) -> WaysOut:
    return WaysOut(
        finish=date.fromisoformat(data["finish"]),
        minutes_per_week=None if data["hours_per_week"] is None else _minutes(data["hours_per_week"]),
        drop_minutes=_minutes(data["drop_hours"]),
    )


def _hours(minutes: int) -> float:
    return round(minutes / 60, 2)


def _minutes(hours: float) -> int:
    return round(hours * 60)

"""Reading a plan's JSON back, of this version of the contract or an older one.

Owns: what an older plan means today. Refuses: writing (``contract``).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from assistant.errors import InvalidInput
from assistant.planning.contract import CONTRACT_VERSION
from assistant.planning.plan import Activity, Milestone, StudyItem, StudyPlan, StudyWeek, Unscheduled, WaysOut
from assistant.planning.request import DEFAULT_PACE_PERCENT, DEFAULT_SESSION_MINUTES


def plan_from_json(data: Mapping[str, Any]) -> StudyPlan:
    """Read back what ``plan_to_json`` wrote, by this version of the program or an older one.

    A plan of version 1 had neither reviews nor projects; the request it answers has none either.

    Raises:
        InvalidInput: this is not a plan, or one of a newer version.
    """
    try:
        version = int(data["version"])
        if version > CONTRACT_VERSION:
            raise InvalidInput("This plan was saved by a newer version of the program; update to read it.")
        return _plan(_upgraded(data) if version < CONTRACT_VERSION else data)
    except KeyError as error:
        raise InvalidInput(f"This is not a study plan: it has no {error}.") from error
    except (TypeError, ValueError, AttributeError) as error:
        raise InvalidInput(f"This is not a study plan: {error}.") from error


def _upgraded(data: Mapping[str, Any]) -> dict[str, Any]:
    request = {
        "weekday_minutes": [],
        "excluded": [],
        "pinned": [],
        "days_off": [],
        "exceptions": [],
        "session_minutes": DEFAULT_SESSION_MINUTES,
        "review_percent": 0,
        "pace_percent": DEFAULT_PACE_PERCENT,
        "projects": False,
        "excluded_projects": [],
        "done_minutes": [],
    }
    ways_out = data["ways_out"]
    if ways_out is not None:
        lost = [one["topic"] for one in data["unscheduled"]]
        # Which topics were left out was chosen in study order, so nothing was proven.
        ways_out = {"drop": lost, "drop_projects": [], "drop_lost": [], "proven": False, "gap": 1.0, **ways_out}
    return {
        **data,
        "finish_p50": data["finish"],
        "finish_p80": data["finish"],
        "hours_review": 0,
        "ways_out": ways_out,
        "milestones": [],
        "weeks": [
            {
                **week,
                "hours_available": week["hours"],
                "items": [{**item, "resources": []} for item in week["items"]],
            }
            for week in data["weeks"]
        ],
        "unscheduled": [{**one, "activity": None} for one in data["unscheduled"]],
        "request": request,
    }


def _plan(data: Mapping[str, Any]) -> StudyPlan:
    request = data["request"]
    return StudyPlan(
        feasible=bool(data["feasible"]),
        verdict=str(data["verdict"]),
        start=_day(data["start"]),
        finish=_day(data["finish"]),
        finish_p50=_day(data["finish_p50"]),
        finish_p80=_day(data["finish_p80"]),
        deadline=None if data["deadline"] is None else _day(data["deadline"]),
        goal=str(data["goal"]),
        targets=_names(data["targets"]),
        known=_names(data["known"]),
        minutes_per_week=_minutes(data["hours_per_week"]),
        minutes_total=_minutes(data["hours_total"]),
        minutes_available=None if data["hours_available"] is None else _minutes(data["hours_available"]),
        minutes_review=_minutes(data["hours_review"]),
        ways_out=None if data["ways_out"] is None else _ways_out(data["ways_out"]),
        milestones=tuple(
            Milestone(_day(one["date"]), int(one["module"]), str(one["title"])) for one in data["milestones"]
        ),
        weeks=tuple(_week(week) for week in data["weeks"]),
        unscheduled=tuple(_unscheduled(one) for one in data["unscheduled"]),
        weekday_minutes=tuple(int(minutes) for minutes in request["weekday_minutes"]),
        excluded=_names(request["excluded"]),
        pinned=_names(request["pinned"]),
        days_off=tuple(_day(day) for day in request["days_off"]),
        exceptions=tuple((_day(one["date"]), int(one["minutes"])) for one in request["exceptions"]),
        session_minutes=int(request["session_minutes"]),
        review_percent=int(request["review_percent"]),
        pace_percent=int(request["pace_percent"]),
        projects=bool(request["projects"]),
        excluded_projects=_names(request["excluded_projects"]),
        done_minutes=tuple((str(one["unit"]), int(one["minutes"])) for one in request["done_minutes"]),
    )


def _week(data: Mapping[str, Any]) -> StudyWeek:
    return StudyWeek(
        number=int(data["week"]),
        start=_day(data["start"]),
        items=tuple(_item(item) for item in data["items"]),
        minutes_available=_minutes(data["hours_available"]),
    )


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
        date=_day(data["date"]),
        why=str(data["why"]),
        resources=_names(data["resources"]),
    )


def _unscheduled(data: Mapping[str, Any]) -> Unscheduled:
    activity = None if data["activity"] is None else Activity(data["activity"])
    return Unscheduled(str(data["topic"]), str(data["title"]), str(data["reason"]), activity)


def _ways_out(data: Mapping[str, Any]) -> WaysOut:
    return WaysOut(
        finish=_day(data["finish"]),
        minutes_per_week=None if data["hours_per_week"] is None else _minutes(data["hours_per_week"]),
        drop_minutes=_minutes(data["drop_hours"]),
        drop=_names(data["drop"]),
        drop_projects=_names(data["drop_projects"]),
        drop_lost=_names(data["drop_lost"]),
        proven=bool(data["proven"]),
        gap=float(data["gap"]),
    )


def _names(values: list[Any]) -> tuple[str, ...]:
    return tuple(str(value) for value in values)


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _minutes(hours: float) -> int:
    return round(hours * 60)

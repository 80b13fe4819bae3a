"""The JSON contract, to the letter, its schema, and plans of its first version."""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import Any

import pytest

from assistant.errors import InvalidInput
from assistant.planning import make_plan, plan_from_json, plan_to_json, request_of
from tests.assistant.planning.builders import SCHEMA, TUESDAY, curriculum, plain, resource, topic

PAIR = curriculum(
    topic("a", 1, hours=1), dataclasses.replace(topic("b", 2, hours=2, hard=["a"]), title="B_1 [x] & *y*")
)
TIGHT = plain(TUESDAY, 120, deadline=date(2026, 12, 5), targets=("a", "b"), goal="learn\n# B")


WHY = "A goal of this plan, and needed for “B_1 [x] & *y*”, which does not fit yet: b uses a. 2 days of slack."
ITEM = {"topic": "a", "module": 1, "module_title": "Module 1", "title": "Topic a", "part": 1, "parts": 1}


def test_the_json_contract() -> None:
    wishes = dataclasses.replace(
        TIGHT,
        days_off=frozenset({date(2026, 12, 24)}),
        exceptions=((date(2026, 12, 26), 45),),
        done_minutes=(("project:module-1", 5),),
    )
    plan = make_plan(PAIR, wishes, [resource("page", ["a"])])
    read, practise = ({**ITEM, "key": f"a:{verb}:1", "date": "2026-12-01", "why": WHY} for verb in ("read", "practise"))
    assert plan_to_json(plan) == {
        "version": 2,
        "feasible": False,
        "verdict": plan.verdict,
        "start": "2026-12-01",
        "finish": "2026-12-08",
        "finish_p50": "2026-12-08",
        "finish_p80": "2026-12-10",
        "deadline": "2026-12-05",
        "goal": "learn\n# B",
        "targets": ["a", "b"],
        "known": [],
        "hours_per_week": 2.0,
        "hours_total": 3.0,
        "hours_available": 2.0,
        "hours_review": 0.0,
        "ways_out": {
            "finish": "2026-12-08",
            "hours_per_week": 3.0,
            "drop_hours": 2.0,
            "drop": ["b"],
            "drop_projects": [],
            "drop_lost": ["b"],
            "proven": True,
            "gap": 0.0,
        },
        "milestones": [{"date": "2026-12-01", "module": 1, "title": "Module 1, Module 1: done"}],
        "weeks": [
            {
                "week": 1,
                "start": "2026-12-01",
                "hours": 1.0,
                "hours_available": 2.0,
                "hours_slack": 1.0,
                "items": [
                    {**read, "activity": "read", "minutes": 35, "resources": ["page"]},
                    {**practise, "activity": "practise", "minutes": 25, "resources": []},
                ],
            }
        ],
        "unscheduled": [
            {
                "topic": "b",
                "title": "B_1 [x] & *y*",
                "reason": "Takes 2 h, which do not fit before the deadline, 5 December 2026.",
                "activity": None,
            }
        ],
        "request": {
            "weekday_minutes": [],
            "excluded": [],
            "pinned": [],
            "days_off": ["2026-12-24"],
            "exceptions": [{"date": "2026-12-26", "minutes": 45}],
            "session_minutes": 90,
            "review_percent": 0,
            "pace_percent": 100,
            "projects": False,
            "excluded_projects": [],
            "done_minutes": [{"unit": "project:module-1", "minutes": 5}],
        },
    }


def test_without_a_deadline_the_available_hours_are_null() -> None:
    data = plan_to_json(make_plan(PAIR, plain(TUESDAY, 120)))
    assert (data["deadline"], data["hours_available"], data["ways_out"]) == (None, None, None)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"start": "yesterday"}, "not a study plan: Invalid isoformat"),
        ({"weeks": 3}, "not a study plan"),
        ({"weeks": ["one"]}, "not a study plan"),
        ({"weeks": [{"week": 1, "start": "2026-12-01"}]}, "it has no 'items'"),
        ({"version": 3}, "newer version"),
    ],
)
def test_what_is_not_a_plan_is_refused(change: dict[str, Any], message: str) -> None:
    data = plan_to_json(make_plan(PAIR, TIGHT)) | change
    with pytest.raises(InvalidInput, match=message):
        plan_from_json(data)


def test_an_empty_object_is_not_a_plan() -> None:
    with pytest.raises(InvalidInput, match="it has no 'version'"):
        plan_from_json({})


V1 = {
    "version": 1,
    "feasible": False,
    "verdict": (
        "This needs 3 h; you have 2 h by 5 December 2026. Finish by 8 December 2026 at 2 h a week, study 3 h a "
        "week, or drop at least 1 h of topics. This plan holds what fits until then: 1 of 2 topics."
    ),
    "start": "2026-12-01",
    "finish": "2026-12-08",
    "deadline": "2026-12-05",
    "goal": "learn\n# B",
    "targets": ["a", "b"],
    "known": [],
    "hours_per_week": 2.0,
    "hours_total": 3.0,
    "hours_available": 2.0,
    "ways_out": {"finish": "2026-12-08", "hours_per_week": 3.0, "drop_hours": 1.0},
    "weeks": [
        {
            "week": 1,
            "start": "2026-12-01",
            "hours": 1.0,
            "items": [
                {**ITEM, "activity": "read", "minutes": 35, "date": "2026-12-01", "why": WHY},
                {**ITEM, "activity": "practise", "minutes": 25, "date": "2026-12-01", "why": WHY},
            ],
        }
    ],
    "unscheduled": [
        {
            "topic": "b",
            "title": "B_1 [x] & *y*",
            "reason": "Needs 2 h, and only 1 h is left before the deadline, 5 December 2026.",
        }
    ],
}


def test_a_plan_of_version_1_is_read_and_its_request_rebuilt() -> None:
    plan = plan_from_json(V1)
    assert (plan.finish_p50, plan.finish_p80, plan.milestones, plan.minutes_review) == (plan.finish, plan.finish, (), 0)
    assert [(week.minutes, week.slack_minutes) for week in plan.weeks] == [(60, 0)]
    assert plan.items[0].resources == ()
    assert plan.ways_out is not None
    assert (plan.ways_out.drop, plan.ways_out.proven) == (("b",), False)
    assert request_of(plan) == TIGHT
    assert plan_from_json(plan_to_json(plan)) == plan
    SCHEMA.validate(plan_to_json(plan))


def test_the_schema_names_every_key_and_refuses_others() -> None:
    data = plan_to_json(make_plan(PAIR, TIGHT))
    SCHEMA.check_schema(SCHEMA.schema)
    SCHEMA.validate(data)
    assert not SCHEMA.is_valid(data | {"more": 1})
    assert not SCHEMA.is_valid(data | {"start": "2026-13-01"})
    for key in data:
        assert not SCHEMA.is_valid({name: value for name, value in data.items() if name != key})

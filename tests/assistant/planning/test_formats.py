"""The JSON contract and the Markdown checklist, to the letter."""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import Any

import pytest

from assistant.errors import InvalidInput
from assistant.planning import PlanRequest, make_plan, plan_from_json, plan_to_json, plan_to_markdown
from assistant.planning.wording import date_text, day_text, duration_text
from tests.assistant.planning.builders import TUESDAY, curriculum, topic

PAIR = curriculum(
    topic("a", 1, hours=1), dataclasses.replace(topic("b", 2, hours=2, hard=["a"]), title="B_1 [x] & *y*")
)
TIGHT = PlanRequest(TUESDAY, 120, deadline=date(2026, 12, 5), targets=("b",), goal="learn\n# B")


def test_the_json_contract() -> None:
    why = "Needed for “B_1 [x] & *y*”, which does not fit yet: b uses a."
    item = {"topic": "a", "module": 1, "module_title": "Module 1", "title": "Topic a", "part": 1, "parts": 1}
    assert plan_to_json(make_plan(PAIR, TIGHT)) == {
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
        "targets": ["b"],
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
                    {**item, "activity": "read", "minutes": 35, "date": "2026-12-01", "why": why},
                    {**item, "activity": "practise", "minutes": 25, "date": "2026-12-01", "why": why},
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


def test_without_a_deadline_the_available_hours_are_null() -> None:
    data = plan_to_json(make_plan(PAIR, PlanRequest(TUESDAY, 120)))
    assert (data["deadline"], data["hours_available"], data["ways_out"]) == (None, None, None)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"start": "yesterday"}, "not a study plan: Invalid isoformat"),
        ({"weeks": 3}, "not a study plan"),
        ({"weeks": ["one"]}, "not a study plan"),
        ({"weeks": [{"week": 1, "start": "2026-12-01"}]}, "it has no 'items'"),
        ({"version": 2}, "newer version"),
    ],
)
def test_what_is_not_a_plan_is_refused(change: dict[str, Any], message: str) -> None:
    data = plan_to_json(make_plan(PAIR, TIGHT)) | change
    with pytest.raises(InvalidInput, match=message):
        plan_from_json(data)


def test_an_empty_object_is_not_a_plan() -> None:
    with pytest.raises(InvalidInput, match="it has no 'version'"):
        plan_from_json({})


def test_the_markdown_checklist() -> None:
    request = dataclasses.replace(TIGHT, deadline=None)
    assert (
        plan_to_markdown(make_plan(PAIR, request))
        == r"""# Study plan

Goal: learn \# B

This needs 3 h; at 2 h a week you finish on 8 December 2026.

## Week 1: 1 December 2026 to 7 December 2026, 2 h

### Module 1: Module 1

- [ ] Tue 1 December, 35 min: Read **Topic a** – Needed for “B\_1 \[x\] & \*y\*”: b uses a.
- [ ] Tue 1 December, 25 min: Practise **Topic a**

### Module 2: Module 2

- [ ] Tue 1 December, 30 min: Read **B\_1 \[x\] & \*y\*** (part 1 of 2) – A goal of this plan.
- [ ] Thu 3 December, 30 min: Read **B\_1 \[x\] & \*y\*** (part 2 of 2)

## Week 2: 8 December 2026 to 14 December 2026, 1 h

### Module 2: Module 2

- [ ] Tue 8 December, 1 h: Practise **B\_1 \[x\] & \*y\***
"""
    )


def test_the_markdown_lists_what_is_not_scheduled() -> None:
    text = plan_to_markdown(make_plan(PAIR, TIGHT))
    assert text.endswith(
        "\n## Not scheduled\n\n"
        "- **B\\_1 \\[x\\] & \\*y\\***: Needs 2 h, and only 1 h is left before the deadline, 5 December 2026.\n"
    )


def test_the_last_week_of_the_calendar_can_be_written() -> None:
    plan = make_plan(PAIR, PlanRequest(date(9999, 12, 30), 6720))
    assert "## Week 1: 30 December 9999 to 31 December 9999, 3 h" in plan_to_markdown(plan)


@pytest.mark.parametrize(
    ("minutes", "text"),
    [(0, "0 h"), (30, "30 min"), (45, "45 min"), (60, "1 h"), (630, "10.5 h"), (625, "10 h 25 min")],
)
def test_durations_are_exact(minutes: int, text: str) -> None:
    assert duration_text(minutes) == text


def test_dates_are_english_whatever_the_locale() -> None:
    assert date_text(date(2028, 2, 29)) == "29 February 2028"
    assert day_text(date(2028, 2, 29)) == "Tue 29 February"

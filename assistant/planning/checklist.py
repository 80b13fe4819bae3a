"""A plan as a Markdown checklist, week by week, to print or keep among one's notes.

Owns: the layout and the escaping of Markdown. Refuses: computing anything about the plan.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby

from assistant.domain import Resource
from assistant.planning.plan import Activity, StudyItem, StudyPlan, StudyWeek
from assistant.planning.wording import date_text, day_text, duration_text

_SPECIAL = re.compile(r"[\\`*_\[\]<#~$]|&(?=#?\w+;)")
"""What Markdown, or Streamlit's formulas, would take for markup in the middle of a line."""
_VERBS = {
    Activity.READ: "Read",
    Activity.PRACTISE: "Practise",
    Activity.PROJECT: "Build",
    Activity.REVIEW: "Review",
    Activity.QUIZ: "Take",
}
_LAST_DAY_OF_WEEK = 6


def plan_to_markdown(plan: StudyPlan, catalogue: Sequence[Resource] = ()) -> str:
    """The plan with its verdict, a heading per week and module, a box per item, milestones, and what is not scheduled.

    A week's reviews stand together, since they are of many modules. ``catalogue`` gives resources their titles and
    addresses; a resource that is not in it is named by its id.
    """
    resources = {resource.id: resource for resource in catalogue}
    lines = ["# Study plan", ""]
    if plan.goal.strip():
        lines += [f"Goal: {_escaped(plan.goal)}", ""]
    lines += [_escaped(plan.verdict), ""]
    for week in plan.weeks:
        lines += _week_lines(week, resources)
    if plan.milestones:
        lines += ["## Milestones", ""]
        lines += [f"- {date_text(one.date)}: {_escaped(one.title)}" for one in plan.milestones]
        lines += [""]
    if plan.unscheduled:
        lines += ["## Not scheduled", ""]
        lines += [f"- **{_escaped(one.title)}**: {_escaped(one.reason)}" for one in plan.unscheduled]
        lines += [""]
    return "\n".join(lines)


def _week_lines(week: StudyWeek, resources: Mapping[str, Resource]) -> Iterator[str]:
    last = date.fromordinal(min(week.start.toordinal() + _LAST_DAY_OF_WEEK, date.max.toordinal()))
    free = f", {duration_text(week.slack_minutes)} free" if week.slack_minutes else ""
    yield f"## Week {week.number}: {date_text(week.start)} to {date_text(last)}, {duration_text(week.minutes)}{free}"
    yield ""
    reviews = [item for item in week.items if item.activity is Activity.REVIEW]
    if reviews:
        yield "### Review"
        yield ""
        yield from (_item_line(item) for item in reviews)
        yield ""
    study = [item for item in week.items if item.activity is not Activity.REVIEW]
    for (number, title), items in groupby(study, key=lambda item: (item.module, item.module_title)):
        yield f"### Module {number}: {_escaped(title)}"
        yield ""
        for item in items:
            yield _item_line(item)
            if item.part == 1:
                yield from (_resource_line(resource_id, resources) for resource_id in item.resources)
        yield ""


def _item_line(item: StudyItem) -> str:
    part = f" (part {item.part} of {item.parts})" if item.parts > 1 and item.activity is not Activity.REVIEW else ""
    # The reason is the same for every item of a topic; said once, it does not drown the list.
    repeated = item.activity is Activity.PRACTISE or (item.part > 1 and item.activity is not Activity.REVIEW)
    why = "" if repeated else f" – {_escaped(item.why)}"
    what = f"{_VERBS[item.activity]} **{_escaped(item.title)}**{part}"
    return f"- [ ] {day_text(item.date)}, {duration_text(item.minutes)}: {what}{why}"


def _resource_line(resource_id: str, resources: Mapping[str, Resource]) -> str:
    resource = resources.get(resource_id)
    if resource is None:
        return f"  - {_escaped(resource_id)}"
    return f"  - {_escaped(resource.title)}, {duration_text(resource.minutes)}: <{resource.url}>"


def _escaped(text: str) -> str:
    """Text on one line that Markdown shows as it is."""
    return _SPECIAL.sub(r"\\\g<0>", " ".join(text.split()))

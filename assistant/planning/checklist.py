"""A plan as a Markdown checklist, week by week, to print or keep among one's notes.

Owns: the layout and the escaping of Markdown. Refuses: computing anything about the plan.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import groupby

from assistant.planning.plan import Activity, StudyItem, StudyPlan, StudyWeek
from assistant.planning.wording import date_text, day_text, duration_text

_SPECIAL = re.compile(r"[\\`*_\[\]<#~$]|&(?=#?\w+;)")
"""What Markdown, or Streamlit's formulas, would take for markup in the middle of a line."""
_VERBS = {Activity.READ: "Read", Activity.PRACTISE: "Practise"}
_LAST_DAY_OF_WEEK = 6


def plan_to_markdown(plan: StudyPlan) -> str:
    """The plan with its verdict, a heading per week and module, a box per item, and what is not scheduled."""
    lines = ["# Study plan", ""]
    if plan.goal.strip():
        lines += [f"Goal: {_escaped(plan.goal)}", ""]
    lines += [_escaped(plan.verdict), ""]
    for week in plan.weeks:
        lines += _week_lines(week)
    if plan.unscheduled:
        lines += ["## Not scheduled", ""]
        lines += [f"- **{_escaped(one.title)}**: {_escaped(one.reason)}" for one in plan.unscheduled]
        lines += [""]
    return "\n".join(lines)


def _week_lines(week: StudyWeek) -> Iterator[str]:
    last = date.fromordinal(min(week.start.toordinal() + _LAST_DAY_OF_WEEK, date.max.toordinal()))
    yield f"## Week {week.number}: {date_text(week.start)} to {date_text(last)}, {duration_text(week.minutes)}"
    yield ""
    for (number, title), items in groupby(week.items, key=lambda item: (item.module, item.module_title)):
        yield f"### Module {number}: {_escaped(title)}"
        yield ""
        yield from (_item_line(item) for item in items)
        yield ""


def _item_line(item: StudyItem) -> str:
    part = f" (part {item.part} of {item.parts})" if item.parts > 1 else ""
    # The reason is the same for every item of a topic; said once, it does not drown the list.
    why = f" – {_escaped(item.why)}" if item.activity is Activity.READ and item.part == 1 else ""
    what = f"{_VERBS[item.activity]} **{_escaped(item.title)}**{part}"
    return f"- [ ] {day_text(item.date)}, {duration_text(item.minutes)}: {what}{why}"


def _escaped(text: str) -> str:
    """Text on one line that Markdown shows as it is."""
    return _SPECIAL.sub(r"\\\g<0>", " ".join(text.split()))

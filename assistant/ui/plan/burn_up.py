"""The burn-up: hours planned by each day against hours studied, and when it will likely be done.

Owns: its figures and its figure. Pure. Refuses: Streamlit, and the forecast (``assistant.planning.forecast``).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import accumulate
from typing import Literal

import altair as alt

from assistant.planning import StudyPlan
from assistant.planning.wording import date_text, duration_text
from assistant.progress import LogEntry
from assistant.ui.charts import GREY, LABEL_SIZE, ORANGE, TEAL, VIOLET, Drawing, Figure, Row, time_axis, values

_HEIGHT = 320


def figure(plan: StudyPlan, entries: Sequence[LogEntry], today: date, ink: str) -> Figure:
    """The figure; ``entries`` are the sittings of this plan."""
    if not plan.items:
        return Figure("This plan holds no session.", ())
    planned = cumulative((item.date, item.minutes) for item in plan.items)
    studied = cumulative((entry.day, entry.minutes) for entry in entries)
    total, logged = planned[-1][1], studied[-1][1] if studied else 0
    due = until(planned, today)
    behind = due - logged
    if today < planned[0][0]:
        stand = f"Nothing was due before {date_text(planned[0][0])}"
    elif behind > 0:
        stand = f"{_hours(logged)} of {_hours(due)} due by today are logged, {_hours(behind)} behind"
    else:
        ahead = f", {_hours(-behind)} ahead" if behind else ", as planned"
        stand = f"{_hours(logged)} are logged where {_hours(due)} were due by today{ahead}"
    caption = (
        f"{stand}; the whole plan is {_hours(total)}. Half of such plans are done by {date_text(plan.finish_p50)}, "
        f"four in five by {date_text(plan.finish_p80)}."
    )
    days = sorted({day for day, _ in (*planned, *studied)})
    rows: list[Row] = [
        {
            "Day": day,
            "Planned hours": round(until(planned, day) / 60, 2),
            "Logged hours": round(until(studied, day) / 60, 2) if day <= today else None,
        }
        for day in days
    ]
    return Figure(caption, rows, _chart(plan, planned, _until_today(studied, plan, today), ink))


def cumulative(minutes: Iterable[tuple[date, int]]) -> list[tuple[date, int]]:
    """Each day that has any minutes, with the sum up to its end."""
    by_day: dict[date, int] = {}
    for day, amount in minutes:
        by_day[day] = by_day.get(day, 0) + amount
    days = sorted(by_day)
    return list(zip(days, accumulate(by_day[day] for day in days), strict=True))


def until(sums: Sequence[tuple[date, int]], day: date) -> int:
    """The sum by the end of a day."""
    return max((total for each, total in sums if each <= day), default=0)


def _until_today(studied: Sequence[tuple[date, int]], plan: StudyPlan, today: date) -> list[tuple[date, int]]:
    """The logged line from the plan's first day to today, where it goes on flat."""
    if today < plan.start:
        return list(studied)
    first = [(plan.start, 0)] if not studied or studied[0][0] > plan.start else []
    last = [(today, studied[-1][1] if studied else 0)] if not studied or studied[-1][0] < today else []
    return [*first, *studied, *last]


def _chart(
    plan: StudyPlan, planned: Sequence[tuple[date, int]], studied: Sequence[tuple[date, int]], ink: str
) -> Drawing:
    lines = [
        {"day": day, "hours": round(minutes / 60, 2), "line": name}
        for name, sums in (("Planned", planned), ("Logged", studied))
        for day, minutes in sums
    ]
    names = ["Planned", "Logged"]
    x = alt.X("day:T", title=None, axis=time_axis(plan.start, max(plan.finish_p80, planned[-1][0])))
    y = alt.Y("hours:Q", title="Hours", axis=alt.Axis(tickCount=5))
    curves = (
        alt.Chart(values(lines))
        .mark_line(interpolate="step-after", strokeWidth=2.5)
        .encode(
            x=x,
            y=y,
            color=alt.Color(
                "line:N",
                scale=alt.Scale(domain=names, range=[GREY, TEAL]),
                legend=alt.Legend(title=None, orient="bottom", symbolType="stroke"),
            ),
            strokeDash=alt.StrokeDash("line:N", scale=alt.Scale(domain=names, range=[[5, 3], [1, 0]]), legend=None),
            tooltip=[
                alt.Tooltip("line:N", title="Line"),
                alt.Tooltip("day:T", title="Day", format="%d %b %Y"),
                alt.Tooltip("hours:Q", title="Hours"),
            ],
        )
    )
    band = (
        alt.Chart(values([{"from": plan.finish_p50, "until": plan.finish_p80}]))
        .mark_rect(color=VIOLET, opacity=0.18)
        .encode(x="from:T", x2="until:T")
    )
    return alt.layer(band, *_rules(plan, ink), curves).properties(height=_HEIGHT)


def _rules(plan: StudyPlan, ink: str) -> list[alt.Chart]:
    """By when half and four in five of such plans are done, and the deadline, with names at heights of their own."""
    marks: list[tuple[str, date, str, Literal["left", "right"]]] = [
        ("Half", plan.finish_p50, VIOLET, "left"),
        ("4 in 5", plan.finish_p80, VIOLET, "right"),
    ]
    if plan.deadline:
        # Below the line of what is planned, which ends by the deadline: at its right unless there is no room.
        is_early = plan.deadline - plan.start < (plan.finish_p80 - plan.start) / 2
        marks.append(("Deadline", plan.deadline, ORANGE, "left" if is_early else "right"))
    layers = []
    for place, (name, day, color, align) in enumerate(marks):
        base = alt.Chart(values([{"day": day, "name": name, "what": date_text(day)}]))
        tooltip = alt.Tooltip("what:N", title=name)
        layers.append(base.mark_rule(color=color, strokeWidth=1.5).encode(x="day:T", tooltip=tooltip))
        layers.append(
            base.mark_text(align=align, dx=4 if align == "left" else -4, fontSize=LABEL_SIZE, color=ink).encode(
                x="day:T", y=alt.value({"expr": f"height - {10 + place * 16}"}), text="name:N"
            )
        )
    return layers


def _hours(minutes: int) -> str:
    return duration_text(minutes) if minutes else "0 h"

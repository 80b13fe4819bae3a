"""A month as a calendar.

Owns: which months there are, the grid of days, and its figure. Pure. Refuses: Streamlit.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from datetime import date, timedelta

import altair as alt

from assistant.planning import StudyItem, StudyPlan
from assistant.planning.wording import count_text, date_text, duration_text
from assistant.replanning import Ledger
from assistant.ui.charts import ORANGE, QUIET_LINE, TEAL, Drawing, Figure, Row, values
from assistant.ui.plan.sittings import title_of

_WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
_ROW_HEIGHT = 56
_FULL_MINUTES = 240
"""A day of so many minutes has the deepest shade."""
_LABEL_SIZES = {"number": 13, "minutes": 11}


def months_of(plan: StudyPlan) -> list[date]:
    """The first day of every month from the first to the last item, also of one without any."""
    if not plan.items:
        return []
    month, last = plan.items[0].date.replace(day=1), max(item.date for item in plan.items)
    months = []
    while month <= last:
        months.append(month)
        following = month.toordinal() + monthrange(month.year, month.month)[1]
        if following > date.max.toordinal():
            break
        month = date.fromordinal(following)
    return months


def month_of_day(months: list[date], day: date) -> int:
    """The place of the month to look at on this day: its own, or the nearest."""
    wanted = day.replace(day=1)
    return max(0, min(len(months) - 1, sum(month <= wanted for month in months) - 1))


def label(month: date) -> str:
    """``December 2026``."""
    return date_text(month).partition(" ")[2]


def figure(plan: StudyPlan, ledger: Ledger, month: date, today: date, ink: str) -> Figure:
    """The month's days with the minutes planned on each."""
    by_day: dict[date, list[StudyItem]] = {}
    for item in plan.items:
        if (item.date.year, item.date.month) == (month.year, month.month):
            by_day.setdefault(item.date, []).append(item)
    minutes = sum(item.minutes for items in by_day.values() for item in items)
    if not by_day:
        caption = f"Nothing is planned in {label(month)}."
    else:
        first = min(by_day)
        ends = [one for one in plan.milestones if (one.date.year, one.date.month) == (month.year, month.month)]
        caption = (
            f"{label(month)} holds {duration_text(minutes)} on {count_text(len(by_day), 'day')}, the first on "
            f"{date_text(first)}{_ends(len(ends))}. A thick edge is today, ✓ a day that is done, ◆ the end of a module."
        )
    rows: list[Row] = [_row(day, items, ledger, plan) for day, items in sorted(by_day.items())]
    return Figure(caption, rows, _chart(month, by_day, ledger, plan, today, ink))


def _ends(number: int) -> str:
    if not number:
        return ""
    return f"; {count_text(number, 'module')} {'ends' if number == 1 else 'end'} in it"


def _row(day: date, items: list[StudyItem], ledger: Ledger, plan: StudyPlan) -> Row:
    return {
        "Day": day,
        "Minutes": sum(item.minutes for item in items),
        "Sessions": "; ".join(title_of(item) for item in items),
        "Done": f"{sum(item.key in ledger.done for item in items)} of {len(items)}",
        "Milestone": "; ".join(one.title for one in plan.milestones if one.date == day),
    }


def _chart(
    month: date, by_day: Mapping[date, list[StudyItem]], ledger: Ledger, plan: StudyPlan, today: date, ink: str
) -> Drawing:
    ends = {one.date: one.title for one in plan.milestones}
    days = [month + timedelta(days=number) for number in range(monthrange(month.year, month.month)[1])]
    cells = []
    for day in days:
        items = by_day.get(day, [])
        minutes = sum(item.minutes for item in items)
        all_done = bool(items) and all(item.key in ledger.done for item in items)
        mark = " ✓" if all_done else " ◆" if day in ends else ""
        cells.append(
            {
                "weekday": _WEEKDAYS[day.weekday()],
                "week": (day.day + month.weekday() - 1) // 7,
                "number": f"{day.day}{mark}",
                "minutes": _short(minutes) if minutes else "",
                "depth": min(minutes, _FULL_MINUTES),
                "edge": ORANGE if day == today else QUIET_LINE,
                "width": 2.5 if day == today else 0.6,
                "day": day,
                "what": "; ".join(title_of(item) for item in items) or "free",
                "milestone": ends.get(day, "–"),
            }
        )
    base = alt.Chart(values(cells)).encode(
        x=alt.X(
            "weekday:N",
            sort=_WEEKDAYS,
            title=None,
            scale=alt.Scale(domain=_WEEKDAYS, paddingInner=0.06, paddingOuter=0),
            axis=alt.Axis(orient="top", labelAngle=0, labelFlush=False, domain=False, ticks=False),
        ),
        y=alt.Y("week:O", title=None, axis=None, scale=alt.Scale(paddingInner=0.08, paddingOuter=0)),
    )
    boxes = base.mark_rect(cornerRadius=5, color=TEAL, xOffset=0).encode(
        fillOpacity=alt.FillOpacity(
            "depth:Q", scale=alt.Scale(domain=[0, 1, _FULL_MINUTES], range=[0, 0.16, 0.5]), legend=None
        ),
        stroke=alt.Stroke("edge:N", scale=None),
        strokeWidth=alt.StrokeWidth("width:Q", scale=None),
        tooltip=[
            alt.Tooltip("day:T", title="Day", format="%d %B %Y"),
            alt.Tooltip("what:N", title="Sessions"),
            alt.Tooltip("milestone:N", title="Milestone"),
        ],
    )
    texts = [
        base.mark_text(dy=dy, color=ink, fontSize=_LABEL_SIZES[name]).encode(text=f"{name}:N")
        for name, dy in (("number", -9), ("minutes", 10))
    ]
    return alt.layer(boxes, *texts).properties(height=alt.Step(_ROW_HEIGHT))


def _short(minutes: int) -> str:
    """Fits a narrow cell: ``45m``, ``1h30``, ``2h``."""
    hours, rest = divmod(minutes, 60)
    return f"{rest}m" if not hours else f"{hours}h{rest:02}" if rest else f"{hours}h"

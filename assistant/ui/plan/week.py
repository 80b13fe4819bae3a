"""One week, day by day.

Owns: which week is shown first, its days and its figure. Pure. Refuses: Streamlit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import altair as alt

from assistant.planning import Activity, StudyItem, StudyWeek
from assistant.planning.wording import count_text, day_text, duration_text, short_date_text
from assistant.replanning import Ledger
from assistant.ui.charts import ACTIVITY_COLORS, LABEL_SIZE, Drawing, Figure, Row, scale, values
from assistant.ui.plan.sittings import ACTIVITY_WORDS, title_of

_DAYS = 7
_ROW_HEIGHT = 30
_LEGEND_COLUMNS = 2
"""More would be cut off on a phone."""
_ORDER = list(Activity)


@dataclass(frozen=True, slots=True)
class Day:
    """A day of study with its items in their order."""

    date: date
    items: tuple[StudyItem, ...]

    @property
    def heading(self) -> str:
        """``Tue 1 December · 1.5 h``."""
        return f"{day_text(self.date)} · {duration_text(sum(item.minutes for item in self.items))}"


def week_of_day(weeks: Sequence[StudyWeek], day: date) -> int:
    """The place in ``weeks`` of the one to look at on this day: its own, else the next, else the last."""
    last = max(0, len(weeks) - 1)
    return next((place for place, week in enumerate(weeks) if day < week.start + timedelta(days=_DAYS)), last)


def label(week: StudyWeek) -> str:
    """``Week 3, 15 Dec 2026``: its first day; more would be cut off on a phone."""
    return f"Week {week.number}, {short_date_text(week.start)}"


def days_of(week: StudyWeek) -> list[Day]:
    """The days of the week that hold anything."""
    found: dict[date, list[StudyItem]] = {}
    for item in week.items:
        found.setdefault(item.date, []).append(item)
    return [Day(day, tuple(items)) for day, items in found.items()]


def figure(week: StudyWeek, ledger: Ledger, ink: str) -> Figure:
    """The week's minutes on each of its seven days, by activity."""
    days = days_of(week)
    done = sum(item.key in ledger.done for item in week.items)
    caption = (
        f"{duration_text(week.minutes)} on {count_text(len(days), 'day')}"
        f"{f', {duration_text(week.slack_minutes)} to spare' if week.slack_minutes else ''}; "
        f"{done} of {count_text(len(week.items), 'session')} done."
    )
    rows: list[Row] = [
        {
            "Day": item.date,
            "Session": title_of(item),
            "Activity": ACTIVITY_WORDS[item.activity],
            "Minutes": item.minutes,
            "Done": item.key in ledger.done,
            "Why now": item.why,
        }
        for item in week.items
    ]
    return Figure(caption, rows, _chart(week, ink))


def _chart(week: StudyWeek, ink: str) -> Drawing:
    names = [day_text(week.start + timedelta(days=number)) for number in range(_DAYS) if _is_a_day(week.start, number)]
    bars = [
        {
            "day": day_text(item.date),
            "Activity": item.activity.value.capitalize(),
            "place": _ORDER.index(item.activity),
            "minutes": item.minutes,
            "title": title_of(item),
        }
        for item in week.items
    ]
    totals = [{"day": name, "total": sum(bar["minutes"] for bar in bars if bar["day"] == name)} for name in names]  # type: ignore[misc]
    for total in totals:
        total["text"] = duration_text(int(str(total["total"]))) if total["total"] else "free"
    y = alt.Y("day:N", sort=names, title=None, axis=alt.Axis(labelLimit=130), scale=alt.Scale(domain=names))
    chart = (
        alt.Chart(values(bars))
        .mark_bar(cornerRadius=2)
        .encode(
            y=y,
            x=alt.X("minutes:Q", title=None, axis=None, stack="zero"),
            order="place:Q",
            color=alt.Color(
                "Activity:N",
                scale=scale(ACTIVITY_COLORS),
                legend=alt.Legend(
                    title=None,
                    orient="bottom",
                    columns=_LEGEND_COLUMNS,
                    symbolType="square",
                    values=[each.value.capitalize() for each in _ORDER if any(i.activity is each for i in week.items)],
                ),
            ),
            tooltip=[
                alt.Tooltip("title:N", title="Session"),
                alt.Tooltip("Activity:N"),
                alt.Tooltip("minutes:Q", title="Minutes"),
            ],
        )
    )
    labels = (
        alt.Chart(values(totals))
        .mark_text(align="left", dx=6, color=ink, fontSize=LABEL_SIZE)
        .encode(y=y, x="total:Q", text="text:N")
    )
    return alt.layer(chart, labels).properties(height=alt.Step(_ROW_HEIGHT))


def _is_a_day(start: date, number: int) -> bool:
    return start.toordinal() + number <= date.max.toordinal()

"""The timeline: each module from its first session to its last.

Owns: its figure. Pure. Refuses: Streamlit.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import altair as alt

from assistant.planning import Activity, StudyItem, StudyPlan
from assistant.planning.wording import count_text, date_text, duration_text, list_text
from assistant.replanning import Ledger
from assistant.ui.charts import (
    LABEL_SIZE,
    ORANGE,
    PROGRESS_COLORS,
    QUIET_LINE,
    Drawing,
    Figure,
    Progress,
    Row,
    scale,
    time_axis,
    values,
    words_over_lines,
)

_ROW_HEIGHT = 38
_BAR_HEIGHT = 10
_SIGNS = {Progress.DONE: "✓", Progress.NEXT: "▸", Progress.OPEN: "○"}


@dataclass(frozen=True, slots=True)
class Span:
    """A module's sessions, reviews aside, in the order of days."""

    number: int
    title: str
    items: tuple[StudyItem, ...]
    done: int

    @property
    def minutes(self) -> int:
        """Minutes of all sessions."""
        return sum(item.minutes for item in self.items)


def figure(plan: StudyPlan, ledger: Ledger, today: date, ink: str) -> Figure:
    """The figure; reviews, which come long after, are left out."""
    spans = spans_of(plan, ledger)
    if not spans:
        return Figure("This plan holds no session.", ())
    states = _states(spans)
    rows: list[Row] = [
        {
            "Module": f"{span.number}. {span.title}",
            "First session": span.items[0].date,
            "Last session": span.items[-1].date,
            "Hours": round(span.minutes / 60, 1),
            "Sessions": len(span.items),
            "Done": span.done,
            "State": state.value,
        }
        for span, state in zip(spans, states, strict=True)
    ]
    done = sum(state is Progress.DONE for state in states)
    caption = (
        f"{count_text(len(spans), 'module')} from {date_text(spans[0].items[0].date)} to "
        f"{date_text(max(span.items[-1].date for span in spans))}, {duration_text(sum(s.minutes for s in spans))} of "
        f"study without reviews; {done} done.{_lines_text(plan, today)}"
    )
    return Figure(caption, rows, _chart(rows, spans, states, plan, today, ink))


def spans_of(plan: StudyPlan, ledger: Ledger) -> list[Span]:
    """The plan's modules, the one that begins first first."""
    found: dict[int, list[StudyItem]] = {}
    for item in plan.items:
        if item.activity is not Activity.REVIEW:
            found.setdefault(item.module, []).append(item)
    return [
        Span(number, items[0].module_title, tuple(items), sum(item.key in ledger.done for item in items))
        for number, items in found.items()
    ]


def _states(spans: Sequence[Span]) -> list[Progress]:
    """Done, or under way (begun, or the first that is not done), or still to come."""
    states = []
    first_open = True
    for span in spans:
        if span.done == len(span.items):
            states.append(Progress.DONE)
        elif span.done or first_open:
            states.append(Progress.NEXT)
            first_open = False
        else:
            states.append(Progress.OPEN)
    return states


def _chart(
    rows: Sequence[Row], spans: Sequence[Span], states: Sequence[Progress], plan: StudyPlan, today: date, ink: str
) -> Drawing:
    drawn = [
        {
            "label": f"{_SIGNS[state]} {row['Module']} · {round(span.minutes / 60)} h",
            "from": span.items[0].date,
            "until": span.items[-1].date + timedelta(days=1),
            **row,
        }
        for row, span, state in zip(rows, spans, states, strict=True)
    ]
    y = alt.Y("Module:N", sort=None, title=None, axis=None)
    base = alt.Chart(values(drawn))
    bars = base.mark_bar(cornerRadius=3, height=_BAR_HEIGHT, yOffset=8).encode(
        x=alt.X("from:T", title=None, axis=time_axis(*_ends(plan), "top")),
        x2="until:T",
        y=y,
        color=alt.Color("State:N", scale=scale(PROGRESS_COLORS), legend=_legend()),
        tooltip=[
            alt.Tooltip("Module:N"),
            alt.Tooltip("First session:T", format="%d %b %Y"),
            alt.Tooltip("Last session:T", format="%d %b %Y"),
            alt.Tooltip("Hours:Q"),
            alt.Tooltip("State:N"),
        ],
    )
    first, last = _ends(plan)
    # A faint line leads the eye from a name to its bar.
    tracks = (
        alt.Chart(values([{"Module": row["Module"], "from": first, "until": last} for row in rows]))
        .mark_rule(color=QUIET_LINE, opacity=0.25, yOffset=8)
        .encode(x="from:T", x2="until:T", y=y)
    )
    named = base.encode(x=alt.value(0), y=y, text="label:N")
    under, labels = words_over_lines(named, ink, align="left", baseline="bottom", fontSize=LABEL_SIZE, yOffset=2)
    return alt.layer(tracks, *_rules(plan, today), under, bars, labels).properties(height=alt.Step(_ROW_HEIGHT))


def _legend() -> alt.Legend:
    """The states with the signs that stand before the modules' names."""
    signed = {state.value: f"{sign} {state.value}" for state, sign in _SIGNS.items()}
    return alt.Legend(title=None, orient="bottom", labelExpr=f"({json.dumps(signed, ensure_ascii=False)})[datum.label]")


def _ends(plan: StudyPlan) -> tuple[date, date]:
    """The days that the axis spans."""
    last = max(item.date for item in plan.items if item.activity is not Activity.REVIEW)
    return plan.items[0].date, last + timedelta(days=1)


def _runs(plan: StudyPlan, today: date) -> bool:
    return plan.items[0].date <= today <= plan.items[-1].date


def _lines_text(plan: StudyPlan, today: date) -> str:
    """What the lines of this chart are."""
    told = [
        *(["a broken line is today"] if _runs(plan, today) else []),
        *(["a whole one the deadline"] * bool(plan.deadline)),
    ]
    return f" {list_text(told).capitalize()}." if told else ""


def _rules(plan: StudyPlan, today: date) -> list[alt.Chart]:
    """Today, while the plan runs, as a broken line, and the deadline as a whole one."""
    lines = [("Today", today, [4, 3])] if _runs(plan, today) else []
    lines += [("Deadline", plan.deadline, [1, 0])] if plan.deadline else []
    return [
        # The deadline's line stands at the end of its day.
        alt.Chart(values([{"day": day + timedelta(days=name == "Deadline"), "what": f"{name}: {date_text(day)}"}]))
        .mark_rule(color=ORANGE, strokeWidth=1.5, strokeDash=dash)
        .encode(x="day:T", tooltip=alt.Tooltip("what:N", title=name))
        for name, day, dash in lines
    ]

"""Charts of plans, as Altair specifications.

Owns: how a plan is drawn. Every chart stands above a table with the same figures. Refuses: Streamlit.
"""

from __future__ import annotations

from datetime import timedelta

import altair as alt

from assistant.planning import Activity, StudyPlan

_BAR_COLOR = "#2f8f88"
_ROW_HEIGHT = 24


def timeline(made: StudyPlan) -> alt.Chart:
    """One bar for each module, from its first session to its last; reviews, which come long after, left out."""
    spans: dict[int, dict[str, object]] = {}
    for item in made.items:
        if item.activity is Activity.REVIEW:
            continue
        span = spans.setdefault(
            item.module,
            {"module": f"{item.module}. {item.module_title}", "from": item.date, "minutes": 0},
        )
        span["until"] = item.date + timedelta(days=1)
        span["minutes"] = int(str(span["minutes"])) + item.minutes
    rows = [
        {
            "module": span["module"],
            "from": str(span["from"]),
            "until": str(span["until"]),
            "hours": round(int(str(span["minutes"])) / 60, 1),
        }
        for span in spans.values()
    ]
    chart: alt.Chart = (
        alt.Chart({"values": rows})
        .mark_bar(color=_BAR_COLOR, cornerRadius=3, height=_ROW_HEIGHT - 10)
        .encode(
            x=alt.X("from:T", title=None, axis=alt.Axis(format="%d %b %y", labelAngle=0, tickCount=6)),
            x2="until:T",
            y=alt.Y("module:N", sort=None, title=None, axis=alt.Axis(labelLimit=260)),
            tooltip=[
                alt.Tooltip("module:N", title="Module"),
                alt.Tooltip("from:T", title="First session", format="%d %B %Y"),
                alt.Tooltip("hours:Q", title="Hours"),
            ],
        )
        .properties(
            height=alt.Step(_ROW_HEIGHT),
            description=f"Timeline of {len(rows)} modules from {made.start:%d %B %Y} to {made.finish:%d %B %Y}.",
        )
    )
    return chart

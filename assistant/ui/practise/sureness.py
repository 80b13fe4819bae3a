"""Whether a learner is right when they are sure, as a figure.

Owns: its rows and its chart. Pure. Refuses: Streamlit, and counting (``assistant.practice.calibration``).
"""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt

from assistant.practice.calibration import CONFIDENCE_WORDS, Calibration, calibration_text
from assistant.practice_store import Confidence
from assistant.ui.charts import BLUE, LABEL_SIZE, ORANGE, TEAL, Drawing, Figure, Row, values

COLORS = {Confidence.SURE: TEAL, Confidence.THINK_SO: BLUE, Confidence.GUESSING: ORANGE}
SHAPES = {Confidence.SURE: "circle", Confidence.THINK_SO: "square", Confidence.GUESSING: "triangle-up"}
_BAR_HEIGHT, _HEIGHT = 34, 240


def figure(overall: Sequence[Calibration], monthly: Sequence[Calibration], ink: str) -> Figure:
    """Bars over all answers; once there is more than one month, a line for each confidence over the months."""
    if not overall:
        return Figure("No answer was given with a confidence yet.", ())
    caption = " ".join(calibration_text(each) for each in overall)
    is_long = len({each.month for each in monthly}) > 1
    return Figure(caption, [_row(each) for each in monthly], _lines(monthly) if is_long else _bars(overall, ink))


def _row(each: Calibration) -> Row:
    return {
        "Month": f"{each.month:%B %Y}" if each.month else "",
        "You were": CONFIDENCE_WORDS[each.confidence],
        "Right": each.right,
        "Of": each.total,
        "Share": f"{round(each.share * 100)} %",
    }


def _bars(overall: Sequence[Calibration], ink: str) -> Drawing:
    data = values([
        {
            "confidence": CONFIDENCE_WORDS[each.confidence],
            "share": round(each.share, 4),
            "label": f"{each.right} of {each.total}",
        }
        for each in overall
    ])  # fmt: skip
    base = alt.Chart(data).encode(
        y=alt.Y("confidence:N", sort=None, title=None, axis=alt.Axis(labelFontSize=LABEL_SIZE)),
        x=alt.X("share:Q", title="Right", scale=alt.Scale(domain=[0, 1.15]), axis=_share_axis()),
        tooltip=[alt.Tooltip("confidence:N", title="You were"), alt.Tooltip("label:N", title="Right")],
    )
    bars = base.mark_bar(cornerRadiusEnd=3, height=18).encode(color=_color())
    labels = base.mark_text(align="left", dx=5, fontSize=LABEL_SIZE, color=ink).encode(text="label:N")
    return alt.layer(bars, labels).properties(height=alt.Step(_BAR_HEIGHT))


def _lines(monthly: Sequence[Calibration]) -> Drawing:
    data = values([
        {
            "month": each.month,
            "confidence": CONFIDENCE_WORDS[each.confidence],
            "share": round(each.share, 4),
            "label": f"{each.right} of {each.total}",
        }
        for each in monthly
    ])  # fmt: skip
    base = alt.Chart(data).encode(
        x=alt.X("month:T", title=None, axis=alt.Axis(format="%b %Y", tickCount="month", labelOverlap=True)),
        y=alt.Y("share:Q", title="Right", scale=alt.Scale(domain=[0, 1]), axis=_share_axis()),
        color=_color(legend=alt.Legend(title=None, orient="bottom")),
        shape=alt.Shape(
            "confidence:N",
            scale=alt.Scale(domain=_words(), range=[SHAPES[each] for each in Confidence]),
            legend=alt.Legend(title=None, orient="bottom"),
        ),
        tooltip=[alt.Tooltip("confidence:N", title="You were"), alt.Tooltip("label:N", title="Right")],
    )
    return alt.layer(base.mark_line(strokeWidth=2), base.mark_point(size=70, filled=True)).properties(height=_HEIGHT)


def _color(legend: alt.Legend | None = None) -> alt.Color:
    scale = alt.Scale(domain=_words(), range=[COLORS[each] for each in Confidence])
    return alt.Color("confidence:N", scale=scale, legend=legend)


def _words() -> list[str]:
    return [CONFIDENCE_WORDS[each] for each in Confidence]


def _share_axis() -> alt.Axis:
    return alt.Axis(format=".0%", values=[0, 0.25, 0.5, 0.75, 1])

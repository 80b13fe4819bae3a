"""The charts of the evals page.

Owns: reliability, risk and coverage, intervals, differences, each as a figure. Pure. Refuses: Streamlit, and computing
what is drawn: the report holds it.
"""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt

from assistant.eval_numbers import gains, is_share, less_is_better, limit_text, percent, signed
from assistant.eval_report import Bin, Compared, EvalReport, RiskPoint
from assistant.eval_words import comparison_words, gains_words, reliability_words, risk_words
from assistant.planning.wording import count_text
from assistant.ui.charts import GREY, LABEL_SIZE, ORANGE, PINK, QUIET_LINE, TEAL, Drawing, Figure, Row, values

_HEIGHT = 360
_LINE_HEIGHT = 44
_AXIS_HEIGHT = 50
_OUTCOMES = ["holds", "", "broken"]
_NO_REFUSALS = "This report holds no confidence: it was made by an older version, or without the suite refusal."


def reliability(bins: Sequence[Bin]) -> Figure:
    """Stated confidence against what was true, with Wilson's 95 % interval."""
    if not bins:
        return Figure(_NO_REFUSALS, ())
    rows: list[Row] = [
        {
            "Confidence": f"{percent(one.low)} to {percent(one.high)}",
            "Stated (mean)": one.confidence,
            "Covered": one.share,
            "From": one.share_low,
            "To": one.share_high,
            "Questions": one.n,
        }
        for one in bins
    ]
    axis = alt.Axis(format="%", tickCount=5)
    x = alt.X("Stated (mean):Q", title="Stated confidence", scale=alt.Scale(domain=[0, 1]), axis=axis)
    y = alt.Y("Covered:Q", title="Covered by the roadmap", scale=alt.Scale(domain=[0, 1]), axis=axis)
    ideal = (
        alt.Chart(values([{"at": 0}, {"at": 1}]))
        .mark_line(color=GREY, strokeDash=[4, 4])
        .encode(x=alt.X("at:Q"), y=alt.Y("at:Q"))
    )
    base = alt.Chart(values(rows))
    tooltip = [
        alt.Tooltip("Confidence:N"),
        alt.Tooltip("Covered:Q", format=".0%"),
        alt.Tooltip("Questions:Q"),
    ]
    whiskers = base.mark_rule(color=TEAL, strokeWidth=2).encode(x=x, y=alt.Y("From:Q"), y2="To:Q")
    points = base.mark_point(color=TEAL, filled=True, size=90, opacity=1).encode(x=x, y=y, tooltip=tooltip)
    return Figure(reliability_words(bins), rows, alt.layer(ideal, whiskers, points).properties(height=_HEIGHT))


def risk(points: Sequence[RiskPoint], operating: RiskPoint | None, ink: str) -> Figure:
    """How much would be answered at each threshold, and how much of that should have been refused."""
    if not points:
        return Figure(_NO_REFUSALS, ())
    rows: list[Row] = [
        {"Answered from": one.threshold, "Answered": one.coverage, "Of these outside": one.risk} for one in points
    ]
    x = alt.X(
        "Answered:Q",
        title="Share of questions answered",
        scale=alt.Scale(domain=[0, 1]),
        axis=alt.Axis(format="%", tickCount=5),
    )
    y = alt.Y("Of these outside:Q", title="Of these, outside the roadmap", axis=alt.Axis(format="%", tickCount=5))
    tooltip = [
        alt.Tooltip("Answered from:Q", format=".3f"),
        alt.Tooltip("Answered:Q", format=".0%"),
        alt.Tooltip("Of these outside:Q", format=".1%"),
    ]
    layers: list[alt.Chart] = [
        alt.Chart(values(rows)).mark_line(color=TEAL, strokeWidth=2.5).encode(x=x, y=y, tooltip=tooltip)
    ]
    if operating:
        here = {"Answered": operating.coverage, "Of these outside": operating.risk, "name": "as it is used"}
        base = alt.Chart(values([here]))
        layers.append(base.mark_point(color=ORANGE, filled=True, shape="diamond", size=140, opacity=1).encode(x=x, y=y))
        text = base.mark_text(align="right", dx=-10, dy=-12, fontSize=LABEL_SIZE, color=ink)
        layers.append(text.encode(x=x, y=y, text="name:N"))
    return Figure(risk_words(points, operating), rows, alt.layer(*layers).properties(height=_HEIGHT))


def intervals(report: EvalReport, suite: str, ink: str) -> Figure:
    """The figures of a suite with their intervals and limits; counts and lengths are in the table alone."""
    own = {name: one for name, one in report.metrics.items() if name.split(".", 1)[0] == suite}
    limits = {name: report.limit(name) for name in own}
    rows: list[Row] = [
        {
            "Figure": name.removeprefix(f"{suite}."),
            "Value": round(one.value, 4),
            "From": round(one.low, 4),
            "To": round(one.high, 4),
            "Cases": one.n,
            "Limit": limit_text(limits[name]),
            "Outcome": "" if (limit := limits[name]) is None else "holds" if limit.holds else "broken",
        }
        for name, one in own.items()
    ]
    drawn = []
    for row, (name, one) in zip(rows, own.items(), strict=True):
        if is_share(name, one):
            limit = limits[name]
            bound = None if limit is None else limit.ceiling if limit.floor is None else limit.floor
            sign = "✗ " if row["Outcome"] == "broken" else ""
            drawn.append({**row, "bound": bound, "label": f"{sign}{row['Figure']}", "shown": f"{one.value:.3f}"})
    broken = sum(row["Outcome"] == "broken" for row in rows)
    limited = sum(row["Outcome"] != "" for row in rows)
    held = f", {limited - broken} of {count_text(limited, 'limit')} hold" if limited else ""
    caption = f"{count_text(len(own), 'figure')} of the suite {suite} with 95 % intervals{held}."
    return Figure(caption, rows, _lines(drawn, ("From", "Value", "To"), [0, 1], ink) if drawn else None)


def comparison(report: EvalReport, ink: str) -> Figure:
    """Each gated figure against the baseline: new minus old, the interval, and the loss that is tolerated."""
    rows: list[Row] = []
    bounds: list[float | None] = []
    for one in report.comparison:
        outcome = one.problem or "holds"
        rows.append({**_difference(one, "New minus old"), "Tolerated": one.margin, "Outcome": outcome})
        sign = 1 if less_is_better(one.metric, report) else -1
        bounds.append(None if one.margin is None else sign * one.margin)
    chart = _differences(report.comparison, rows, bounds, "New minus old", ink)
    return Figure(comparison_words(report.comparison), rows, chart)


def simpler(report: EvalReport, ink: str) -> Figure:
    """By how much the search is better than simpler ones; nothing where these were not tried."""
    lines = gains(report)
    if not lines:
        return Figure("This run did not try simpler searches.", ())
    rows: list[Row] = [_difference(one, "Gain") for one in lines]
    return Figure(gains_words(lines), rows, _differences(lines, rows, [None] * len(lines), "Gain", ink))


def _difference(one: Compared, name: str) -> dict[str, object]:
    values = {name: one.difference, "From": one.low, "To": one.high}
    rounded = {key: round(value, 4) for key, value in values.items()}
    return {"Figure": one.metric, **rounded, "p (Holm)": one.p_adjusted}


def _differences(
    lines: Sequence[Compared], rows: Sequence[Row], bounds: Sequence[float | None], name: str, ink: str
) -> Drawing:
    drawn = [
        {
            **row,
            "bound": bound,
            "label": f"✗ {one.metric}" if one.problem else one.metric,
            "shown": signed(one.difference),
            "Outcome": "broken" if one.problem else "holds",
        }
        for one, row, bound in zip(lines, rows, bounds, strict=True)
    ]
    reach = max([0.01, *(abs(end) for one in lines for end in (one.low, one.high, one.margin or 0.0))])
    return _lines(drawn, ("From", name, "To"), [-reach, reach], ink)


def _lines(rows: Sequence[Row], names: tuple[str, str, str], domain: list[float], ink: str) -> Drawing:
    """A line of its own for each row: name and value above, below them the interval, the point and the limit.

    Names stand over the lines, not beside them, so that they have room on a phone.
    """
    low, value, high = names
    placed = [{**row, "y": place} for place, row in enumerate(rows)]
    base = alt.Chart(values(placed))
    x = alt.X(
        f"{value}:Q", title=None, scale=alt.Scale(domain=domain), axis=alt.Axis(tickCount=5, grid=False, domain=False)
    )
    y = alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[len(rows) - 0.6, -0.6], nice=False))
    color = alt.Color("Outcome:N", scale=alt.Scale(domain=_OUTCOMES, range=[TEAL, TEAL, PINK]), legend=None)
    shapes = alt.Scale(domain=_OUTCOMES, range=["circle", "circle", "cross"])
    shape = alt.Shape("Outcome:N", scale=shapes, legend=None)
    tooltip = [alt.Tooltip("Figure:N"), alt.Tooltip(f"{value}:Q"), alt.Tooltip(f"{low}:Q"), alt.Tooltip(f"{high}:Q")]
    names_at = base.mark_text(align="left", dy=-14, fontSize=LABEL_SIZE, color=ink)
    values_at = base.mark_text(align="right", dy=-14, fontSize=LABEL_SIZE, fontWeight="bold", color=ink)
    zero = alt.Chart(values([{"at": 0}])).mark_rule(color=QUIET_LINE, strokeDash=[4, 4]).encode(x=alt.X("at:Q"))
    track = base.mark_rule(color=QUIET_LINE, opacity=0.35, strokeWidth=2)
    return alt.layer(
        names_at.encode(x=alt.value(0), y=y, text="label:N"),
        values_at.encode(x=alt.value({"expr": "width"}), y=y, text="shown:N"),
        track.encode(x=alt.value(0), x2=alt.value({"expr": "width"}), y=y),
        *([zero] if domain[0] < 0 else []),
        base.mark_rule(color=TEAL, strokeWidth=2).encode(x=alt.X(f"{low}:Q"), x2=f"{high}:Q", y=y),
        base.mark_tick(color=ORANGE, thickness=3, height=18).encode(x=alt.X("bound:Q"), y=y),
        base.mark_point(filled=True, size=80, opacity=1).encode(x=x, y=y, color=color, shape=shape, tooltip=tooltip),
    ).properties(height=_LINE_HEIGHT * len(rows) + _AXIS_HEIGHT)

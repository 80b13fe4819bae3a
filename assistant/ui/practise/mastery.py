"""How well each begun topic is known, as a figure.

Owns: its rows and its chart. Pure. Refuses: Streamlit, and the formula (``assistant.practice.mastery``).
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

import altair as alt

from assistant.curriculum import Curriculum
from assistant.planning.wording import count_text
from assistant.practice.mastery import Mastery
from assistant.ui.charts import BLUE, LABEL_SIZE, ORANGE, TEAL, Drawing, Figure, Row, values, words_over_lines

MOST_BARS = 12
_STEP = 40


class Standing(StrEnum):
    """What a learner reads of a topic."""

    WEAK = "shaky"
    GROWING = "growing"
    WELL_KNOWN = "well known"


COLORS = {Standing.WEAK: ORANGE, Standing.GROWING: BLUE, Standing.WELL_KNOWN: TEAL}


def standing(mastery: Mastery) -> Standing:
    """The word for a mastery."""
    if mastery.is_well_known:
        return Standing.WELL_KNOWN
    return Standing.WEAK if mastery.is_weak else Standing.GROWING


def mastery_text(mastery: Mastery) -> str:
    """Such as ``42 %, growing: 4 of 9 questions met``."""
    return f"{_percent(mastery)}, {standing(mastery)}: {mastery.met} of {count_text(mastery.cards, 'question')} met"


def figure(curriculum: Curriculum, found: Iterable[Mastery], ink: str) -> Figure:
    """The topics of which a question was met, the least known first; the chart has the first of them."""
    met = sorted((each for each in found if each.met), key=lambda each: (each.share, each.topic))
    if not met:
        return Figure("No question was answered yet.", ())
    rows = [_row(curriculum, each) for each in met]
    counts = {state: sum(standing(each) is state for each in met) for state in Standing}
    told = ", ".join(f"{number} {state.value}" for state, number in counts.items() if number)
    more = f" The chart shows the {MOST_BARS} least known." if len(met) > MOST_BARS else ""
    caption = (
        f"Of {count_text(len(met), 'topic')}: {told}.{more} A topic is known as well as its questions are: each counts "
        "by how likely you still know it, and nothing if it was never asked or went wrong last."
    )
    return Figure(caption, rows, _chart(curriculum, met[:MOST_BARS], ink))


def _row(curriculum: Curriculum, each: Mastery) -> Row:
    topic = curriculum.topics[each.topic]
    return {
        "Topic": topic.title,
        "Module": topic.module,
        "Known": _percent(each),
        "Standing": standing(each).value,
        "Questions met": each.met,
        "Questions": each.cards,
    }


def _chart(curriculum: Curriculum, met: list[Mastery], ink: str) -> Drawing:
    data = values([
        {
            "topic": each.topic,
            "title": curriculum.topics[each.topic].title,
            "known": round(each.share, 4),
            "standing": standing(each).value,
            "label": f"{_percent(each)}, {standing(each).value} · {curriculum.topics[each.topic].title}",
        }
        for each in met
    ])  # fmt: skip
    base = alt.Chart(data).encode(
        y=alt.Y("topic:N", sort=None, title=None, axis=None),
        x=alt.X("known:Q", title=None, scale=alt.Scale(domain=[0, 1]), axis=alt.Axis(format=".0%", tickCount=5)),
        tooltip=[
            alt.Tooltip("title:N", title="Topic"),
            alt.Tooltip("known:Q", title="Known", format=".0%"),
            alt.Tooltip("standing:N", title="Standing"),
        ],
    )
    states = list(Standing)
    color = alt.Color(
        "standing:N",
        scale=alt.Scale(domain=[state.value for state in states], range=[COLORS[state] for state in states]),
        legend=None,
    )
    bars = base.mark_bar(cornerRadiusEnd=3, height=10).encode(color=color)
    # Titles stand above their bars: beside them they would be cut off, most of all on a phone.
    named = base.encode(x=alt.value(0), text="label:N")
    under, labels = words_over_lines(named, ink, align="left", dy=-13, fontSize=LABEL_SIZE, limit=alt.ExprRef("width"))
    return alt.layer(under, bars, labels).properties(height=alt.Step(_STEP))


def _percent(mastery: Mastery) -> str:
    return f"{round(mastery.share * 100)} %"

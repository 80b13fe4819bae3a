"""How an answer came about, folded under it.

Owns: the words and the table for a trace. Refuses: judging it.
"""

from __future__ import annotations

import streamlit as st

from assistant.domain import Answer, AnswerStatus
from assistant.markdown import plain_text
from assistant.titles import short_title
from assistant.trace import Fate, Trace

_FATES = {Fate.CITED: "**cited**", Fate.READ: "read", Fate.DROPPED: "dropped"}


def show_why(answer: Answer) -> None:
    """The expander; nothing for an answer without a trace."""
    if answer.trace:
        with st.expander("Why this answer", icon=":material/troubleshoot:", type="compact"):
            st.markdown(summary(answer, answer.trace))
            if answer.trace.candidates:
                st.markdown(candidates_table(answer.trace))
            st.caption(timings(answer, answer.trace))


def summary(answer: Answer, trace: Trace) -> str:
    """What was searched for and how sure the program was, as a list in Markdown."""
    signals = ", ".join(f"{plain_text(name.replace('_', ' '))} {value:.2f}" for name, value in trace.signals.items())
    verdict = "refused" if answer.status is AnswerStatus.REFUSED else "answered"
    lines = [
        f"- Searched for: “{plain_text(trace.query)}”",
        f"- Confidence {answer.confidence:.0%}, at least {trace.threshold:.0%} is needed: {verdict}",
    ]
    if signals:
        lines.append(f"- It rests on: {signals}")
    if answer.prompt_sha256:
        lines.append(f"- Prompt `{answer.prompt_sha256[:12]}`")
    return "\n".join(lines)


def candidates_table(trace: Trace) -> str:
    """Every passage that was found, with its scores and what became of it, as a table in Markdown."""
    rows = ["| | Passage | What became of it | Score | Meaning | Words |", "| ---: | --- | --- | ---: | ---: | ---: |"]
    for each in trace.candidates:
        fate = _FATES[each.fate] + (f", {each.reason}" if each.reason else "")
        scores = f"{each.score:.2f} | {_number(each.dense)} | {_number(each.lexical)}"
        rows.append(f"| {each.rank} | {plain_text(short_title(each.title))} | {fate} | {scores} |")
    return "\n".join(rows)


def timings(answer: Answer, trace: Trace) -> str:
    """The time of every step, and how to see all of this in a terminal."""
    steps = " · ".join(f"{name} {ms} ms" for name, ms in trace.timings_ms.items())
    replay = f" · in a terminal: `study why {answer.id}`" if answer.id is not None else ""
    return f"{steps} · {answer.elapsed_ms} ms in all{replay}"


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"

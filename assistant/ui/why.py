"""How an answer came about, folded under it.

Owns: the words and the table for a trace. Refuses: judging it.
"""

from __future__ import annotations

from typing import Any

import streamlit as st

from assistant.domain import Answer, AnswerStatus
from assistant.eval_numbers import percent
from assistant.markdown import plain_text
from assistant.planning.wording import count_text
from assistant.titles import short_title
from assistant.trace import Trace


def show_why(answer: Answer) -> None:
    """The expander; nothing for an answer without a trace, or one for which nothing was searched."""
    if answer.trace and answer.trace.query:
        with st.expander("Why this answer", icon=":material/troubleshoot:", type="compact"):
            st.markdown(summary(answer, answer.trace))
            if answer.trace.candidates:
                st.dataframe(candidate_rows(answer.trace), hide_index=True, column_config=_columns(), placeholder="–")
            st.caption(timings(answer, answer.trace))


def summary(answer: Answer, trace: Trace) -> str:
    """What was searched for and how sure the program was, as a list in Markdown."""
    signals = ", ".join(f"{plain_text(name.replace('_', ' '))} {value:.2f}" for name, value in trace.signals.items())
    verdict = "refused" if answer.status is AnswerStatus.REFUSED else "answered"
    lines = [
        f"- Searched for: “{plain_text(trace.query)}”",
        f"- Confidence {percent(answer.confidence)}, at least {percent(trace.threshold)} is needed: {verdict}",
    ]
    if signals:
        lines.append(f"- It rests on: {signals}")
    lines += [f"- {count_text(n, 'passage')} {fate.value}: {reason}" for (fate, reason), n in trace.outcomes().items()]
    if answer.prompt_sha256:
        lines.append(f"- Prompt `{answer.prompt_sha256[:12]}`")
    return "\n".join(lines)


def candidate_rows(trace: Trace) -> list[dict[str, object]]:
    """Every passage that was found, with what became of it and its scores."""
    return [
        {
            "Rank": each.rank,
            "Passage": short_title(each.title),
            "Outcome": each.fate.value,
            "Score": each.score,
            "Meaning": each.dense,
            "Words": each.lexical,
        }
        for each in trace.candidates
    ]


def timings(answer: Answer, trace: Trace) -> str:
    """The time of every step, and how to see all of this in a terminal."""
    steps = " · ".join(f"{name} {ms} ms" for name, ms in trace.timings_ms.items())
    replay = f" · in a terminal: `study why {answer.id}`" if answer.id is not None else ""
    return f"{steps} · {answer.elapsed_ms} ms in all{replay}"


def _columns() -> dict[str, Any]:
    number = st.column_config.NumberColumn
    return {
        "Rank": number(width=50),
        "Passage": st.column_config.TextColumn(width=300),
        "Outcome": st.column_config.TextColumn(width=80),
        "Score": number(format="%.2f", width=65, help="Both kinds of search together, 0 to 1"),
        "Meaning": number(format="%.2f", width=75, help="Cosine similarity; empty where the meaning did not find it"),
        "Words": number(format="%.2f", width=65, help="BM25; empty where the words did not find it"),
    }

"""Wishes said in words, or a role picked: what the form is filled with.

Owns: the field, the roles, and showing how the words were read. Refuses: reading them (``assistant.wishing``).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from assistant.errors import StudyError
from assistant.markdown import plain_text
from assistant.page_words import problem
from assistant.planning import PlanRequest
from assistant.wishing import Wished

if TYPE_CHECKING:
    from assistant.service import Assistant

_MAX_CHARS = 2000
_READ = "wishes_read"


def show(assistant: Assistant, base: PlanRequest, key: str) -> tuple[PlanRequest, str]:
    """The request that was said or picked, ``base`` before that, and a name that changes with it."""
    text = st.text_input(
        "Say what you want",
        max_chars=_MAX_CHARS,
        placeholder="6h a week until March, I know Docker, want MLOps",
        help="Hours, days off, a deadline, what you know, what to leave out, a goal. The form below is filled with it.",
        key=f"{key}-words",
    ).strip()
    request, name = base, ""
    if text:
        try:
            wished = _read(assistant, text, base)
            request, name = wished.request, text
            st.caption("  \n".join(map(plain_text, wished.form.splitlines())))
        except StudyError as error:
            st.warning(plain_text(problem(error).text), icon=":material/help:")
    titles = {goal.id: goal.title for goal in assistant.ready_goals}
    role = st.pills("Or a role", list(titles), format_func=titles.__getitem__, key=f"{key}-role") if titles else None
    if role is not None:
        ready = next(goal for goal in assistant.ready_goals if goal.id == role)
        request, name = replace(request, goal=ready.title, targets=ready.topics), f"{name}|{role}"
    return request, name


def _read(assistant: Assistant, text: str, base: PlanRequest) -> Wished:
    """The words, read once and not at every click."""
    known: dict[str, Wished] = st.session_state.setdefault(_READ, {})
    if text not in known:
        with st.spinner("Reading your wishes …"):
            known[text] = assistant.wishing().read(text, base.start)
    return known[text]

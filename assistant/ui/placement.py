"""The placement page: what it is, one question at a time, and the result.

Owns: how the test looks. Refuses: keeping it (``assistant.placing``) and showing its result
(``assistant.ui.placement_result``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from assistant.domain import Level
from assistant.errors import InvalidInput
from assistant.markdown import plain_text, safe_markdown
from assistant.page_words import problem
from assistant.placement import MOST_QUESTIONS, PlacementQuestion, PlacementState, Report
from assistant.placing import Placing
from assistant.planning.wording import count_text
from assistant.ui import placement_result
from assistant.ui.links import page_of
from assistant.ui.placement_result import TAKEN
from assistant.ui.problems import show_no_journal, telling_problems

if TYPE_CHECKING:
    from assistant.service import Assistant

_DONT_KNOW = "I don't know"
_NOTICE, _SHOWN = "placement_notice", "placement_shown"


@telling_problems
def page(assistant: Assistant) -> None:
    """Show the test where it stands."""
    if (roadmap := page_of("roadmap")) is not None:
        st.page_link(roadmap, label="All modules", icon=":material/arrow_back:", query_params={})
    st.title("Placement")
    placing = assistant.placing()
    if placing is None:
        show_no_journal()
        return
    if notice := st.session_state.pop(_NOTICE, ""):
        st.warning(plain_text(notice), icon=":material/info:")
    _show(assistant, placing)


def _show(assistant: Assistant, placing: Placing) -> None:
    try:
        state = placing.current()
    except InvalidInput as error:
        st.warning(plain_text(problem(error).text), icon=":material/info:")
        state = None
        placing.abandon()
    if state is None and (taken := st.session_state.get(TAKEN)) is not None:
        placement_result.show_taken(taken)
        with st.expander("Take another test", icon=":material/refresh:"):
            _introduction(assistant, placing)
    elif state is None:
        _introduction(assistant, placing)
    elif (question := placing.question(state)) is not None:
        st.session_state.pop(TAKEN, None)
        _question(assistant, placing, state, question)
    else:
        placement_result.show(assistant, placing, state.seed)


def _introduction(assistant: Assistant, placing: Placing) -> None:
    total = len(assistant.curriculum.topics)
    st.markdown(
        f"Up to {MOST_QUESTIONS} short questions, about five minutes, find out which of the {total} topics you know "
        "already. Plans then leave them out, and answers are written for your level."
    )
    st.markdown(
        "If you are not sure, say so instead of guessing: that makes the result better. Every answer is kept at once, "
        "so you can close this page and go on later."
    )
    modules = assistant.curriculum.modules
    with st.form("placement-start"):
        st.markdown("**What do you know, as you see it?** Both fields are optional; a rough idea helps.")
        level = st.pills(
            "Most topics up to this level", list(Level), format_func=lambda level: level.value.capitalize()
        )
        known = st.multiselect(
            "These modules",
            options=[module.number for module in modules],
            format_func=lambda number: f"{number}. {assistant.curriculum.module(number).title}",
            placeholder="Choose modules",
        )
        start = st.form_submit_button("Start the test", type="primary", icon=":material/play_arrow:")
    if start:
        with st.spinner("Choosing the first question …"):
            placing.begin(_report(level, known))
        st.session_state.pop(TAKEN, None)
        st.rerun()


def _report(level: Level | None, modules: list[int]) -> Report | None:
    if level is None and not modules:
        return None
    levels = list(Level)
    return Report(frozenset(levels[: levels.index(level) + 1] if level else ()), frozenset(modules))


def _question(assistant: Assistant, placing: Placing, state: PlacementState, question: PlacementQuestion) -> None:
    number = len(state.asked) + 1
    key = f"placement-{state.seed}-{number}-{question.topic}"
    st.progress((number - 1) / MOST_QUESTIONS, text=f"Question {number} of at most {MOST_QUESTIONS}")
    # Form and button keep their keys from question to question, so that the keyboard's focus stays on the button.
    with st.form("placement-question"):
        st.caption(plain_text(assistant.curriculum.topics[question.topic].title))
        st.markdown(f"**{safe_markdown(question.text)}**")
        options = (*question.options, _DONT_KNOW)
        picked = st.radio(
            question.text,
            options=range(len(options)),
            index=None,
            format_func=lambda place: safe_markdown(options[place]),
            key=key,
            label_visibility="collapsed",
        )
        answered = st.form_submit_button("Answer", type="primary", key="placement-answer")
    was_shown = st.session_state.get(_SHOWN) == key
    st.session_state[_SHOWN] = key
    # A second click, or one in a window that has fallen behind, was meant for the question before.
    if answered and was_shown and picked is None:
        st.warning("Pick an option, or “I don't know”.", icon=":material/info:")
    elif answered and was_shown and picked is not None:
        _answer(placing, question, picked if picked < len(question.options) else None)
    _stopping(placing, len(state.asked))


def _answer(placing: Placing, question: PlacementQuestion, place: int | None) -> None:
    with st.spinner("Choosing the next question …"):
        try:
            placing.answer(question, place)
        except InvalidInput as error:
            st.session_state[_NOTICE] = problem(error).text
    st.rerun()


def _stopping(placing: Placing, answers: int) -> None:
    st.caption("Whether an answer was right is shown at the end. You can close this page and go on later.")
    with st.popover("Give up this test", type="tertiary", icon=":material/delete:"):
        st.markdown(f"Your {count_text(answers, 'answer')} will be lost. Nothing is marked as known.")
        st.button("Give it up", on_click=placing.abandon)

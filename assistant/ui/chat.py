"""The chat page: ask, watch the answer arrive, read it again after a reload.

Owns: the order of the page, and following an answer that is being written. Refuses: what is under an answer
(``assistant.ui.turns``) and writing one (``assistant.live_answers``).
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from assistant.chips import with_chips
from assistant.conversations import Turn
from assistant.domain import Answer
from assistant.errors import StudyError
from assistant.live_answers import LiveAnswer
from assistant.markdown import plain_text, safe_markdown
from assistant.opening_questions import starters
from assistant.ui.asking import Asked, ask_again, ask_next, take_asked
from assistant.ui.conversations import sidebar
from assistant.ui.problems import show_problem, telling_problems
from assistant.ui.state import conversation_id, get_answers
from assistant.ui.turns import ASSISTANT_AVATAR, show_next, show_question, show_turn

if TYPE_CHECKING:
    from assistant.service import Assistant

_SCRIPT = Path(__file__).parent / "assets" / "chat.html"
_FOOT_HEIGHT = 56


@telling_problems
def page(assistant: Assistant) -> None:
    """Show the conversation in the URL and answer what is asked next."""
    current = conversation_id()
    journal = assistant.journal
    with st.bottom:
        typed = st.chat_input("Ask about the roadmap", max_chars=2000)
        # Of one height with and without the button, so that nothing moves when an answer begins or ends.
        foot = st.container(
            horizontal=True, height=_FOOT_HEIGHT, border=False, vertical_alignment="center",
            horizontal_alignment="distribute",
        )  # fmt: skip
        roadmap_only = foot.toggle(
            "Roadmap only",
            key="roadmap_only",
            bind="query-params",
            help="Leave your own material and linked pages out of the next answers.",
        )
    asked = take_asked() or (Asked(typed) if typed else None)
    live = (
        _begin(assistant, current, asked, roadmap_only=roadmap_only)
        if asked
        else get_answers().running((assistant.learner, current))
    )
    turns = journal.turns(current) if journal else ()
    sidebar(journal, current)
    st.title("Chat")
    st.html(_SCRIPT, unsafe_allow_javascript=True)
    if live:
        turns = tuple(each for each in turns if not _is_live(each, live))
    welcome = st.empty()
    if not turns and not live:
        with welcome.container():
            _empty_state(assistant)
    study = assistant.study()
    for place, turn in enumerate(turns, start=1):
        show_turn(turn, study, is_last=place == len(turns) and live is None)
    if live:
        stop = foot.empty()
        stop.button("Stop", icon=":material/stop_circle:", shortcut="Esc", on_click=live.stop)
        answer = _follow(assistant, live)
        stop.empty()
        if answer is not None or live.was_stopped:
            st.rerun()  # the turn is shown as it was recorded, with what goes under it
    elif turns:
        show_next(assistant, turns)


def _begin(assistant: Assistant, current: str, asked: Asked, *, roadmap_only: bool) -> LiveAnswer:
    events = assistant.answer(
        asked.question,
        current,
        roadmap_only=roadmap_only,
        from_notes=asked.from_notes,
        instead_of=asked.instead_of,
    )
    return get_answers().start((assistant.learner, current), asked.question, events, asked.instead_of)


def _is_live(turn: Turn, live: LiveAnswer) -> bool:
    """Whether this is what is being written, or what it is to replace."""
    return turn.id == live.instead_of or (turn.answer is None and turn.question == live.question)


def _empty_state(assistant: Assistant) -> None:
    topics = len(assistant.curriculum.topics)
    st.markdown(
        f"Ask anything about the {len(assistant.curriculum.modules)} modules and {topics} topics of the roadmap. Every "
        "sentence of an answer names the passage it comes from, and what the roadmap does not cover is not made up."
    )
    plans = assistant.plans()
    try:
        openings = plans.openings() if plans else starters()
    except StudyError:
        openings = starters()  # what is wrong with the plan is said on its own page
    for place, each in enumerate(openings):
        why = f" :gray[({plain_text(each.why)})]" if each.why else ""
        st.button(
            plain_text(each.question) + why,
            key=f"opening-{place}",
            icon=":material/arrow_forward:",
            on_click=ask_next,
            args=(each.question,),
        )


def _follow(assistant: Assistant, live: LiveAnswer) -> Answer | None:
    show_question(live.question)
    with st.chat_message("assistant", avatar=ASSISTANT_AVATAR):
        streamed = st.empty()
        streamed.caption("Reading the notes …")
        for so_far in live.follow():
            if so_far.error is not None:
                streamed.empty()
                show_problem(so_far.error)
                st.button("Ask again", icon=":material/refresh:", on_click=ask_again, args=(live,))
            elif so_far.text:
                _show_text(streamed, so_far.text)
            elif so_far.is_waiting:
                streamed.caption(f"Waiting for {plain_text(assistant.writer_name)} …")
    return so_far.answer


def _show_text(streamed: DeltaGenerator, text: str) -> None:
    streamed.markdown(with_chips(safe_markdown(text)))

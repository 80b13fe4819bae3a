"""What there is to practise today, with one button to start; choosing a topic, and the minutes of a day.

Owns: how it looks, and what an empty day says. Refuses: what is due (``assistant.practising``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from assistant.domain import Module
from assistant.errors import StudyError
from assistant.markdown import plain_text
from assistant.page_words import problem
from assistant.planning.wording import count_text, date_text, list_text
from assistant.practice.rounds import Round
from assistant.practice.summary import day_from_today
from assistant.practising import MOST_MINUTES_A_DAY, Practised, Practising
from assistant.settings import environment_variables
from assistant.ui.links import page_of
from assistant.ui.practise import place
from assistant.ui.practise.place import AHEAD, MORE

if TYPE_CHECKING:
    from assistant.service import Assistant

_MINUTES = "practise_minutes"
_WAYS = (("roadmap", "Open the roadmap", ":material/map:"), ("plan", "Open your plan", ":material/event_note:"))


def show(assistant: Assistant, practising: Practising, practised: Practised) -> None:
    """The day."""
    found = practising.round(practised)
    is_empty = not practised.cards
    with st.container(border=True, key="practise-due"):
        if found.cards:
            st.header(f"{count_text(len(found.cards), 'question')}, about {found.minutes} min", anchor=False)
            st.caption(plain_text(_kinds(found)))
            _start("Start", practised)
        elif is_empty:
            _nothing_begun()
        elif found.waiting:
            st.header("Done for today", anchor=False)
            st.markdown(
                f"Your {count_text(practising.minutes_a_day, 'minute')} of today are over. What is left, "
                f"{count_text(found.waiting, 'question')}, comes first tomorrow."
            )
            _start("Go on all the same", practised, MORE)
        else:
            st.header("Nothing is due", anchor=False)
            if found.next_day:
                st.markdown(f"The next question comes {day_from_today(found.next_day, practised.today)}.")
            _start("Practise ahead", practised, AHEAD, MORE)
    if practised.aim is not None and practised.found:
        st.caption(
            f"Your plan ends on {date_text(practised.aim.deadline)}. What you have practised comes once more in the "
            f"{practised.aim.days} days before it, even if you would remember it for longer."
        )
    with st.expander("Choose a topic yourself", icon=":material/tune:", expanded=is_empty):
        _choose(assistant, practised)
    with st.expander(f"At most {count_text(practising.minutes_a_day, 'minute')} a day", icon=":material/timer:"):
        _minutes(practising)


def _kinds(found: Round) -> str:
    counts = ((found.due, "due again"), (found.new, "new"), (found.again, "once more after a slip"))
    told = list_text([f"{number} {words}" for number, words in counts if number])
    rest = f" {found.waiting} more wait for another day." if found.waiting else ""
    return f"{told}.{rest}"


def _start(label: str, practised: Practised, *how: str) -> None:
    st.button(
        label,
        type="secondary" if AHEAD in how else "primary",
        icon=":material/play_arrow:",
        on_click=place.begin,
        args=(practised.newest, (), how),
    )


def _nothing_begun() -> None:
    st.header("Nothing to practise yet", anchor=False)
    st.markdown(
        "Questions come from what you have begun: answer the question at the end of a chat answer, log a session of "
        "your plan, or mark a topic as done. Or choose a topic below and start right away."
    )
    with st.container(horizontal=True):
        for name, label, icon in _WAYS:
            if (page := page_of(name)) is not None:
                st.page_link(page, label=label, icon=icon, query_params={})


def _choose(assistant: Assistant, practised: Practised) -> None:
    curriculum = assistant.curriculum
    number = st.selectbox(
        "Module",
        [module.number for module in curriculum.modules],
        index=None,
        format_func=lambda number: f"{number}. {curriculum.module(number).title}",
        placeholder="Choose a module",
        key="practise_module",
    )
    # Shown when there is something to choose: the label of a field that is off is too faint to read.
    topic = None if number is None else _topic_of(curriculum.module(number))
    st.button(
        "Practise this",
        icon=":material/play_arrow:",
        disabled=number is None,
        on_click=place.begin,
        args=(practised.newest, (topic or str(number),), (AHEAD, MORE)),
    )


def _topic_of(module: Module) -> str | None:
    titles = {topic.id: topic.title for topic in module.topics}
    return st.selectbox(
        "Topic",
        list(titles),
        index=None,
        format_func=titles.__getitem__,
        placeholder="All of its topics",
        key=f"practise_topic_{module.number}",
    )


def _minutes(practising: Practising) -> None:
    decided = environment_variables().get("practice_minutes")
    st.session_state.setdefault(_MINUTES, practising.minutes_a_day)
    st.number_input(
        "Minutes",
        min_value=1,
        max_value=MOST_MINUTES_A_DAY,
        step=5,
        key=_MINUTES,
        width=160,
        disabled=decided is not None,
        help=f"Set by {decided} in the environment." if decided else None,
        on_change=_keep_minutes,
        args=(practising,),
    )
    st.caption("What is due beyond that waits for the next day, the shakiest first.")


def _keep_minutes(practising: Practising) -> None:
    try:
        practising.keep_minutes_a_day(int(st.session_state[_MINUTES]))
    except StudyError as error:
        place.say(problem(error).text)

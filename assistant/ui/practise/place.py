"""Where on the practise page a learner is: a sitting in the address, so that a reload goes on with it.

Owns: the sitting's form in the address, and what a run has to say to the next one. Refuses: doing anything.

A sitting is named by the newest answer at its start: what came of it is read off the log, not kept in the session.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import streamlit as st

from assistant.curriculum import Curriculum
from assistant.errors import InvalidInput
from assistant.markdown import plain_text
from assistant.practising import Asked, Reviewed
from assistant.ui.links import page_of

_FROM, _TOPICS, _HOW = "from", "topics", "how"
_NOTICE, _ASKED, _ANSWERED = "practise_notice", "practise_asked", "practise_answered"
AHEAD, MORE = "ahead", "more"
OVER = "over"


@dataclass(frozen=True, slots=True)
class Sitting:
    """Answers with an id greater than ``after`` belong to it.

    ``topics`` are what was chosen, None for what is due; ``how`` are ``AHEAD`` (also what is not due), ``MORE``
    (beyond the day's minutes) and ``OVER`` (the summary is shown).
    """

    after: int
    topics: tuple[str, ...] | None = None
    how: frozenset[str] = frozenset()


def sitting(curriculum: Curriculum) -> Sitting | None:
    """The sitting in the address; None where there is none, or one that cannot be read."""
    after = st.query_params.get(_FROM, "")
    if not after.isdecimal():
        return None
    try:
        named = [part for part in st.query_params.get(_TOPICS, "").split(",") if part]
        topics = tuple(topic for part in named for topic in curriculum.resolve(part)) or None
    except InvalidInput:
        topics = None
    how = frozenset(st.query_params.get(_HOW, "").split(",")) & {AHEAD, MORE, OVER}
    return Sitting(int(after), topics, how)


def begin(after: int, topics: Collection[str] = (), how: Collection[str] = ()) -> None:
    """Sit down: from the next run on; ``topics`` are ids of topics, or numbers of modules."""
    for name in (_ASKED, _ANSWERED):
        st.session_state.pop(name, None)
    values = {_FROM: str(after), _TOPICS: ",".join(topics), _HOW: ",".join(how)}
    st.query_params.from_dict({name: value for name, value in values.items() if value})


def address_of(after: int, what: str) -> dict[str, str]:
    """The address of a sitting that has yet to begin; ``what`` is a topic's id, or the number of a module."""
    return {_FROM: str(after), _TOPICS: what, _HOW: f"{AHEAD},{MORE}"}


def practise_link(label: str, after: int, what: str = "") -> None:
    """A link to the practise page, or to a sitting on a topic or a module; nothing where there is no such page."""
    if (page := page_of("practise")) is not None:
        values = address_of(after, what) if what else {}
        st.page_link(page, label=plain_text(label), icon=":material/exercise:", query_params=values)


def end(current: Sitting) -> None:
    """Show the summary from the next run on."""
    st.query_params[_HOW] = ",".join(sorted({*current.how, OVER}))
    st.session_state.pop(_ANSWERED, None)


def finish_button(current: Sitting) -> None:
    """The way out of a sitting before its end; nothing that was answered is lost."""
    st.button("Finish for now", type="tertiary", icon=":material/stop_circle:", on_click=end, args=(current,))


def leave() -> None:
    """Back to what is due."""
    st.query_params.from_dict({})


def asked() -> Asked | None:
    """The card that this tab shows."""
    found: Asked | None = st.session_state.get(_ASKED)
    return found


def show_asked(shown: Asked | None) -> None:
    """Remember the card that this tab shows, so that a rerun does not start its time anew."""
    st.session_state[_ASKED] = shown


def answered() -> tuple[Reviewed, int | None] | None:
    """What was answered just now, with the option's place; shown until the learner goes on."""
    found: tuple[Reviewed, int | None] | None = st.session_state.get(_ANSWERED)
    return found


def show_answered(reviewed: Reviewed, place: int | None) -> None:
    """Show this answer from the next run on."""
    st.session_state[_ANSWERED] = (reviewed, place)
    st.session_state.pop(_ASKED, None)


def go_on() -> None:
    """The next card."""
    st.session_state.pop(_ANSWERED, None)


def say(notice: str) -> None:
    """Say this at the top of the next run."""
    st.session_state[_NOTICE] = notice


def said() -> str:
    """What there is to say, once."""
    return str(st.session_state.pop(_NOTICE, ""))

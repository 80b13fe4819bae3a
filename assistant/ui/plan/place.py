"""Where on the plan page a learner is, and what the page has to say after a click.

Owns: the mode in the address, which a reload keeps, and one sentence until it was shown. Refuses: doing anything.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

import streamlit as st

from assistant.errors import StudyError
from assistant.markdown import plain_text
from assistant.page_words import problem

MODE = "do"
_SAID = "plan_said"
TOP = "top"
"""The place of what concerns the whole page."""


class Mode(StrEnum):
    """What is being done besides looking at the plan."""

    NEW = "new"
    CHANGE = "change"
    CATCH_UP = "catch-up"
    ANEW = "anew"


def mode() -> Mode | None:
    """The mode in the address; None for the plan itself."""
    wanted = st.query_params.get(MODE)
    return Mode(wanted) if wanted in list(Mode) else None


def go(to: Mode | None) -> None:
    """Be in this mode from the next run on."""
    if to is None:
        st.query_params.pop(MODE, None)
    else:
        st.query_params[MODE] = to.value


def say(sentence: str, *, failed_at: str | None = None) -> None:
    """Say in the next run that something worked or, at the place ``failed_at``, what is wrong."""
    st.session_state[_SAID] = (sentence, failed_at)


def attempt(action: Callable[[], str], at: str = TOP) -> None:
    """Do what a button at this place asks for, and say its sentence, or why it failed."""
    try:
        say(action())
    except StudyError as error:
        say(problem(error).text, failed_at=at)


def show_said(at: str = TOP) -> None:
    """What there was to say at this place, once; what worked is said at the top."""
    sentence, failed_at = st.session_state.get(_SAID, ("", None))
    if (failed_at or TOP) != at:
        return
    st.session_state.pop(_SAID, None)
    if failed_at is not None:
        st.error(plain_text(sentence), icon=":material/error:")
    elif sentence:
        st.toast(plain_text(sentence), icon=":material/check:")

"""What is to be asked in the next run of the page, by a click of this one.

Owns: handing it over. Refuses: asking it (``assistant.ui.chat``).
"""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from assistant.conversations import Turn
from assistant.live_answers import LiveAnswer

_ASKED = "asked_next"
_EDITED = "edited_turn"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question; ``instead_of`` is the turn it replaces, ``from_notes`` leaves the language model out."""

    question: str
    instead_of: int | None = None
    from_notes: bool = False


def take_asked() -> Asked | None:
    """What the last run was asked to ask, once."""
    asked = st.session_state.pop(_ASKED, None)
    return asked if isinstance(asked, Asked) else None


def ask_next(question: str) -> None:
    """Ask this as a question of its own."""
    st.session_state[_ASKED] = Asked(question)


def ask_again(asked: Turn | LiveAnswer) -> None:
    """Ask the question of a turn again, in place of that turn, or one that came to nothing."""
    instead_of = asked.id if isinstance(asked, Turn) else asked.instead_of
    st.session_state[_ASKED] = Asked(asked.question, instead_of)


def ask_notes(turn: Turn) -> None:
    """Have an answer composed from the notes where the language model has failed, in place of what it left."""
    st.session_state[_ASKED] = Asked(turn.question, turn.id, from_notes=True)


def edit(turn: Turn | None) -> None:
    """Have the question of this turn edited; None to leave it as it is."""
    st.session_state[_EDITED] = turn.id if turn else None


def is_edited(turn: Turn) -> bool:
    """Whether the question of this turn is being edited."""
    return bool(st.session_state.get(_EDITED) == turn.id)


def ask_edited(turn: Turn, key: str) -> None:
    """Ask what was typed under ``key`` in place of a turn; nothing happens if it is empty."""
    question = str(st.session_state.get(key, "")).strip()
    if question:
        edit(None)
        st.session_state[_ASKED] = Asked(question, turn.id)

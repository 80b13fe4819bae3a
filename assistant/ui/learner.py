"""Who studies in this session of the app: one tab of one browser.

Owns: deciding it, and that nothing of one learner stays in the session when it becomes another's. A login decides where
one is set up, else what the environment says, else the name in the address, which a reload keeps, else the settings.
Refuses: what a learner has.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import streamlit as st

from assistant.errors import InvalidInput
from assistant.learners import cleaned_name
from assistant.markdown import plain_text
from assistant.settings import environment_variables, load_settings
from assistant.ui.login import current_user

if TYPE_CHECKING:
    from assistant.service import Assistant

_LEARNER = "learner"
"""The part of the address that names the learner, and where the session keeps the name between pages."""


def for_session(assistant: Assistant) -> Assistant:
    """The assistant for who studies in this session; where a login is set up, the run ends here without one.

    Raises:
        StorageError: the journal cannot be used.
    """
    user = current_user()
    if user and assistant.journal:
        name = assistant.journal.learners.logged_in(user.login, user.name, datetime.now(UTC)).name
        st.query_params.pop(_LEARNER, None)
    else:
        name = _chosen()
        found = assistant.journal.learners.find(name) if assistant.journal else None
        name = found.name if found else name
    _forget_others(name)
    theirs = assistant.for_learner(name)
    _show(theirs, is_login=user is not None)
    return theirs


def switch_to(name: str) -> None:
    """Go on as another learner in this tab.

    Raises:
        InvalidInput: the name cannot be used.
    """
    cleaned = cleaned_name(name)
    st.query_params.clear()  # a conversation or a plan in the address is somebody else's
    st.query_params[_LEARNER] = cleaned
    st.rerun()


def _chosen() -> str:
    settings = load_settings()
    named = str(st.query_params.get(_LEARNER, ""))
    try:
        name = cleaned_name(named) if named else str(st.session_state.get(_LEARNER, settings.learner))
    except InvalidInput:
        name = settings.learner
    if _LEARNER in environment_variables() or name.casefold() == settings.learner.casefold():
        st.query_params.pop(_LEARNER, None)
        return settings.learner
    if named != name:
        st.query_params[_LEARNER] = name
    return name


def _forget_others(name: str) -> None:
    """Leave nothing in the session of whoever studied in it before: answers half given, forms half filled in."""
    before = st.session_state.get(_LEARNER, name)
    if before.casefold() != name.casefold():
        st.session_state.clear()
    st.session_state[_LEARNER] = name


def _show(assistant: Assistant, *, is_login: bool) -> None:
    """Whose study this is, wherever it could be somebody else's."""
    known = assistant.journal.learners.all() if assistant.journal else ()
    names = {name.casefold() for name in (load_settings().learner, *(each.name for each in known))}
    if not is_login and names == {assistant.learner.casefold()}:
        return
    with st.sidebar, st.container(horizontal=True, vertical_alignment="center"):
        st.caption(f":material/person: Studying as **{plain_text(assistant.learner)}**")
        if is_login:
            st.button("Log out", type="tertiary", icon=":material/logout:", on_click=st.logout)

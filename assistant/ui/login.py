"""Who is logged in, where a login is set up: OpenID Connect through Streamlit, by ``.streamlit/secrets.toml``.

Owns: asking for the login, and what is believed of it. Refuses: opening the app to anybody while a login is set up that
cannot be used, and knowing what a learner has.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import streamlit as st
from streamlit.errors import StreamlitAuthError, StreamlitMissingAuthlibError

from assistant.markdown import plain_text

_DEFAULT = ""
"""The provider that [auth] itself describes."""
_BROKEN = (
    "A login is set up here and cannot be used, so nobody is let in. Whoever runs this app finds the reason in its log "
    "and mends `.streamlit/secrets.toml`."
)


@dataclass(frozen=True, slots=True)
class User:
    """Somebody who is logged in: ``login`` stays the same for good, ``name`` is for reading."""

    login: str
    name: str


def current_user() -> User | None:
    """Who is logged in; None where no login is set up. Who must log in first is asked to, and this run ends."""
    if not _is_set_up():
        return None
    if st.user.get("is_logged_in") is not True:
        _ask()
        st.stop()
    # The provider promises that the subject names one person for good; an address or a name may go to another one.
    issuer, subject = (str(st.user.get(claim) or "") for claim in ("iss", "sub"))
    if not issuer or not subject:
        _refuse()
    names = (str(st.user.get(claim) or "").strip() for claim in ("name", "preferred_username", "email"))
    return User(f"{issuer} {subject}", next(filter(None, names), "learner"))


def _is_set_up() -> bool:
    files = [Path(each) for each in st.get_option("secrets.files")]
    if not st.secrets.load_if_toml_exists():
        if any(file.exists() for file in files):
            _refuse()  # a slip in the file must not open the app
        return False
    return "auth" in st.secrets


def _ask() -> None:
    st.title("Roadmap Study Assistant")
    st.markdown("Log in to study here. Your conversations, plans and progress are yours alone.")
    try:
        for provider in _providers(st.secrets["auth"]):
            label = f"Log in with {plain_text(provider.capitalize())}" if provider else "Log in"
            if st.button(label, type="primary", icon=":material/login:", key=f"login-{provider}"):
                st.login(provider or None)
    except (StreamlitAuthError, StreamlitMissingAuthlibError):
        _refuse()


def _providers(auth: object) -> list[str]:
    """The providers in [auth]: the one it describes itself, and those in sections of their own."""
    if not isinstance(auth, Mapping):
        return [_DEFAULT]
    named = [name for name, section in auth.items() if isinstance(section, Mapping) and "client_id" in section]
    return [_DEFAULT, *named] if "client_id" in auth or not named else named


def _refuse() -> None:
    st.error(_BROKEN, icon=":material/lock:")
    st.stop()

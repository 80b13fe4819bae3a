"""Links from one page of the app to another.

Owns: where a topic's page and the chat are found. Refuses: what the pages show.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import streamlit as st

from assistant.markdown import plain_text

if TYPE_CHECKING:
    from streamlit.navigation.page import StreamlitPage

TOPIC = "topic"
"""The part of the roadmap page's address that names a topic."""
_PAGES = "pages"


def know_pages(pages: Mapping[str, StreamlitPage]) -> None:
    """Tell the links where the pages of this run are."""
    st.session_state[_PAGES] = dict(pages)


def page_of(name: str) -> StreamlitPage | None:
    """The page called ``name``; None where a page is shown alone, without the app around it."""
    found: StreamlitPage | None = st.session_state.get(_PAGES, {}).get(name)
    return found


def topic_link(topic_id: str, label: str, icon: str | None = None) -> None:
    """A link to a topic's page, or only its label where there is no such page."""
    roadmap = page_of("roadmap")
    if roadmap is None:
        st.markdown(plain_text(label))
    else:
        st.page_link(roadmap, label=plain_text(label), icon=icon, query_params={TOPIC: topic_id})

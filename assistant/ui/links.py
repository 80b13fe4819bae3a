"""Links from one page of the app to another, and to linked resources.

Owns: where a topic's page and the chat are found, and which addresses a browser may be sent to.
Refuses: what the pages show.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import streamlit as st

from assistant.domain import Resource
from assistant.markdown import plain_text
from assistant.planning.wording import duration_text
from assistant.titles import web_address

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


def topic_link(topic_id: str, label: str, icon: str | None = None, *, strong: bool = False) -> None:
    """A link to a topic's page, or only its label where there is no such page; ``strong`` is for a heading."""
    roadmap = page_of("roadmap")
    shown = f"**{plain_text(label)}**" if strong else plain_text(label)
    if roadmap is None:
        st.markdown(shown)
    else:
        st.page_link(roadmap, label=shown, icon=icon, query_params={TOPIC: topic_id})


def resource_link(resource: Resource) -> None:
    """A linked resource with its kind and length; only the words where its address is not safe to open."""
    address = web_address(resource.url)
    about = f"{resource.kind}, {duration_text(resource.minutes)}{'' if resource.free else ', not free'}"
    label = plain_text(f"{resource.title} ({about})")
    if address is None:
        st.markdown(label)
    else:
        st.link_button(label, address, icon=":material/open_in_new:", type="tertiary")

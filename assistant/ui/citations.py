"""The sources of an answer: one numbered button each, in order of use, that opens the passage.

Owns: how a citation looks, closed and open. Refuses: marking the quoted words (``assistant.highlighting``).
"""

from __future__ import annotations

from pathlib import PurePath
from urllib.parse import quote, urlsplit

import streamlit as st

from assistant.chips import chip, source_place
from assistant.domain import OUTSIDE_THE_ROADMAP, Answer, Citation, Passage, PassageKind
from assistant.highlighting import highlighted_passage
from assistant.markdown import plain_text, safe_markdown
from assistant.titles import short_title, title_path, web_address
from assistant.ui.links import topic_link

_LABEL_CHARS = 80


def show_citations(answer: Answer) -> None:
    """A button for every source; opened, it shows the whole passage with the quoted words marked."""
    passages = {scored.passage.id: scored.passage for scored in answer.retrieved}
    if answer.citations:
        with st.container(horizontal=True, gap="xsmall"):
            for citation in answer.citations:
                key = None if answer.id is None else source_place(answer.id, citation.n)
                with st.popover(citation_label(citation), wrap=False, key=key):
                    _source(citation, passages.get(citation.passage_id))


def citation_label(citation: Citation) -> str:
    """The number, as the chip that stands in the answer, with the end of the source's path.

    A screen reader says "Source 1 Circuit Breaker".
    """
    title = short_title(citation.title)
    if len(title) > _LABEL_CHARS:
        title = title[: _LABEL_CHARS - 1].rstrip() + "…"
    return f"Source {chip(citation.n)} {plain_text(title)}"


def origin(passage: Passage) -> str:
    """Where material outside the roadmap comes from, as safe Markdown; empty for the roadmap's own."""
    if passage.kind not in OUTSIDE_THE_ROADMAP:
        return ""
    url = web_address(passage.url)
    if url is None:
        return f":material/description: Your file {plain_text(PurePath(passage.source).name)}"
    url = quote(url, safe="%/:?#@!$&'*+,;=~[]")  # what would end a link in Markdown
    label = (urlsplit(url).netloc + urlsplit(url).path).rstrip("/")
    what = "Linked resource" if passage.kind is PassageKind.RESOURCE else "Your page"
    return f":material/link: {what} {safe_markdown(f'[{label}]({url})', {url})}"


def _source(citation: Citation, passage: Passage | None) -> None:
    st.caption(f"Source {citation.n}")
    st.markdown(f"**{plain_text(title_path(citation.title))}**")
    if passage is not None and (where := origin(passage)):
        st.caption(where)
    st.markdown(highlighted_passage(passage.text if passage else citation.quote, citation.quote))
    url = web_address(citation.url)
    if url:
        st.link_button("Open the source", url, icon=":material/open_in_new:")
    if citation.topic:
        topic_link(citation.topic, "Open the topic", ":material/map:")

"""Search over what is indexed.

Owns: the query, where to look, and the results as cards. Refuses: ranking (``assistant.retrieval``).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import streamlit as st

from assistant.domain import OUTSIDE_THE_ROADMAP, PassageKind, ScoredPassage
from assistant.markdown import plain_text
from assistant.titles import passage_title, title_path
from assistant.ui.citations import origin

if TYPE_CHECKING:
    from assistant.curriculum import Curriculum
    from assistant.service import Assistant

_RESULTS = 10
_MAX_CHARS = 2000
_SNIPPET_CHARS = 320
_LIST_MARK = re.compile(r"^\s*[-*] ", re.MULTILINE)
_EVERYTHING, _ROADMAP, _OWN, _LINKED = "Everything", "Roadmap only", "Your material", "Links"
_KINDS = {
    PassageKind.ROADMAP: "Roadmap",
    PassageKind.NOTES: "Study notes",
    PassageKind.QUESTION: "Question",
    PassageKind.GLOSSARY: "Glossary",
    PassageKind.OWN: "Your material",
    PassageKind.RESOURCE: "Linked resource",
}


def show(assistant: Assistant) -> None:
    """Look for a text in all that is indexed or in a part of it."""
    query = st.text_input(
        "Search", placeholder="Search what is indexed", icon=":material/search:", key="query", persist_state="session",
        label_visibility="collapsed",
    )  # fmt: skip
    scope = st.pills(
        "Where", [_EVERYTHING, _ROADMAP, _OWN, _LINKED], default=_EVERYTHING, required=True, key="scope",
        persist_state="session", label_visibility="collapsed",
    )  # fmt: skip
    if not query or not query.strip():
        st.caption("Finds passages by meaning and by words, with the best first.")
        return
    kind = {_OWN: PassageKind.OWN, _LINKED: PassageKind.RESOURCE}.get(scope or "")
    with st.spinner("Searching …"):
        found = assistant.search(query[:_MAX_CHARS], _RESULTS, roadmap_only=scope == _ROADMAP, kind=kind).passages
    if not found:
        st.markdown("Nothing found there. Try other words, or look in everything.")
    for scored in found:
        _card(scored, assistant.curriculum)


def _card(scored: ScoredPassage, curriculum: Curriculum) -> None:
    passage = scored.passage
    topic = curriculum.topics.get(passage.topic or "") if passage.kind in OUTSIDE_THE_ROADMAP else None
    facts = [_KINDS[passage.kind], *([f"near {topic.title}"] if topic else []), f"score {scored.score:.2f}"]
    with st.container(border=True, gap=None):
        st.markdown(f"**{plain_text(title_path(passage_title(passage)))}**")
        st.markdown(plain_text(_snippet(passage.text)))
        st.caption(" · ".join(plain_text(fact) for fact in facts))
        if where := origin(passage):
            st.caption(where)


def _snippet(text: str) -> str:
    """The beginning of a passage on one line, on which the entries of a list are parted by dots."""
    line = " ".join(_LIST_MARK.sub("· ", text).split()).removeprefix("· ")
    return line if len(line) <= _SNIPPET_CHARS else line[:_SNIPPET_CHARS].rsplit(" ", 1)[0] + " …"

"""The map: 42 modules by level, each with its topics and what is done of them.

Owns: how the map looks. Refuses: knowing what was done (``assistant.study``).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

import streamlit as st

from assistant.domain import Level, Module, Topic
from assistant.markdown import plain_text
from assistant.planning.wording import count_text, duration_text
from assistant.ui.links import page_of, topic_link

if TYPE_CHECKING:
    from assistant.service import Assistant

DONE_ICON, OPEN_ICON = ":material/check_circle:", ":material/radio_button_unchecked:"
_NO_BREAK = "\N{NO-BREAK SPACE}"


def show(assistant: Assistant, notice: str = "") -> None:
    """All modules, or those that the filter leaves; ``notice`` says why they are shown and not what was asked for."""
    study = assistant.study()
    known = study.standing().known if study else frozenset[str]()
    curriculum = assistant.curriculum
    st.title("Roadmap")
    if notice:
        st.warning(notice, icon=":material/search_off:")
    total = len(curriculum.topics)
    done = len(known & curriculum.topics.keys())
    st.progress(done / total, text=f"{done} of {count_text(total, 'topic')} done")
    if (placement := page_of("placement")) is not None:
        st.page_link(placement, label="Find out what you know already", icon=":material/quiz:")
    left, right = st.columns([3, 1], vertical_alignment="bottom")
    text = left.text_input("Filter", placeholder="A topic, a module, or another name for it", key="roadmap_filter")
    only_open = right.toggle("Hide what is done", key="roadmap_open")
    shown = [
        (module, topics)
        for module in curriculum.modules
        if (topics := _matching(module, text, known if only_open else ()))
    ]
    if not shown:
        st.markdown("Nothing on the roadmap matches. Clear the filter, or ask in the chat.")
    for level in Level:
        group = [pair for pair in shown if pair[0].level is level]
        if group:
            st.header(level.value.capitalize())
        for module, topics in group:
            _module(module, topics, known, is_open=bool(text.strip()))


def _matching(module: Module, text: str, left_out: Collection[str]) -> tuple[Topic, ...]:
    """The topics of a module that the filter leaves: all of them if it names the module."""
    wanted = text.casefold().split()
    return tuple(
        topic
        for topic in module.topics
        if topic.id not in left_out
        and _holds((str(module.number), module.title, topic.title, topic.id, *topic.aliases), wanted)
    )


def _holds(names: Iterable[str], wanted: Iterable[str]) -> bool:
    text = " ".join(names).casefold()
    return all(word in text for word in wanted)


def _module(module: Module, topics: Iterable[Topic], known: Collection[str], *, is_open: bool) -> None:
    done = sum(topic.id in known for topic in module.topics)
    hours = duration_text(round(module.hours.likely * 60))
    # On a phone the facts go below the name as a whole.
    facts = f"{done} of {len(module.topics)} done · {hours}".replace(" ", _NO_BREAK)
    icon = DONE_ICON if done == len(module.topics) else OPEN_ICON
    with st.expander(
        f"**{module.number}. {plain_text(module.title)}**{_NO_BREAK}· {facts}", expanded=is_open, icon=icon
    ):
        st.caption(plain_text(module.summary))
        for topic in topics:
            topic_link(topic.id, f"{topic.title}", DONE_ICON if topic.id in known else OPEN_ICON)

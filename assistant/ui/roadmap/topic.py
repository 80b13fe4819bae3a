"""A topic's page: what it needs, its notes, resources and questions, and whether it is done.

Owns: how it looks. Refuses: bringing it together (``assistant.topic_overview``).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

import streamlit as st

from assistant.domain import Prerequisite, Resource, Topic
from assistant.markdown import plain_text, safe_markdown
from assistant.planning.wording import count_text, duration_text
from assistant.progress import TopicState
from assistant.topic_overview import TopicOverview
from assistant.ui.check import show_check
from assistant.ui.links import page_of, resource_link, topic_link
from assistant.ui.practise.mastery import mastery_text
from assistant.ui.practise.place import practise_link
from assistant.ui.roadmap.modules import DONE_ICON, OPEN_ICON
from assistant.ui.today import recording

if TYPE_CHECKING:
    from assistant.service import Assistant
    from assistant.study import Study
    from assistant.study_plans import StudyPlans


def show(assistant: Assistant, found: TopicOverview) -> None:
    """The whole page."""
    study = assistant.study()
    known = study.standing().known if study else frozenset[str]()
    if (roadmap := page_of("roadmap")) is not None:
        st.page_link(roadmap, label="All modules", icon=":material/arrow_back:", query_params={})
    st.title(plain_text(found.topic.title))
    where = f"Module {found.module.number}, {plain_text(found.module.title)} · {found.topic.level.value}"
    hours = duration_text(round(found.topic.hours.likely * 60))
    st.caption(f"{where} · about {hours}, of which {found.topic.reading_minutes} min for reading these notes")
    plans = assistant.plans()
    practising = assistant.practising() if found.questions else None
    with st.container(horizontal=True, vertical_alignment="center"):
        if study:
            _state(study, found.topic, is_done=found.topic.id in known, is_due=_is_due(plans, found.topic))
        if practising:
            practise_link("Practise this topic", practising.newest(), found.topic.id)
    mastery = practising.masteries().get(found.topic.id) if practising else None
    if mastery is not None and mastery.met:
        st.progress(mastery.share, text=f"Known {mastery_text(mastery)}")
    _edges("Needs first", found.needs, known)
    for section in found.sections:
        st.header(plain_text(section.heading))
        st.markdown(safe_markdown(section.text))
    if not found.sections:
        st.markdown("There are no notes on this topic yet.")
    if plans is not None:
        recording.show_due(plans, {found.topic.id})
    _connections(assistant, found.connections)
    _resources(found.resources)
    if found.questions and study:
        st.header("Check yourself")
        for question in found.questions:
            show_check(question.key, question, study, is_named=False)
    _edges("Opens the way to", found.unlocks, known)


def _is_due(plans: StudyPlans | None, topic: Topic) -> bool:
    return bool(plans and plans.followed() and any(one.item.topic == topic.id for one in plans.today_items()))


def _state(study: Study, topic: Topic, *, is_done: bool, is_due: bool) -> None:
    """What is known of the topic. Where a session on it is due, that is recorded below the notes, not here."""
    if is_done:
        st.badge("Done", icon=":material/check:", color="green")
        st.button("Not done after all", on_click=study.mark, args=([topic.id], TopicState.UNKNOWN))
    else:
        st.button(
            "I know this already" if is_due else "Mark as done",
            icon=":material/check:",
            type="secondary" if is_due else "primary",
            on_click=study.mark,
            args=([topic.id], TopicState.DONE),
        )


def _edges(heading: str, edges: Sequence[tuple[Topic, Prerequisite]], known: Collection[str]) -> None:
    if not edges:
        return
    with st.expander(f"{heading}: {count_text(len(edges), 'topic')}", icon=":material/account_tree:"):
        for other, edge in edges:
            with st.container(gap="xxsmall"):
                topic_link(other.id, other.title, DONE_ICON if other.id in known else OPEN_ICON)
                st.caption(plain_text(edge.reason if edge.hard else f"Helps: {edge.reason}"))


def _connections(assistant: Assistant, connections: Sequence[tuple[str, str]]) -> None:
    if not connections:
        return
    st.header("How it connects")
    for topic_id, sentence in connections:
        other = assistant.curriculum.topics.get(topic_id)
        with st.container(gap="xxsmall"):
            if other is not None:
                topic_link(topic_id, other.title, ":material/arrow_forward:")
            st.markdown(safe_markdown(sentence))


def _resources(resources: Sequence[Resource]) -> None:
    if not resources:
        return
    st.header("Read on")
    for resource in resources:
        with st.container(gap="xxsmall"):
            resource_link(resource)
            st.caption(plain_text(resource.why))

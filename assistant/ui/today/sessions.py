"""The sessions that are due: the first one large, with the button to start it, and the others folded behind it.

Owns: the sessions as cards. Refuses: the words (``sittings``) and recording (``recording``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

import streamlit as st

from assistant.domain import Resource
from assistant.markdown import plain_text
from assistant.planning import Activity, StudyItem
from assistant.planning.wording import count_text, duration_text
from assistant.replanning import Proposal
from assistant.study_plans import Followed, StudyPlans
from assistant.ui.links import TOPIC, page_of, resource_link, topic_link
from assistant.ui.plan.icons import ACTIVITY_ICONS
from assistant.ui.plan.place import attempt
from assistant.ui.plan.sittings import BY_QUESTIONS, facts_of, last_entry_text, nothing_today_text, start_text, title_of
from assistant.ui.practise.place import address_of, practise_link
from assistant.ui.today import recording

if TYPE_CHECKING:
    from streamlit.navigation.page import StreamlitPage

_MOST_SHOWN = 5
_MINUTES, _MINUTES_DAY = "minutes", "minutes_day"
_LEAST_MINUTES = 5


def show(plans: StudyPlans, followed: Followed, minutes: int | None) -> None:
    """What to do now, and what then; with ``minutes``, the best use of that many."""
    proposals = plans.today_items(minutes)
    resources = {resource.id: resource for resource in plans.catalogue}
    if not proposals:
        st.markdown(plain_text(nothing_today_text(followed.plan, followed.ledger, plans.today)))
    for proposal in proposals[:1]:
        with st.container(border=True, key="now"):
            _first(plans, followed, proposal, resources)
    _others(plans, followed, proposals[1:_MOST_SHOWN], proposals[0].item.why if proposals else "", resources)
    if len(proposals) > _MOST_SHOWN:
        st.caption(f"{len(proposals) - _MOST_SHOWN} more are due. A new plan spreads them out.")


def last_entry(plans: StudyPlans, followed: Followed) -> None:
    """What was recorded last, and the way to take it back."""
    entries = plans.entries()
    if not entries:
        return
    last = entries[-1]
    with st.container(horizontal=True, vertical_alignment="center", wrap=False):
        with st.container(width="stretch"):
            st.caption(plain_text(last_entry_text(last, followed.plan)))
        st.button(
            "Undo", icon=":material/undo:", type="tertiary", on_click=attempt, args=(lambda: _undo(plans, last.id),)
        )


def _undo(plans: StudyPlans, shown: int) -> str:
    return "Taken back." if plans.unlog(shown) else "That was taken back already, or something else was recorded since."


def minutes_field(today: date) -> int | None:
    """How long there is today; None for as long as the plan says.

    The tab keeps it, since the way back from another page leads to an address without it (a bound field would begin
    anew there); the address has it for a reload.
    """
    if _MINUTES not in st.session_state:
        st.session_state[_MINUTES] = _minutes_of(st.query_params.get(_MINUTES, ""))
    elif st.session_state.get(_MINUTES_DAY) != today:
        st.session_state[_MINUTES] = None
    st.session_state[_MINUTES_DAY] = today
    minutes: int | None = st.number_input(
        "I only have so many minutes",
        min_value=_LEAST_MINUTES,
        max_value=recording.MOST_MINUTES,
        value=None,
        step=5,
        placeholder="as planned",
        key=_MINUTES,
        persist_state="session",
        on_change=_tell_address,
    )
    return minutes


def _minutes_of(text: str) -> int | None:
    is_fit = text.isdecimal() and _LEAST_MINUTES <= int(text) <= recording.MOST_MINUTES
    return int(text) if is_fit else None


def _tell_address() -> None:
    # Only what the learner types changes the address: each change is a step for the browser's way back.
    if (minutes := st.session_state.get(_MINUTES)) is None:
        st.query_params.pop(_MINUTES, None)
    else:
        st.query_params[_MINUTES] = str(minutes)


def _first(plans: StudyPlans, followed: Followed, proposal: Proposal, resources: Mapping[str, Resource]) -> None:
    item = proposal.item
    st.header(f"{ACTIVITY_ICONS[item.activity]} {plain_text(title_of(item))}", anchor=False)
    st.caption(plain_text(facts_of(proposal)))
    if item.why:
        st.markdown(plain_text(item.why))
    target, query = _where(plans, item)
    if target is not None and st.button(start_text(proposal), type="primary", icon=":material/play_arrow:"):
        st.switch_page(target, query_params=query)
    _resources(proposal, resources)
    if item.activity in BY_QUESTIONS and page_of("roadmap") is not None:
        topic_link(item.topic, "Its notes", ":material/menu_book:")
    recording.show(plans, followed, proposal)


def _where(plans: StudyPlans, item: StudyItem) -> tuple[StreamlitPage | None, dict[str, str]]:
    """Where a session takes place: at its questions, or at its notes."""
    questions = page_of("practise")
    if item.activity in BY_QUESTIONS and questions is not None and plans.practising is not None:
        return questions, address_of(plans.practising.newest(), _asked_about(plans, item))
    return page_of("roadmap"), {TOPIC: item.topic}


def _asked_about(plans: StudyPlans, item: StudyItem) -> str:
    """A topic; a quiz is about its whole module."""
    if item.activity is Activity.QUIZ:
        return str(plans.study.curriculum.topics[item.topic].module)
    return item.topic


def _others(
    plans: StudyPlans,
    followed: Followed,
    others: Sequence[Proposal],
    said_why: str,
    resources: Mapping[str, Resource],
) -> None:
    if not others:
        return
    minutes = duration_text(sum(one.minutes for one in others))
    with st.expander(f"Then: {count_text(len(others), 'session')}, {minutes}", icon=":material/checklist:"):
        said = {said_why}
        for proposal in others:
            with st.container(border=True, key=f"sitting-{proposal.item.key.replace(':', '-')}"):
                topic_link(
                    proposal.item.topic, title_of(proposal.item), ACTIVITY_ICONS[proposal.item.activity], strong=True
                )
                st.caption(plain_text(facts_of(proposal)))
                # Reading and practising one topic have one reason; once is enough.
                if proposal.item.why not in said:
                    st.markdown(plain_text(proposal.item.why))
                said.add(proposal.item.why)
                _about(plans, proposal, resources)
                recording.show(plans, followed, proposal)


def _about(plans: StudyPlans, proposal: Proposal, resources: Mapping[str, Resource]) -> None:
    _resources(proposal, resources)
    if proposal.item.activity in BY_QUESTIONS and plans.practising is not None:
        practise_link("Practise its questions", plans.practising.newest(), _asked_about(plans, proposal.item))


def _resources(proposal: Proposal, resources: Mapping[str, Resource]) -> None:
    named = [resources[name] for name in proposal.item.resources if name in resources]
    if named:
        with st.container(gap=None):
            for resource in named:
                resource_link(resource)

"""The sessions that are due: the first one large, with the button to start it, and the others folded behind it.

Owns: the sessions as cards. Refuses: the words (``sittings``) and recording (``recording``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from assistant.domain import Resource
from assistant.markdown import plain_text
from assistant.planning import Activity
from assistant.planning.wording import count_text, duration_text
from assistant.replanning import Proposal
from assistant.study_plans import Followed, StudyPlans
from assistant.ui.links import TOPIC, page_of, resource_link, topic_link
from assistant.ui.plan.icons import ACTIVITY_ICONS
from assistant.ui.plan.place import attempt
from assistant.ui.plan.sittings import facts_of, last_entry_text, nothing_today_text, start_text, title_of
from assistant.ui.practise.place import practise_link
from assistant.ui.today import recording

_MOST_SHOWN = 5


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


def minutes_field() -> int | None:
    """How long there is today; None for as long as the plan says."""
    minutes: int | None = st.number_input(
        "I only have so many minutes",
        min_value=5,
        max_value=recording.MOST_MINUTES,
        value=None,
        step=5,
        placeholder="as planned",
        key="minutes",
        bind="query-params",
    )
    return minutes


def _first(plans: StudyPlans, followed: Followed, proposal: Proposal, resources: Mapping[str, Resource]) -> None:
    item = proposal.item
    st.header(f"{ACTIVITY_ICONS[item.activity]} {plain_text(title_of(item))}", anchor=False)
    st.caption(plain_text(facts_of(proposal)))
    if item.why:
        st.markdown(plain_text(item.why))
    roadmap = page_of("roadmap")
    if roadmap is not None and st.button(start_text(proposal), type="primary", icon=":material/play_arrow:"):
        st.switch_page(roadmap, query_params={TOPIC: item.topic})
    _about(proposal, resources)
    recording.show(plans, followed, proposal)


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
                _about(proposal, resources)
                recording.show(plans, followed, proposal)


def _about(proposal: Proposal, resources: Mapping[str, Resource]) -> None:
    named = [resources[name] for name in proposal.item.resources if name in resources]
    if named:
        with st.container(gap=None):
            for resource in named:
                resource_link(resource)
    if proposal.item.activity in {Activity.REVIEW, Activity.QUIZ, Activity.PRACTISE}:
        practise_link("Practise its questions", 0, proposal.item.topic)

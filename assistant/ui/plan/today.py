"""Today: what to do, and how it went.

Owns: the items as cards, and recording. Refuses: the words (``sittings``) and what follows from an entry
(``assistant.study_plans``).
"""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from assistant.domain import Resource
from assistant.markdown import plain_text
from assistant.planning import Activity
from assistant.planning.wording import count_text, day_text
from assistant.progress import EntryStatus
from assistant.replanning import Proposal
from assistant.study_plans import Followed, StudyPlans
from assistant.ui.links import resource_link, topic_link
from assistant.ui.plan.place import attempt, say, show_said
from assistant.ui.plan.sittings import facts_of, last_entry_text, nothing_today_text, title_of
from assistant.ui.practise.place import practise_link

ACTIVITY_ICONS = {
    Activity.READ: ":material/menu_book:",
    Activity.PRACTISE: ":material/edit_note:",
    Activity.PROJECT: ":material/construction:",
    Activity.REVIEW: ":material/replay:",
    Activity.QUIZ: ":material/quiz:",
}
_MOST_MINUTES = 960
_MOST_SHOWN = 5
_MOST_SHAKY = 3


def show(plans: StudyPlans, followed: Followed) -> None:
    """What to do now."""
    left, right = st.columns([3, 2], vertical_alignment="bottom")
    left.subheader("Today")
    left.caption(f"{day_text(plans.today)} {plans.today.year}")
    minutes = right.number_input(
        "I only have so many minutes",
        min_value=5,
        max_value=_MOST_MINUTES,
        value=None,
        step=5,
        placeholder="as planned",
        key="minutes",
        bind="query-params",
    )
    proposals = plans.today_items(minutes)
    resources = {resource.id: resource for resource in plans.catalogue}
    said: set[str] = set()
    for proposal in proposals[:_MOST_SHOWN]:
        with st.container(border=True, key=f"sitting-{proposal.item.key.replace(':', '-')}"):
            # Reading and practising one topic have one reason; once is enough.
            _card(plans, followed, proposal, resources, "" if proposal.item.why in said else proposal.item.why)
        said.add(proposal.item.why)
    if len(proposals) > _MOST_SHOWN:
        st.caption(f"{len(proposals) - _MOST_SHOWN} more are due. A new plan spreads them out.")
    if not proposals:
        st.markdown(plain_text(nothing_today_text(followed.plan, followed.ledger, plans.today)))
    _practice(plans)
    _last_entry(plans, followed)


def _practice(plans: StudyPlans) -> None:
    """What is due to be practised, and what is done but shaky by its questions."""
    practising = plans.practising
    if practising is None:
        return
    practised = practising.look()
    found = practising.round(practised)
    if found.cards:
        practise_link(f"{count_text(len(found.cards), 'question')} to practise, about {found.minutes} min", 0)
    for each in plans.shaky()[:_MOST_SHAKY]:
        title = plans.study.curriculum.topics[each.topic].title
        practise_link(f"Shaky by its questions: {title}", practised.newest, each.topic)


def _card(
    plans: StudyPlans, followed: Followed, proposal: Proposal, resources: Mapping[str, Resource], why: str
) -> None:
    item = proposal.item
    topic_link(item.topic, title_of(item), ACTIVITY_ICONS[item.activity], strong=True)
    st.caption(plain_text(facts_of(proposal)))
    if why:
        st.markdown(plain_text(why))
    with st.container(gap=None):
        for resource in (resources[name] for name in item.resources if name in resources):
            resource_link(resource)
    # With other minutes it is another field: it would keep what was proposed before.
    key = f"{followed.id}-{item.key}-{proposal.minutes}"
    usual = EntryStatus.DONE if proposal.is_whole else EntryStatus.PARTLY
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.number_input(
            "Minutes",
            min_value=0,
            max_value=_MOST_MINUTES,
            value=proposal.minutes,
            step=5,
            width=130,
            key=f"spent-{key}",
            help="How long it really took. Your pace is learned from it.",
        )
        for status, label, icon in (
            (EntryStatus.DONE, "Done", ":material/check:"),
            (EntryStatus.PARTLY, "Partly", ":material/timelapse:"),
            (EntryStatus.SKIPPED, "Skip", ":material/skip_next:"),
        ):
            st.button(
                label,
                icon=icon,
                type="primary" if status is usual else "secondary",
                key=f"{status.value}-{key}",
                on_click=_record,
                args=(plans, proposal, status, f"spent-{key}"),
            )
    show_said(f"spent-{key}")


def _record(plans: StudyPlans, proposal: Proposal, status: EntryStatus, spent_key: str) -> None:
    spent = st.session_state.get(spent_key)
    if status is EntryStatus.PARTLY and (spent is None or (spent == proposal.minutes and proposal.is_whole)):
        say("How long was it? Change the minutes first, then choose “Partly”.", failed_at=spent_key)
        return

    def record() -> str:
        item = plans.log(proposal.item.key, status, None if status is EntryStatus.SKIPPED else spent)
        return f"Recorded: {title_of(item)}."

    attempt(record, spent_key)


def _last_entry(plans: StudyPlans, followed: Followed) -> None:
    entries = plans.entries()
    if not entries:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(plain_text(last_entry_text(entries[-1], followed.plan)))
        st.button("Undo", icon=":material/undo:", type="tertiary", on_click=attempt, args=(lambda: _undo(plans),))


def _undo(plans: StudyPlans) -> str:
    return "Taken back." if plans.unlog() else "There was nothing to take back."

"""How a session went: its minutes and one of three buttons.

Owns: the widgets, and recording. Refuses: what follows from an entry (``assistant.study_plans``).
"""

from __future__ import annotations

from collections.abc import Collection

import streamlit as st

from assistant.markdown import plain_text
from assistant.planning import Activity
from assistant.progress import EntryStatus
from assistant.replanning import Proposal
from assistant.study_plans import Followed, StudyPlans
from assistant.ui.links import page_of
from assistant.ui.plan.place import attempt, say, show_said
from assistant.ui.plan.sittings import facts_of, title_of

MOST_MINUTES = 960
_BUTTONS = (
    (EntryStatus.DONE, "Done", ":material/check:"),
    (EntryStatus.PARTLY, "Partly", ":material/timelapse:"),
    (EntryStatus.SKIPPED, "Skip", ":material/skip_next:"),
)


def show(plans: StudyPlans, followed: Followed, proposal: Proposal, *, is_main: bool = False) -> None:
    """Record a session; ``is_main`` makes its usual button the page's primary one."""
    # With other minutes it is another field: it would keep what was proposed before.
    key = f"{followed.id}-{proposal.item.key}-{proposal.minutes}"
    usual = EntryStatus.DONE if proposal.is_whole else EntryStatus.PARTLY
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.number_input(
            "Minutes",
            min_value=0,
            max_value=MOST_MINUTES,
            value=proposal.minutes,
            step=5,
            width=130,
            key=f"spent-{key}",
            help="How long it really took. Your pace is learned from it.",
        )
        for status, label, icon in _BUTTONS:
            st.button(
                label,
                icon=icon,
                type="primary" if is_main and status is usual else "secondary",
                key=f"{status.value}-{key}",
                on_click=_record,
                args=(plans, followed, proposal, status, f"spent-{key}"),
            )
    show_said(f"spent-{key}")


def show_due(plans: StudyPlans, topics: Collection[str], *, activities: Collection[Activity] = tuple(Activity)) -> bool:
    """The plan's sessions of today on these topics, to be recorded where they were held; whether there are any.

    Below them stands the way back to Today, also once the last of them was recorded.
    """
    followed = plans.followed()
    if followed is None:
        return False
    show_said()
    due = [one for one in plans.today_items() if one.item.topic in topics and one.item.activity in activities]
    for proposal in due:
        with st.container(border=True, key=f"session-{proposal.item.key.replace(':', '-')}"):
            st.markdown(f"**Your session** · {plain_text(facts_of(proposal))}")
            show(plans, followed, proposal)
    held_today = any(entry.day == plans.today and entry.unit in topics for entry in plans.entries())
    if held_today and (today := page_of("today")) is not None:
        st.page_link(today, label="What is next today", icon=":material/today:", query_params={})
    return bool(due)


def _record(plans: StudyPlans, shown: Followed, proposal: Proposal, status: EntryStatus, spent_key: str) -> None:
    spent = st.session_state.get(spent_key)
    if status is EntryStatus.PARTLY and (spent is None or (spent == proposal.minutes and proposal.is_whole)):
        say("How long was it? Change the minutes first, then choose “Partly”.", failed_at=spent_key)
        return

    def record() -> str:
        minutes = None if status is EntryStatus.SKIPPED else spent
        item = plans.log(proposal.item.key, status, minutes, shown.last_entry)
        return f"Recorded: {title_of(item)}."

    attempt(record)  # at the top: a session that was recorded elsewhere is not shown any more

"""The page that the app opens with: what to do now.

Owns: the page's frame. Refuses: the parts, which have a file each.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from assistant.markdown import plain_text
from assistant.planning.wording import day_text
from assistant.study_plans import Followed, StudyPlans
from assistant.ui.links import page_of
from assistant.ui.plan import catching_up, progress
from assistant.ui.plan.place import MODE, Mode, show_said
from assistant.ui.problems import show_no_journal, telling_problems
from assistant.ui.today import due, first, sessions
from assistant.ui.today.week import week_so_far, week_text

if TYPE_CHECKING:
    from assistant.service import Assistant


@telling_problems
def page(assistant: Assistant) -> None:
    """Show the day, or the way to a first plan."""
    st.title("Today")
    plans = assistant.plans()
    if plans is None:
        show_no_journal()
        return
    show_said()
    followed = plans.followed()
    if followed is None:
        first.show(assistant, plans)
        due.show(plans)
    else:
        _show(plans, followed)


def _show(plans: StudyPlans, followed: Followed) -> None:
    entries = plans.entries()
    left, right = st.columns([3, 2], vertical_alignment="center")
    left.caption(f"{day_text(plans.today)} {plans.today.year} · {plain_text(followed.name)}")
    with right:
        minutes = sessions.minutes_field(plans.today)
    _outdated(plans, followed)
    sessions.show(plans, followed, minutes)
    due.show(plans)
    st.header("So far", anchor=False)
    week = week_so_far(followed.plan, entries, plans.today)
    if week.planned:
        st.progress(week.share, text=week_text(week))
    else:
        st.markdown(f"{week_text(week)}.")  # a bar of nothing would be full
    progress.show(followed, entries)
    _verdict(followed)
    sessions.last_entry(plans, followed)


def _verdict(followed: Followed) -> None:
    """Whether it will be in time, here too: a plan that does not fit says so wherever it is followed."""
    verdict = plain_text(followed.plan.verdict)
    if followed.plan.feasible:
        st.caption(verdict)
        return
    st.warning(verdict, icon=":material/event_busy:")
    if (plan := page_of("plan")) is not None:
        st.page_link(plan, label="See the ways out", icon=":material/alt_route:", query_params={})


def _outdated(plans: StudyPlans, followed: Followed) -> None:
    label = catching_up.banner(plans, followed)
    if label and (plan := page_of("plan")) is not None:
        st.page_link(plan, label=label, icon=":material/difference:", query_params={MODE: Mode.CATCH_UP.value})

"""The plan page: the first plan's form, or the plan that is followed.

Owns: the page's frame. Refuses: the parts, which have a file each.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from assistant.markdown import plain_text
from assistant.study_plans import Followed, StudyPlans
from assistant.ui.plan import catching_up, choosing, downloads, editing, progress, views, ways_out
from assistant.ui.plan.place import Mode, mode, show_said
from assistant.ui.problems import show_no_journal, telling_problems

if TYPE_CHECKING:
    from assistant.service import Assistant


@telling_problems
def page(assistant: Assistant) -> None:
    """Show the followed plan, or the way to a first one."""
    st.title("Plan")
    plans = assistant.plans()
    if plans is None:
        show_no_journal()
        return
    show_said()
    followed = plans.followed()
    if followed is None:
        editing.first(assistant, plans)
    elif mode() is Mode.NEW:
        editing.another(assistant, plans)
    elif mode() is Mode.CHANGE:
        editing.change(assistant, plans, followed)
    else:
        _show(assistant, plans, followed)


def _show(assistant: Assistant, plans: StudyPlans, followed: Followed) -> None:
    plan = followed.plan
    own = progress.entries_of(followed, plans.entries())
    choosing.show(plans, followed)
    verdict = plain_text(plan.verdict)
    if plan.feasible:
        st.success(verdict, icon=":material/event_available:")
    else:
        st.warning(verdict, icon=":material/event_busy:")
    _goal(assistant, followed)
    ways_out.show(plans, plan, assistant.curriculum)
    progress.show(followed, own)
    catching_up.show(plans, followed)
    if plan.items:
        st.header("Schedule")
        views.show(assistant.curriculum, plans, followed, own)
        downloads.show(plans, followed)
    if plan.unscheduled:
        with st.expander(f"Not scheduled: {len(plan.unscheduled)}", icon=":material/block:"):
            st.markdown("\n".join(f"- **{plain_text(u.title)}**: {plain_text(u.reason)}" for u in plan.unscheduled))


def _goal(assistant: Assistant, followed: Followed) -> None:
    plan = followed.plan
    if not plan.goal:
        return
    topics = assistant.curriculum.topics
    titles = plain_text("; ".join(topics[topic].title for topic in plan.targets if topic in topics))
    st.caption(f"“{plain_text(plan.goal)}” was read as: {titles}")

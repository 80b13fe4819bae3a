"""The first evening: three inputs, and there is something to do.

Owns: the short form. Refuses: everything a plan can also say (``assistant.ui.plan.form``).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import streamlit as st

from assistant.errors import StudyError
from assistant.markdown import plain_text
from assistant.planning import PlanRequest, weekly_minutes
from assistant.planning.request import MAX_HOURS_PER_WEEK
from assistant.study_plans import StudyPlans
from assistant.ui.links import page_of
from assistant.ui.plan.wishes import DEFAULT_HOURS, fresh_request, plan_name
from assistant.ui.problems import show_problem

if TYPE_CHECKING:
    from assistant.service import Assistant

_EVERYTHING = ""
_OTHER_WAYS = (
    ("plan", "Say it in your own words", ":material/edit_note:"),
    ("placement", "Find out what you know already", ":material/quiz:"),
    ("chat", "Just ask something", ":material/forum:"),
    ("practise", "Just practise a topic", ":material/exercise:"),
)


def show(assistant: Assistant, plans: StudyPlans) -> None:
    """What a learner without a plan sees."""
    curriculum = assistant.curriculum
    st.markdown(
        f"{len(curriculum.topics)} topics in {len(curriculum.modules)} modules, from first services to AI systems. Say "
        "what for and how much time there is, and this page says what to do each evening. All of it stays on this "
        "machine."
    )
    with st.container(border=True, key="first-run"):
        goal = _goal(assistant)
        left, right = st.columns(2)
        hours = left.number_input(
            "Hours a week",
            min_value=0.5,
            max_value=float(MAX_HOURS_PER_WEEK),
            value=DEFAULT_HOURS,
            step=0.5,
            format="%g",
        )
        deadline = right.date_input(
            "Finished by (if you must)", value=None, min_value=plans.today + timedelta(days=1), format="YYYY-MM-DD"
        )
        if st.button("Make my plan", type="primary", icon=":material/event_note:"):
            _make(plans, _request(assistant, plans.today, goal, hours, deadline))
    st.caption("Or begin another way:")
    with st.container(horizontal=True):
        for name, label, icon in _OTHER_WAYS:
            if (page := page_of(name)) is not None:
                st.page_link(page, label=label, icon=icon, query_params={})


def _goal(assistant: Assistant) -> str:
    titles = {_EVERYTHING: "The whole roadmap"} | {goal.id: goal.title for goal in assistant.ready_goals}
    return st.selectbox("What for?", list(titles), format_func=lambda name: plain_text(titles[name]))


def _request(assistant: Assistant, today: date, goal: str, hours: float, deadline: date | None) -> PlanRequest:
    request = replace(fresh_request(today), minutes_per_week=weekly_minutes(hours), deadline=deadline)
    ready = next((one for one in assistant.ready_goals if one.id == goal), None)
    return replace(request, goal=ready.title, targets=ready.topics) if ready else request


def _make(plans: StudyPlans, request: PlanRequest) -> None:
    try:
        with st.spinner("Planning …"):
            plans.follow(plans.make(request), plan_name(request.goal, ()))
    except StudyError as error:
        show_problem(error)
        return
    st.rerun()

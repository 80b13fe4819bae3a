"""The plan page: a form, the verdict, a timeline, the sessions, and the plan as a file."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import streamlit as st

from assistant.errors import StudyError
from assistant.markdown import plain_text
from assistant.planning import (
    PlanRequest,
    StudyPlan,
    plan_from_json,
    plan_to_json,
    plan_to_markdown,
    weekly_minutes,
)
from assistant.ui.charts import timeline

if TYPE_CHECKING:
    from assistant.service import Assistant

_MAX_HOURS = 80.0


def page(assistant: Assistant) -> None:
    """Ask for hours and wishes, and show the plan made last."""
    st.title("Plan")
    try:
        request = _form(assistant)
        made = _latest(assistant) if request is None else _make(assistant, request)
        if made is not None:
            _show(assistant, made)
    except StudyError as error:
        st.error(error.user_message, icon=":material/error:")


def _form(assistant: Assistant) -> PlanRequest | None:
    with st.form("plan"):
        left, middle, right = st.columns(3)
        hours = left.number_input(
            "Hours a week", min_value=0.5, max_value=_MAX_HOURS, value=6.0, step=0.5, format="%.1f"
        )
        start = middle.date_input("Start", value="today", format="YYYY-MM-DD")
        deadline = right.date_input("Deadline (optional)", value=None, format="YYYY-MM-DD")
        goal = st.text_input(
            "Goal (optional)", placeholder="deploy an LLM app on Kubernetes", help="Leave empty for the whole roadmap."
        )
        known = st.multiselect(
            "Modules you know already (optional)",
            options=[module.number for module in assistant.curriculum.modules],
            format_func=lambda number: f"{number}. {assistant.curriculum.module(number).title}",
        )
        if not st.form_submit_button("Make a plan", type="primary"):
            return None
    targets = assistant.topics_for_goal(goal) if goal.strip() else ()
    known_topics = frozenset(topic.id for number in known for topic in assistant.curriculum.module(number).topics)
    return PlanRequest(
        start=start or date.today(),
        minutes_per_week=weekly_minutes(hours),
        deadline=deadline,
        targets=targets,
        known=known_topics,
        goal=goal,
    )


def _make(assistant: Assistant, request: PlanRequest) -> StudyPlan:
    with st.spinner("Planning …"):
        made = assistant.plan(request)
    if study := assistant.study():
        study.save_plan(plan_to_json(made), "made anew")
    return made


def _latest(assistant: Assistant) -> StudyPlan | None:
    study = assistant.study()
    saved = study.plan() if study else None
    return plan_from_json(saved.plan) if saved else None


def _show(assistant: Assistant, made: StudyPlan) -> None:
    verdict = plain_text(made.verdict)
    if made.feasible:
        st.success(verdict, icon=":material/event_available:")
    else:
        st.warning(verdict, icon=":material/event_busy:")
    if made.goal:
        titles = (
            assistant.curriculum.topics[topic].title for topic in made.targets if topic in assistant.curriculum.topics
        )
        st.caption(f"“{plain_text(made.goal)}” was read as: {plain_text('; '.join(titles))}")
    if made.items:
        st.subheader("Timeline")
        st.altair_chart(timeline(made), width="stretch")
        st.subheader("Sessions")
        st.dataframe(_rows(made), hide_index=True, width="stretch")
        st.download_button(
            "Download as Markdown",
            plan_to_markdown(made, assistant.catalogue),
            file_name="study-plan.md",
            mime="text/markdown",
            icon=":material/download:",
            on_click="ignore",
        )
    if made.unscheduled:
        with st.expander(f"Not scheduled: {len(made.unscheduled)}", icon=":material/block:"):
            st.markdown("\n".join(f"- **{plain_text(u.title)}**: {plain_text(u.reason)}" for u in made.unscheduled))


def _rows(made: StudyPlan) -> list[dict[str, object]]:
    return [
        {
            "Week": week.number,
            "Date": item.date,
            "Topic": item.title + (f" ({item.part} of {item.parts})" if item.parts > 1 else ""),
            "Module": item.module,
            "Activity": item.activity.value.capitalize(),
            "Minutes": item.minutes,
            "Why now": item.why,
        }
        for week in made.weeks
        for item in week.items
    ]

"""The form of a plan: two fields that are needed, and the rest folded away.

Owns: its widgets. Refuses: what the fields mean (``wishes``), and making the plan (``editing``).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from assistant.curriculum import Curriculum
from assistant.errors import StudyError
from assistant.planning import PlanRequest
from assistant.planning.request import MAX_HOURS_PER_WEEK, MAX_MINUTES_PER_DAY
from assistant.planning.wording import duration_text
from assistant.ui.links import page_of
from assistant.ui.plan import goal
from assistant.ui.plan.wishes import Wishes, request_from, usual_weekdays, wishes_of

if TYPE_CHECKING:
    from assistant.service import Assistant

_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def show(assistant: Assistant, base: PlanRequest, key: str, *, with_start: bool = True) -> PlanRequest:
    """The form, filled with ``base``, and the request it makes; ``key`` tells it from other forms.

    Raises:
        InvalidInput: a field cannot be used.
        IndexMissing, IndexStale, IndexBroken: there is no usable index to read a goal with.
    """
    curriculum = assistant.curriculum
    first = wishes_of(base, curriculum)
    own_days = bool(st.session_state.get(f"{key}-own", first.weekdays is not None))
    left, right = st.columns(2)
    hours = left.number_input(
        "Hours a week",
        min_value=0.5,
        max_value=float(MAX_HOURS_PER_WEEK),
        value=max(0.5, first.hours),
        step=0.5,
        format="%g",
        key=f"{key}-hours",
        disabled=own_days,
        help="Follows from your days below." if own_days else None,
    )
    start = base.start
    if with_start:
        start = right.date_input("Start", value=first.start, format="YYYY-MM-DD", key=f"{key}-start") or base.start
    with st.expander("More", icon=":material/tune:", expanded=not with_start):
        deadline = st.date_input("Deadline", value=first.deadline, format="YYYY-MM-DD", key=f"{key}-deadline")
        words, targets, problem = first.goal, first.targets, None
        try:
            words, targets = goal.show(assistant, first.goal, first.targets, key)
        except StudyError as error:
            # Raised when the rest is drawn: a field that is not drawn loses what was filled in.
            problem = error
        wishes = replace(first, hours=hours, start=start, deadline=deadline, goal=words, targets=targets)
        wishes = _time(_subjects(curriculum, wishes, key), key)
    if problem is not None:
        raise problem
    return request_from(wishes, base, curriculum)


def _subjects(curriculum: Curriculum, first: Wishes, key: str) -> Wishes:
    known = st.multiselect(
        "Modules you know already",
        [module.number for module in curriculum.modules],
        default=first.known_modules,
        format_func=lambda number: f"{number}. {curriculum.module(number).title}",
        key=f"{key}-known",
    )
    if (placement := page_of("placement")) is not None:
        st.page_link(placement, label="Find out what you know already", icon=":material/quiz:")
    left_out = st.multiselect(
        "Topics to leave out",
        list(curriculum.topics),
        default=first.left_out,
        format_func=lambda topic: goal.topic_label(curriculum, topic),
        help="What builds on them is left out, too, and the plan says so.",
        key=f"{key}-out",
    )
    pinned = st.multiselect(
        "Topics to keep and study early",
        list(curriculum.topics),
        default=first.pinned,
        format_func=lambda topic: goal.topic_label(curriculum, topic),
        help="They stay whatever is dropped, and come as early as what they build on allows.",
        key=f"{key}-pinned",
    )
    return replace(first, known_modules=tuple(known), left_out=tuple(left_out), pinned=tuple(pinned))


def _time(first: Wishes, key: str) -> Wishes:
    left, right = st.columns(2)
    session = left.number_input(
        "Minutes a session",
        min_value=15,
        max_value=960,
        value=first.session_minutes,
        step=15,
        help="A day gets up to this much before another day of the week is used.",
        key=f"{key}-session",
    )
    review = right.number_input(
        "Share of the time for review, %",
        min_value=0,
        max_value=50,
        value=first.review_percent,
        step=1,
        help="Reviews at growing gaps keep what was learned; 15 to 20 % is a good share.",
        key=f"{key}-review",
    )
    weekdays = _weekdays(first, session, key)
    days_off = st.text_area(
        "Days off",
        value=first.days_off,
        placeholder="2026-12-24 to 2027-01-02",
        help="One day, or a first and a last day, on each line.",
        height=80,
        key=f"{key}-off",
    )
    projects = st.toggle("Plan the modules' projects", value=first.projects, key=f"{key}-projects")
    return replace(
        first,
        session_minutes=session,
        review_percent=review,
        weekdays=weekdays,
        days_off=days_off,
        projects=projects,
    )


def _weekdays(first: Wishes, session: int, key: str) -> tuple[int, ...] | None:
    """The minutes of each day of the week; None where the planner chooses."""
    if not st.toggle("Choose the days of the week myself", value=first.weekdays is not None, key=f"{key}-own"):
        return None
    st.caption("Minutes on each day")
    usual = first.weekdays or usual_weekdays(first.hours, session)
    with st.container(horizontal=True, gap="xsmall"):
        minutes = tuple(
            st.number_input(
                name, min_value=0, max_value=MAX_MINUTES_PER_DAY, value=usual[place], step=15, width=80,
                key=f"{key}-day-{place}",
            )
            for place, name in enumerate(_WEEKDAYS)
        )  # fmt: skip
    st.caption(f"{duration_text(sum(minutes)) if sum(minutes) else 'Nothing'} a week.")
    return minutes

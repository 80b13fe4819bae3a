"""Making a first plan or a further one, and changing the one that is followed.

Owns: what stands around the form. Refuses: the form (``form``) and the diff (``catching_up``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from assistant.errors import StudyError
from assistant.planning import PlanRequest, request_of
from assistant.study_plans import Followed, StudyPlans
from assistant.ui.plan import form, in_words
from assistant.ui.plan.catching_up import show_diff
from assistant.ui.plan.choosing import names_of
from assistant.ui.plan.place import attempt, go
from assistant.ui.plan.wishes import fresh_request, plan_name
from assistant.ui.problems import show_problem

if TYPE_CHECKING:
    from assistant.service import Assistant

_PROPOSED = "plan_proposed"
"""The request whose changes are shown: a part of a half-filled form, so a reload may lose it."""


def first(assistant: Assistant, plans: StudyPlans) -> None:
    """What a learner without a plan sees."""
    topics, modules = len(assistant.curriculum.topics), len(assistant.curriculum.modules)
    st.markdown(
        f"Say how many hours a week you have, and get dated sessions over the roadmap's {topics} topics in {modules} "
        "modules, in an order in which nothing comes before what it builds on. Everything else can wait."
    )
    _form_and_button(assistant, plans, "first")


def another(assistant: Assistant, plans: StudyPlans) -> None:
    """A further plan, which is followed from then on."""
    st.header("A new plan")
    st.markdown("The plan you follow now is kept, and you can go back to it at any time.")
    _form_and_button(assistant, plans, "new", can_leave=True)


def change(assistant: Assistant, plans: StudyPlans, followed: Followed) -> None:
    """The followed plan with other wishes; what would change is shown before anything does."""
    st.header("Change the plan")
    st.markdown("What is done stays done. You see what would change before anything does.")
    request = _filled_in(assistant, request_of(followed.plan), f"change-{followed.id}", with_start=False)
    with st.container(horizontal=True):
        # Once the changes are shown, taking them is what comes next.
        is_shown = request is not None and st.session_state.get(_PROPOSED) == request
        wanted = st.button(
            "Show what would change",
            type="secondary" if is_shown else "primary",
            icon=":material/difference:",
            disabled=request is None,
            key="show_changes",
        )
        st.button("Back", on_click=_leave)
    if wanted:
        st.session_state[_PROPOSED] = request
        st.rerun()
    proposed = st.session_state.get(_PROPOSED)
    if proposed is None or request is None:
        return
    if proposed != request:
        st.caption("You have changed the form since. Show the changes again.")
        return
    show_diff(plans, followed, plans.replan(proposed), lambda: _take(plans, proposed), _leave)


def _form_and_button(assistant: Assistant, plans: StudyPlans, key: str, *, can_leave: bool = False) -> None:
    base, said = in_words.show(assistant, fresh_request(plans.today), key)
    # Another base is another form: what was filled in for other words is not kept.
    request = _filled_in(assistant, base, f"{key}-{said}" if said else key)
    with st.container(horizontal=True):
        wanted = st.button("Make a plan", type="primary", icon=":material/event_note:", disabled=request is None)
        if can_leave:
            st.button("Back", on_click=_leave)
    if wanted and request is not None:
        with st.spinner("Planning …"):
            names = names_of(plans) if can_leave else {}
            plans.follow(plans.make(request), plan_name(request.goal, names.values()))
        go(None)
        st.rerun()


def _filled_in(assistant: Assistant, base: PlanRequest, key: str, *, with_start: bool = True) -> PlanRequest | None:
    """The form's request; None where a field cannot be used, which is said."""
    try:
        return form.show(assistant, base, key, with_start=with_start)
    except StudyError as error:
        show_problem(error)
    return None


def _take(plans: StudyPlans, request: PlanRequest) -> None:
    def keep() -> str:
        plans.accept(plans.replan(request), "changed")
        return "Changed. This is your plan now."

    attempt(keep)
    _leave()


def _leave() -> None:
    st.session_state.pop(_PROPOSED, None)
    go(None)

"""The plans a learner keeps: open one, make another, change, rename, delete.

Owns: the row at the top of the page and its dialogs. Refuses: what a plan holds.
"""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from assistant.markdown import plain_text
from assistant.study_plans import Followed, StudyPlans
from assistant.ui.plan.place import Mode, attempt, go

_RENAME, _DELETE = "Rename", "Delete"
_ICONS = {_RENAME: ":material/edit:", _DELETE: ":material/delete:"}
_CHOICE = "plan_opened"
_NAME = "plan_name"
_NAME_CHARS = 80


def show(plans: StudyPlans, followed: Followed) -> None:
    """Which plan this is, and what can be done with it."""
    names = names_of(plans)
    with st.container(horizontal=True, vertical_alignment="bottom" if len(names) > 1 else "center"):
        if len(names) > 1:
            _selector(plans, followed, names)
        else:
            with st.container(width="stretch"):
                st.markdown(f"**{plain_text(followed.name)}**")
        # On a phone they go below the name together, and not one of them beside it.
        with st.container(horizontal=True, width="content", wrap=False):
            st.button("Change", icon=":material/tune:", on_click=go, args=(Mode.CHANGE,))
            st.button("New plan", icon=":material/add:", on_click=go, args=(Mode.NEW,))
            chosen = st.menu_button(
                "",
                list(_ICONS),
                key="plan_menu",
                icon=":material/more_horiz:",
                format_func=lambda action: f"{_ICONS[action]} {action}",
                help="Rename or delete this plan",
            )
    if chosen == _RENAME:
        _rename(plans, followed)
    elif chosen == _DELETE:
        _delete(plans, followed)


def names_of(plans: StudyPlans) -> Mapping[int, str]:
    """The name of every plan by its id, the oldest first, so that the list stays as it is when one is opened."""
    saved = plans.study.journal.plans.all(plans.study.learner.id)
    return {each.id: each.name for each in sorted(saved, key=lambda each: each.id)}


def _selector(plans: StudyPlans, followed: Followed, names: Mapping[int, str]) -> None:
    # Another tab may have opened another plan meanwhile; what is followed counts.
    st.session_state[_CHOICE] = followed.id
    st.selectbox(
        "Plan", list(names), format_func=lambda plan_id: names[plan_id], key=_CHOICE, on_change=_open, args=(plans,)
    )


def _open(plans: StudyPlans) -> None:
    plan_id = st.session_state[_CHOICE]

    def open_it() -> str:
        plans.study.journal.plans.open(plans.study.learner.id, plan_id, plans.study.now())
        return "Opened. This is the plan you follow now."

    attempt(open_it)
    go(None)


@st.dialog("Rename plan", icon=":material/edit:")
def _rename(plans: StudyPlans, followed: Followed) -> None:
    with st.form("rename_plan", border=False):
        st.text_input("Name", value=followed.name, max_chars=_NAME_CHARS, key=_NAME)
        if st.form_submit_button(
            "Save", type="primary", on_click=attempt, args=(lambda: _give_name(plans, followed.id),)
        ):
            st.rerun()


@st.dialog("Delete plan?", icon=":material/delete:")
def _delete(plans: StudyPlans, followed: Followed) -> None:
    st.markdown(f"“{plain_text(followed.name)}” will be gone for good. What you studied by it stays done.")
    with st.container(horizontal=True, horizontal_alignment="right"):
        if st.button("Cancel"):
            st.rerun()
        if st.button(
            "Delete",
            type="primary",
            icon=":material/delete:",
            on_click=attempt,
            args=(lambda: _forget(plans, followed),),
        ):
            st.rerun()


def _give_name(plans: StudyPlans, plan_id: int) -> str:
    plans.study.journal.plans.rename(plans.study.learner.id, plan_id, st.session_state[_NAME])
    return "Renamed."


def _forget(plans: StudyPlans, followed: Followed) -> str:
    plans.study.journal.plans.delete(plans.study.learner.id, followed.id)
    return f"“{followed.name}” is deleted."

"""The three ways out of a plan that does not fit, as cards that act at once.

Owns: how they look. Refuses: their words (``options``) and taking one (``assistant.study_plans``).
"""

from __future__ import annotations

import streamlit as st

from assistant.curriculum import Curriculum
from assistant.markdown import plain_text
from assistant.planning import StudyPlan, WayOut
from assistant.study_plans import StudyPlans
from assistant.ui.plan.options import Option, options_of
from assistant.ui.plan.place import attempt

_ICONS = {
    WayOut.FINISH_LATER: ":material/event_repeat:",
    WayOut.STUDY_MORE: ":material/more_time:",
    WayOut.DROP: ":material/content_cut:",
}


def show(plans: StudyPlans, plan: StudyPlan, curriculum: Curriculum) -> None:
    """The cards; nothing where the plan fits."""
    options = options_of(plan, curriculum)
    if not options:
        return
    for column, option in zip(st.columns(len(options)), options, strict=True):
        with column.container(border=True, height="stretch"):
            _card(plans, option)


def _card(plans: StudyPlans, option: Option) -> None:
    st.markdown(f"{_ICONS[option.way]} **{option.heading}**")
    with st.container(height="stretch"):  # the buttons of all cards stand at one height
        st.markdown(plain_text(option.text))
    if option.button:
        st.button(
            option.button,
            key=f"way-{option.way.value}",
            width="stretch",
            on_click=attempt,
            args=(lambda: _take(plans, option),),
        )
    if option.names:
        with st.expander("Which"):
            st.markdown("\n".join(f"- {plain_text(name)}" for name in option.names))


def _take(plans: StudyPlans, option: Option) -> str:
    plan = plans.take(option.way)
    return "Your plan fits now." if plan.feasible else "Changed, but it still does not fit."

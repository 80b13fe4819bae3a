"""What is due to be practised, beside the plan.

Owns: how it looks here. Refuses: what is due (``assistant.practising``).
"""

from __future__ import annotations

import streamlit as st

from assistant.planning.wording import count_text
from assistant.study_plans import StudyPlans
from assistant.ui.practise.place import practise_link

_MOST_SHAKY = 3


def show(plans: StudyPlans) -> None:
    """Questions that are due, and topics that are done but shaky by their questions; nothing where neither is."""
    practising = plans.practising
    if practising is None:
        return
    practised = practising.look()
    found = practising.round(practised)
    shaky = plans.shaky()[:_MOST_SHAKY]
    if not found.cards and not shaky:
        return
    st.header("Practise", anchor=False)
    if found.cards:
        practise_link(f"{count_text(len(found.cards), 'question')} to practise, about {found.minutes} min", 0)
    for each in shaky:
        title = plans.study.curriculum.topics[each.topic].title
        practise_link(f"Shaky by its questions: {title}", practised.newest, each.topic)

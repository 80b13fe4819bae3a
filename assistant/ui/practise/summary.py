"""The end of a sitting.

Owns: how it looks. Refuses: counting (``assistant.practice.summary``).
"""

from __future__ import annotations

import streamlit as st

from assistant.markdown import plain_text, safe_markdown
from assistant.practice.summary import day_from_today, summary_text
from assistant.practising import Practising
from assistant.study_plans import StudyPlans
from assistant.ui.links import topic_link
from assistant.ui.plan.sittings import BY_QUESTIONS
from assistant.ui.practise import place
from assistant.ui.practise.place import MORE, Sitting
from assistant.ui.today import recording


def show(practising: Practising, sitting: Sitting, plans: StudyPlans | None) -> None:
    """What came of the sitting, what went wrong, and what comes next."""
    found = practising.summary(sitting.after)
    if found.total:
        st.header("How it went")
        st.progress(found.right / found.total, text=plain_text(summary_text(found)))
    else:
        st.markdown("Nothing was asked, so there is nothing to sum up.")
    if found.wrong:
        st.markdown("**Worth another look**")
        for card in found.wrong:
            with st.container(border=True, gap="xsmall"):
                sure = " You were sure of it." if card in found.surprises else ""
                st.markdown(f"{safe_markdown(card.question.text)}{sure}")
                topic_link(card.topic, practising.bank.topic_of(card).title, ":material/menu_book:")
    elif found.total:
        st.success("All of it right.", icon=":material/check:")
    if plans is not None and sitting.topics:
        recording.show_due(plans, sitting.topics, activities=BY_QUESTIONS)
    _next(practising, sitting)


def _next(practising: Practising, sitting: Sitting) -> None:
    practised = practising.look(sitting.topics)
    left = practising.round(practised)
    if left.cards or left.waiting:
        st.caption(f"{left.waiting + len(left.cards)} more are due. What is left comes first tomorrow.")
    elif left.next_day:
        st.caption(f"The next question is due {day_from_today(left.next_day, practising.today)}.")
    with st.container(horizontal=True):
        st.button("Done", type="primary", icon=":material/check:", on_click=place.leave)
        if left.cards or left.waiting:
            how = () if left.cards else (MORE,)
            st.button(
                "Go on", icon=":material/play_arrow:", on_click=place.begin,
                args=(practised.newest, sitting.topics or (), how),
            )  # fmt: skip

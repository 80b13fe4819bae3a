"""A card after its answer: what was right, why, where it stands in the notes, and when it comes back.

Owns: how it looks. Refuses: keeping the answer (``assistant.practising``).
"""

from __future__ import annotations

import streamlit as st

from assistant.check_questions import verdict
from assistant.markdown import plain_text, safe_markdown
from assistant.practice.cards import CardKind
from assistant.practice.summary import day_from_today
from assistant.practice_store import Confidence
from assistant.practising import Practising, Reviewed
from assistant.ui.links import topic_link
from assistant.ui.practise import place
from assistant.ui.practise.place import Sitting


def show(practising: Practising, sitting: Sitting, reviewed: Reviewed, picked: int | None, *, is_last: bool) -> None:
    """The feedback, with the way to the next card."""
    card = reviewed.card
    topic = practising.bank.topic_of(card)
    with st.container(border=True, key="practise-answer"):
        st.markdown(f"**{safe_markdown(card.question.text)}**")
        if picked is not None:
            right = next(choice.text for choice in card.question.choices if choice.right)
            told = f"Right: {right}" if reviewed.was_right else verdict(card.question, picked)
            shown, icon = (st.success, ":material/check:") if reviewed.was_right else (st.warning, ":material/close:")
            shown(safe_markdown(told), icon=icon)
        elif reviewed.was_right:
            st.success("You had it.", icon=":material/check:")
        else:
            st.warning("Not yet. It comes back soon.", icon=":material/replay:")
        if comment := _comment(reviewed):
            st.markdown(comment)
        evidence = practising.bank.evidence(card)
        if evidence is not None:
            st.markdown(f"> {safe_markdown(evidence.sentence)}")
        topic_link(card.topic, f"{topic.title}", ":material/menu_book:")
        st.caption(_comes_back(practising, reviewed))
    label = "See how it went" if is_last else "Next"
    with st.container(horizontal=True):
        st.button(label, type="primary", icon=":material/arrow_forward:", shortcut="Right", on_click=place.go_on)
        if not is_last:
            place.finish_button(sitting)


def _comment(reviewed: Reviewed) -> str:
    """What the learner's confidence and the answer say together."""
    if not reviewed.was_right and reviewed.confidence is Confidence.SURE:
        return "You were sure: such answers are worth a second look."
    if reviewed.was_right and reviewed.confidence is Confidence.GUESSING and reviewed.card.kind is not CardKind.OPEN:
        return "You were guessing, so it comes back sooner."
    return ""


def _comes_back(practising: Practising, reviewed: Reviewed) -> str:
    day = day_from_today(reviewed.next_day, practising.today)
    once_more = "" if reviewed.was_right else "Once more at the end of today, then "
    why = ", so that you have it for your deadline" if reviewed.before_deadline else ""
    text = f"{once_more}{'it ' if once_more else 'It '}comes back {day}{why}."
    return plain_text(text)

"""Thumbs under an answer, and what is wrong with it.

Owns: how they look, and keeping what is picked. Refuses: storing it (``assistant.feedback``).
"""

from __future__ import annotations

import streamlit as st

from assistant.domain import Answer
from assistant.errors import StudyError
from assistant.feedback import COMMENT_CHARS, REASON_TEXTS, Feedback, Reason, Verdict, reasons_for
from assistant.markdown import plain_text
from assistant.page_words import problem
from assistant.study import Study

_THUMBS = {Verdict.GOOD: ":material/thumb_up: Good answer", Verdict.WRONG: ":material/thumb_down: Not right"}


def show_feedback(answer: Answer, study: Study) -> None:
    """Two thumbs; after a thumb down, the reason. What was given before is shown, also after a reload."""
    if answer.id is None:
        return
    kept = study.feedback_on(answer.id)
    key = f"thumbs-{answer.id}"
    # Not as the widget's default: what is picked in this tab goes before what is stored.
    st.session_state.setdefault(key, kept.verdict if kept else None)
    st.segmented_control(
        "Was this answer right?",
        list(Verdict),
        format_func=_THUMBS.__getitem__,
        key=key,
        label_visibility="collapsed",
        on_change=_record,
        args=(answer.id, study),
    )
    if kept and kept.verdict is Verdict.WRONG:
        _ask_why(answer, answer.id, kept, study)
    if message := st.session_state.pop(f"feedback-failed-{answer.id}", ""):
        st.error(plain_text(message))


def _ask_why(answer: Answer, turn_id: int, kept: Feedback, study: Study) -> None:
    reasons = reasons_for(answer.status)
    if kept.reason and kept.reason not in reasons:
        reasons = (*reasons, kept.reason)
    text = REASON_TEXTS[kept.reason] if kept.reason else ""
    told = f"Marked: {text[0].lower()}{text[1:]}" if text else "What is wrong with it?"
    with (
        st.expander(told, icon=":material/rate_review:", expanded=kept.reason is None),
        st.form(f"why-wrong-{turn_id}", border=False),
    ):
        reason = st.radio(
            "What is wrong with it?",
            reasons,
            index=reasons.index(kept.reason) if kept.reason else 0,
            format_func=REASON_TEXTS.__getitem__,
            key=f"reason-{turn_id}",
            label_visibility="collapsed",  # the heading above says it
        )
        comment = st.text_area(
            "Anything else? (optional)", value=kept.comment, max_chars=COMMENT_CHARS, key=f"comment-{turn_id}"
        )
        if st.form_submit_button("Save", icon=":material/check:"):
            _keep_reason(turn_id, Reason(reason), comment, study)
            st.rerun()


def _record(turn_id: int, study: Study) -> None:
    picked = st.session_state.get(f"thumbs-{turn_id}")
    try:
        if picked is None:
            study.take_back(turn_id)
        else:
            study.judge(turn_id, Verdict(picked))
    except StudyError as error:
        st.session_state[f"feedback-failed-{turn_id}"] = problem(error).text


def _keep_reason(turn_id: int, reason: Reason, comment: str, study: Study) -> None:
    try:
        study.judge(turn_id, Verdict.WRONG, reason, comment)
    except StudyError as error:
        st.session_state[f"feedback-failed-{turn_id}"] = problem(error).text

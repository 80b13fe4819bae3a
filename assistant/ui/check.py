"""The question at the end of an answer, answered in place.

Owns: how it looks before and after. Refuses: choosing it (``assistant.learning``) and what is right
(``assistant.check_questions``).
"""

from __future__ import annotations

import streamlit as st

from assistant.check_questions import verdict
from assistant.domain import CheckQuestion
from assistant.errors import StudyError
from assistant.markdown import plain_text, safe_markdown
from assistant.page_words import problem
from assistant.study import Study

_RIGHT, _WRONG = "I had them", "Not yet"


def show_check(place_on_page: str, question: CheckQuestion, study: Study, *, is_named: bool = True) -> None:
    """A choice to pick from, or an open question with its key points folded away.

    ``place_on_page`` tells it from other questions of the page; ``is_named`` says what it is, where no heading does.
    """
    with st.container(border=True, key=f"check-{place_on_page}"):
        text = safe_markdown(question.text)
        st.markdown(f"**Check yourself.** {text}" if is_named else f"**{text}**")
        if question.choices:
            _choice(place_on_page, question, study)
        else:
            _open(place_on_page, question, study)


def _choice(place_on_page: str, question: CheckQuestion, study: Study) -> None:
    place = st.radio(
        question.text,
        options=range(len(question.choices)),
        index=None,
        format_func=lambda place: safe_markdown(question.choices[place].text),
        key=f"pick-{place_on_page}",
        label_visibility="collapsed",
        on_change=_record,
        args=(place_on_page, question, study),
    )
    if place is not None:
        is_right = question.choices[place].right
        shown, icon = (st.success, ":material/check:") if is_right else (st.warning, ":material/close:")
        shown(safe_markdown(verdict(question, place)), icon=icon)
    _failure(place_on_page)


def _open(place_on_page: str, question: CheckQuestion, study: Study) -> None:
    with st.expander("What a good answer says", icon=":material/checklist:"):
        st.markdown("\n".join(f"- {safe_markdown(point)}" for point in question.key_points))
        st.segmented_control(
            "Did you have these points?",
            [_RIGHT, _WRONG],
            key=f"grade-{place_on_page}",
            on_change=_grade,
            args=(place_on_page, question, study),
        )
    _failure(place_on_page)


def _record(place_on_page: str, question: CheckQuestion, study: Study) -> None:
    place = st.session_state.get(f"pick-{place_on_page}")
    if place is not None:
        try:
            study.answer_choice(question, place)
        except StudyError as error:
            st.session_state[f"failed-{place_on_page}"] = problem(error).text


def _grade(place_on_page: str, question: CheckQuestion, study: Study) -> None:
    grade = st.session_state.get(f"grade-{place_on_page}")
    if grade is not None:
        try:
            study.grade(question, was_right=grade == _RIGHT)
        except StudyError as error:
            st.session_state[f"failed-{place_on_page}"] = problem(error).text


def _failure(place_on_page: str) -> None:
    if message := st.session_state.pop(f"failed-{place_on_page}", ""):
        st.error(plain_text(message))

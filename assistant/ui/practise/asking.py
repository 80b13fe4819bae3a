"""One card: its question, its options, and how sure the learner is; the answer is not shown yet.

Owns: how a card looks before it is answered. Refuses: which card it is (``assistant.practising``) and what is shown
after (``answered``).

How sure a learner is, is asked with the buttons that hand the answer in: it costs no click of its own, and nobody can
look first.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import zip_longest

import streamlit as st

from assistant.errors import InvalidInput, StudyError
from assistant.markdown import plain_text, safe_markdown
from assistant.page_words import problem
from assistant.practice.cards import Card, CardKind
from assistant.practice.grading import Graded
from assistant.practice_store import Confidence
from assistant.practising import Asked, Practising
from assistant.ui.practise import place

Grader = Callable[[Card, str], Graded]

_BUTTONS = (
    (Confidence.SURE, "Sure", ":material/sentiment_very_satisfied:"),
    (Confidence.THINK_SO, "Think so", ":material/sentiment_neutral:"),
    (Confidence.GUESSING, "Guessing", ":material/casino:"),
)
_KIND_WORDS = {
    CardKind.CHOICE: "Pick one",
    CardKind.OPEN: "In your own words",
    CardKind.CONTRAST: "Tell them apart",
}
_SHOWN, _REVEALED = "practise_shown", "practise_revealed"


def show(practising: Practising, asked: Asked, grader: Grader | None) -> None:
    """The card; its answer is kept as soon as it is handed in."""
    card = asked.card
    name = f"{card.key}-{asked.shown_after}"
    revealed = st.session_state.get(_REVEALED)
    with st.container(border=True, key="practise-card"):
        topic = practising.bank.topic_of(card)
        where = f"{topic.module}. {practising.bank.curriculum.module(topic.module).title} · {topic.title}"
        st.caption(f"{_KIND_WORDS[card.kind]} · {plain_text(where)}")
        st.markdown(f"**{safe_markdown(card.question.text)}**")
        if card.question.choices:
            _choice(practising, asked, name)
        elif revealed is None or revealed[0] != name:
            _open(card, name)
        else:
            _grade(practising, asked, name, grader)


def _choice(practising: Practising, asked: Asked, name: str) -> None:
    choices = asked.card.question.choices
    # The form keeps its key from card to card, so that the keyboard's focus stays with the buttons.
    with st.form("practise-form", border=False, enter_to_submit=False):
        picked = st.radio(
            asked.card.question.text,
            options=range(len(choices)),
            index=None,
            format_func=lambda place: safe_markdown(choices[place].text),
            key=f"pick-{name}",
            label_visibility="collapsed",
        )
        confidence = _confidence(name)
    if confidence is not None and picked is None:
        st.warning("Pick an option first; a guess is an answer, too.", icon=":material/info:")
    elif confidence is not None and picked is not None:
        _keep(practising, asked, confidence, picked, None)


def _open(card: Card, name: str) -> None:
    # Enter would press the first button, and nobody means "sure" by that.
    with st.form("practise-form", border=False, enter_to_submit=False):
        st.text_area(
            "Your answer",
            key=f"typed-{name}",
            placeholder="Say it to yourself, or write it down",
            help="Writing it down is optional. Finding the words is what makes you remember them.",
        )
        confidence = _confidence(name)
    if confidence is not None:
        typed = str(st.session_state.get(f"typed-{name}") or "")
        st.session_state[_REVEALED] = (name, confidence, typed)
        st.rerun()


def _grade(practising: Practising, asked: Asked, name: str, grader: Grader | None) -> None:
    _, confidence, typed = st.session_state[_REVEALED]
    if typed.strip():
        st.caption("Your answer")
        st.markdown(plain_text(typed))
    graded: Graded | None = st.session_state.get(f"graded-{name}")
    st.caption("A good answer says")
    marks = [":material/check: " if said else ":material/close: " for said in graded.said] if graded else []
    points = asked.card.question.key_points
    lines = (f"- {mark}{safe_markdown(point)}" for point, mark in zip_longest(points, marks, fillvalue=""))
    st.markdown("\n".join(lines))
    if graded:
        st.caption(plain_text(graded.text))
    elif grader is not None and typed.strip():
        st.button(
            "Compare with the language model", icon=":material/fact_check:", on_click=_compare,
            args=(grader, asked.card, typed, name),
        )  # fmt: skip
    with st.container(horizontal=True):
        had = st.button("I had these points", type="primary", icon=":material/check:", shortcut="y")
        missed = st.button("Not yet", icon=":material/close:", shortcut="n")
    if had or missed:
        st.session_state.pop(_REVEALED, None)
        _keep(practising, asked, confidence, None, had)


def _compare(grader: Grader, card: Card, typed: str, name: str) -> None:
    try:
        st.session_state[f"graded-{name}"] = grader(card, typed)
    except StudyError as error:
        place.say(f"The comparison failed, so judge for yourself. {problem(error).text}")


def _confidence(name: str) -> Confidence | None:
    """The button that was pressed, if it was shown with this card: a second click was meant for the card before."""
    st.markdown("How sure are you?")
    with st.container(horizontal=True):
        pressed = [
            st.form_submit_button(label, icon=icon, key=f"practise-{confidence.value}")
            for confidence, label, icon in _BUTTONS
        ]
    was_shown = st.session_state.get(_SHOWN) == name
    st.session_state[_SHOWN] = name
    if not was_shown or True not in pressed:
        return None
    return _BUTTONS[pressed.index(True)][0]


def _keep(
    practising: Practising, asked: Asked, confidence: Confidence, picked: int | None, was_right: bool | None
) -> None:
    try:
        reviewed = practising.answer(asked, confidence, place=picked, was_right=was_right)
    except InvalidInput as error:
        place.say(problem(error).text)
        place.show_asked(None)
    else:
        place.show_answered(reviewed, picked)
    st.rerun()

"""One question with its answer, and what can be done with it: copy it, ask again, edit it, go on.

Owns: how a turn looks. Refuses: the answer's own parts (``assistant.ui.parts``) and asking (``assistant.ui.asking``).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import streamlit as st

from assistant.conversations import Turn
from assistant.domain import Answer, AnswerStatus
from assistant.export import answer_to_markdown
from assistant.markdown import plain_text, safe_markdown
from assistant.ui.asking import ask_again, ask_edited, ask_next, ask_notes, edit, is_edited
from assistant.ui.parts import show_answer

if TYPE_CHECKING:
    from assistant.service import Assistant
    from assistant.study import Study

ASSISTANT_AVATAR = ":material/school:"
_LEARNER_AVATAR = ":material/person:"
_QUESTION_CHARS = 2000


def show_question(question: str) -> None:
    """A question as the learner's message."""
    with st.chat_message("user", avatar=_LEARNER_AVATAR):
        st.markdown(safe_markdown(question))


def show_turn(turn: Turn, study: Study | None, *, is_last: bool) -> None:
    """A turn as it is recorded. The last one can be asked again, or edited, in its place."""
    if is_last and is_edited(turn):
        _edit(turn)
    else:
        show_question(turn.question)
    with st.chat_message("assistant", avatar=ASSISTANT_AVATAR):
        if turn.answer is None:
            st.caption("This answer was interrupted.")
        else:
            show_answer(turn.answer, study)
        with st.container(horizontal=True, gap="xsmall"):
            if turn.answer and turn.answer.text:
                _copy(turn.answer)
            if is_last:
                _ask_again(turn)


def show_next(assistant: Assistant, turns: Sequence[Turn]) -> None:
    """Questions to go on with after the last turn."""
    questions = assistant.next_questions(turns)
    if not questions:
        return
    with st.container():  # as one, so that nothing of it stays below the answer to the next question
        st.caption("Go on with")
        for place, question in enumerate(questions):
            st.button(
                plain_text(question),
                key=f"next-{turns[-1].id}-{place}",
                icon=":material/arrow_forward:",
                on_click=ask_next,
                args=(question,),
            )


def _edit(turn: Turn) -> None:
    key = f"edited-{turn.id}"
    with st.chat_message("user", avatar=_LEARNER_AVATAR), st.form(f"edit-{turn.id}", border=False):
        st.text_area("Your question", value=turn.question, max_chars=_QUESTION_CHARS, key=key)
        with st.container(horizontal=True):
            st.form_submit_button("Ask", type="primary", on_click=ask_edited, args=(turn, key))
            st.form_submit_button("Cancel", on_click=edit, args=(None,))


def _copy(answer: Answer) -> None:
    with st.popover("Copy", icon=":material/content_copy:", type="tertiary", key=f"copy-{answer.id}"):
        st.caption("The answer with its sources, as Markdown. The button in the corner copies it.")
        st.code(answer_to_markdown(answer), language="markdown", wrap_lines=True, height=300)


def _ask_again(turn: Turn) -> None:
    _quiet_button("Ask again", "refresh", ask_again, turn)
    _quiet_button("Edit question", "edit", edit, turn)
    answer = turn.answer
    if answer and answer.prompt_sha256 and answer.status in {AnswerStatus.FAILED, AnswerStatus.PARTIAL}:
        _quiet_button("Compose from the notes instead", "menu_book", ask_notes, turn)


def _quiet_button(label: str, icon: str, on_click: Callable[[Turn], None], turn: Turn) -> None:
    st.button(
        label,
        key=f"{icon}-{turn.id}",
        icon=f":material/{icon}:",
        type="tertiary",
        on_click=on_click,
        args=(turn,),
    )

"""The chat page: ask, watch the answer arrive, read it again after a reload."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import streamlit as st

from assistant.conversations import Turn
from assistant.domain import Answer, AnswerStatus, Finished, TextDelta, Waiting
from assistant.errors import StudyError
from assistant.markdown import plain_text, safe_markdown
from assistant.ui.conversations import sidebar
from assistant.ui.parts import show_answer
from assistant.ui.state import conversation_id

if TYPE_CHECKING:
    from assistant.service import Assistant
    from assistant.study import Study

_SUGGESTIONS = (
    "What is a circuit breaker?",
    "How do containers differ from virtual machines?",
    "When should I split a monolith?",
)
_ASSISTANT_AVATAR = ":material/school:"
_LEARNER_AVATAR = ":material/person:"
_PENDING = "pending_question"
_FROM_NOTES = "pending_from_notes"


def page(assistant: Assistant) -> None:
    """Show the conversation in the URL and answer what is asked next."""
    try:
        _show_conversation(assistant, conversation_id())
    except StudyError as error:
        st.error(error.user_message, icon=":material/error:")


def _show_conversation(assistant: Assistant, current: str) -> None:
    journal = assistant.journal
    turns = journal.turns(current) if journal else ()
    with st.bottom:
        asked = st.chat_input("Ask about the roadmap", submit_mode="stop", max_chars=2000)
        roadmap_only = st.toggle(
            "Roadmap only",
            key="roadmap_only",
            bind="query-params",
            help="Leave your own material and linked pages out of the next answers.",
        )
    question = asked or st.session_state.pop(_PENDING, None)
    sidebar(journal, current)
    st.title("Chat")
    welcome = st.empty()
    if not turns and not question:
        with welcome.container():
            _empty_state(assistant)
    study = assistant.study()
    for turn in turns:
        _show_turn(turn, study)
    last = turns[-1].answer if turns else None
    if question:
        last = _ask(assistant, current, question, roadmap_only=roadmap_only)
        if not turns:
            st.rerun()  # so that the new conversation appears in the sidebar
    if last:
        _offer_notes(last)


def _empty_state(assistant: Assistant) -> None:
    topics = len(assistant.curriculum.topics)
    st.markdown(
        f"Ask anything about the {len(assistant.curriculum.modules)} modules and {topics} topics of the roadmap. Every "
        "sentence of an answer names the passage it comes from, and what the roadmap does not cover is said so."
    )
    for suggestion in _SUGGESTIONS:
        st.button(suggestion, icon=":material/arrow_forward:", on_click=_suggest, args=(suggestion,), width="stretch")


def _suggest(question: str) -> None:
    st.session_state[_PENDING] = question


def _offer_notes(answer: Answer) -> None:
    """Where the language model has failed, the way to an answer without it."""
    if answer.prompt_sha256 and answer.status in {AnswerStatus.FAILED, AnswerStatus.PARTIAL}:
        st.button("Compose from the notes instead", icon=":material/menu_book:", on_click=_ask_notes, args=(answer,))


def _ask_notes(answer: Answer) -> None:
    st.session_state[_PENDING] = answer.question
    st.session_state[_FROM_NOTES] = True


def _show_turn(turn: Turn, study: Study | None) -> None:
    _show_question(turn.question)
    with st.chat_message("assistant", avatar=_ASSISTANT_AVATAR):
        if turn.answer is None:
            st.caption("This answer was interrupted. Ask again.")
        else:
            show_answer(turn.answer, study)


def _show_question(question: str) -> None:
    with st.chat_message("user", avatar=_LEARNER_AVATAR):
        st.markdown(safe_markdown(question))


def _ask(assistant: Assistant, current: str, question: str, *, roadmap_only: bool) -> Answer | None:
    from_notes = st.session_state.pop(_FROM_NOTES, False)
    _show_question(question)
    with st.chat_message("assistant", avatar=_ASSISTANT_AVATAR):
        streamed = st.empty()
        streamed.caption("Reading the notes …")
        answer = None
        text = ""
        # Closed even when the stop button ends this run midway: closing records what came until then.
        events = assistant.answer(question, current, roadmap_only=roadmap_only, from_notes=from_notes)
        with closing(events):
            for event in events:
                match event:
                    case Waiting() if not text:
                        streamed.caption(f"Waiting for {plain_text(assistant.writer_name)} …")
                    case Waiting():
                        streamed.markdown(safe_markdown(text))  # what is shown here does not matter, see Waiting
                    case TextDelta(text=delta):
                        text += delta
                        streamed.markdown(safe_markdown(text))
                    case Finished(answer=finished):
                        answer = finished
        streamed.empty()
        if isinstance(answer, Answer):
            show_answer(answer, assistant.study())
    return answer

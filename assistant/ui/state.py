"""What outlives a rerun: the assistant of this process, and the conversation named in the URL.

Owns: caching and the URL. Refuses: keeping the learner's data in the session, which a reload would lose.
"""

from __future__ import annotations

import logging
import threading
from importlib import import_module

import streamlit as st

from assistant.conversations import new_conversation_id
from assistant.errors import StudyError
from assistant.ingest_job import IngestJobs
from assistant.live_answers import LiveAnswers
from assistant.service import Assistant, open_assistant
from assistant.settings import load_settings

_CONVERSATION = "c"
_log = logging.getLogger(__name__)


@st.cache_resource(show_spinner=False)
def get_assistant() -> Assistant:
    """The one assistant of this process; its model loads in the background while the first page is shown.

    Raises:
        StudyError: something the assistant needs is missing or damaged.
    """
    assistant = open_assistant(load_settings())
    threading.Thread(target=_warm_up, args=(assistant,), name="warm-up", daemon=True).start()
    return assistant


@st.cache_resource(show_spinner=False)
def get_jobs() -> IngestJobs:
    """The one place of this process where ingestion runs, whichever page or tab started it."""
    return IngestJobs()


@st.cache_resource(show_spinner=False)
def get_answers() -> LiveAnswers:
    """The answers that are being written in this process, whichever page or tab asked for them."""
    return LiveAnswers()


def conversation_id() -> str:
    """The conversation in the URL, else the one this tab had open before it went to another page, else a new one."""
    if _CONVERSATION not in st.query_params:
        open_conversation(st.session_state.get(_CONVERSATION) or new_conversation_id())
    current = str(st.query_params[_CONVERSATION])
    st.session_state[_CONVERSATION] = current
    return current


def open_conversation(identifier: str) -> None:
    """Show this conversation from the next rerun on."""
    st.query_params[_CONVERSATION] = identifier


def _warm_up(assistant: Assistant) -> None:
    try:
        assistant.warm_up()
        # Once nobody waits for the first page: the next one may have a chart.
        import_module("assistant.ui.charts")
    except StudyError as error:
        # The first question meets the same error and shows it to the learner.
        _log.warning("warming up failed: %s", error.user_message)

"""An error on a page: a sentence, and the way to where it is mended.

Owns: how it looks. Refuses: its words (``assistant.page_words``).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

import streamlit as st

from assistant.errors import IndexBroken, IndexMissing, IndexStale, StudyError
from assistant.ingest_job import Job
from assistant.ingesting import build
from assistant.markdown import plain_text
from assistant.page_words import problem
from assistant.ui.links import page_of
from assistant.ui.state import get_jobs

_P = ParamSpec("_P")

_LABELS = {
    "today": "Go to Today",
    "sources": "Go to Sources",
    "plan": "Go to Plan",
    "practise": "Go to Practise",
    "chat": "Go to Chat",
    "roadmap": "Go to Roadmap",
    "settings": "Go to Settings",
}


def show_problem(error: StudyError) -> None:
    """The error with a link to the page that mends it, where there is one."""
    told = problem(error)
    st.error(plain_text(told.text), icon=":material/error:")
    if isinstance(error, IndexMissing | IndexStale | IndexBroken):
        st.button("Build the index", type="primary", icon=":material/database:", on_click=_build)
    page = page_of(told.page) if told.page else None
    if page is not None and told.page:
        st.page_link(page, label=_LABELS[told.page], icon=":material/arrow_forward:")


def show_no_journal() -> None:
    """That plans, practice and the placement test are not to be had here, and what has them."""
    st.info(
        "Plans, practice and the placement test are kept in a journal, and this assistant was started without one. "
        "Start it with `make run` to have them.",
        icon=":material/info:",
    )


def telling_problems(page: Callable[_P, None]) -> Callable[_P, None]:
    """The page, which tells an error where it would have gone on."""

    @wraps(page)
    def drawn(*args: _P.args, **kwargs: _P.kwargs) -> None:
        try:
            page(*args, **kwargs)
        except StudyError as error:
            show_problem(error)

    return drawn


def _build() -> None:
    get_jobs().start(Job("Building the index"), build(links=False))
    if sources := page_of("sources"):
        st.switch_page(sources)  # which tells how far it is

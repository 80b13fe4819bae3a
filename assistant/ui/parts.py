"""Pieces that several pages share: the wordmark and answers.

Owns: how an answer looks. Refuses: producing one.
"""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from assistant.chips import with_chips
from assistant.domain import Answer, AnswerStatus
from assistant.eval_numbers import percent
from assistant.leaning import leaning_text
from assistant.markdown import plain_text, safe_markdown
from assistant.page_words import in_page_words
from assistant.planning.wording import count_text
from assistant.refusing import caption
from assistant.study import Study
from assistant.titles import composed_from
from assistant.ui.check import show_check
from assistant.ui.citations import show_citations
from assistant.ui.feedback import show_feedback
from assistant.ui.why import show_why

_ASSETS = Path(__file__).parent / "assets"
ICON = str(_ASSETS / "icon.svg")
"""The page's icon: a file of ours, because Streamlit fetches its own icons for pages from the network."""


def wordmark() -> None:
    """The product's name, above the navigation, and what the theme cannot say."""
    st.html(_ASSETS / "theme.css")
    st.logo(str(_ASSETS / "wordmark.svg"), size="large")


def show_answer(answer: Answer, study: Study | None) -> None:
    """A finished answer with its notice and, folded so that it stays in view, its sources and how it came about.

    Then come thumbs, and what stands beside it for the learner: a question to answer in place. What they pick is
    recorded in their ``study``.
    """
    if answer.text:
        st.markdown(_with_chips(answer, safe_markdown(answer.text)))
    if answer.leaning:
        st.info(_with_chips(answer, safe_markdown(leaning_text(answer.leaning))), icon=":material/foundation:")
    if answer.notice:
        failed = answer.status is AnswerStatus.FAILED
        (st.error if failed else st.caption)(safe_markdown(in_page_words(answer.notice)))
    show_citations(answer)
    st.caption(_footer(answer))
    show_why(answer)
    if study and answer.text:
        show_feedback(answer, study)
    if answer.check and study and answer.id is not None:
        show_check(str(answer.id), answer.check, study)


def _with_chips(answer: Answer, text: str) -> str:
    """The text with the numbers of the answer's sources as links to them, once it is recorded."""
    return with_chips(text, {citation.n for citation in answer.citations}, answer.id)


def _footer(answer: Answer) -> str:
    if answer.status is AnswerStatus.REFUSED:
        return caption(answer)
    if not answer.text:
        return f"No answer by {plain_text(answer.model)} · {answer.elapsed_ms / 1000:.1f} s"
    writer = (
        f"composed from {composed_from(answer)}"
        if answer.model == "notes"
        else f"written by {plain_text(answer.model)}"
    )
    statements = f"{answer.supported} of {count_text(answer.statements, 'statement')} supported"
    parts = [statements] if answer.statements else []
    parts += [f"Confidence {percent(answer.confidence)}", writer, f"{answer.elapsed_ms / 1000:.1f} s"]
    if answer.usage:
        parts.append(f"{answer.usage.prompt_tokens:,} tokens read, {answer.usage.completion_tokens:,} written")
    return " · ".join(parts)

"""Pieces that several pages share: the wordmark, answers, and source cards.

Owns: how an answer looks. Refuses: producing one.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from assistant.domain import Answer, AnswerStatus, Citation, ScoredPassage
from assistant.markdown import plain_text, safe_markdown
from assistant.titles import passage_title

_ASSETS = Path(__file__).parent / "assets"
ICON = str(_ASSETS / "icon.svg")
"""The page's icon: a file of ours, because Streamlit fetches its own icons for pages from the network."""


def wordmark() -> None:
    """The product's name, above the navigation."""
    st.logo(str(_ASSETS / "wordmark.svg"), size="large")


def show_answer(answer: Answer) -> None:
    """A finished answer with its notice and, folded so that the answer stays in view, its sources."""
    if answer.text:
        st.markdown(safe_markdown(answer.text))
    if answer.notice:
        failed = answer.status is AnswerStatus.FAILED
        (st.error if failed else st.caption)(safe_markdown(answer.notice))
    if answer.citations:
        count = len(answer.citations)
        label = "1 source" if count == 1 else f"{count} sources"
        with st.expander(label, icon=":material/menu_book:"):
            for citation in answer.citations:
                _source_card(citation)
            _also_retrieved(answer)
    st.caption(_footer(answer))


def _source_card(citation: Citation) -> None:
    with st.container(border=True, gap=None):
        st.markdown(f"**{citation.n}** · {_path(citation.title)}")
        st.markdown(f"> {plain_text(citation.quote)}")


def _also_retrieved(answer: Answer) -> None:
    used = {citation.passage_id for citation in answer.citations}
    others: Sequence[ScoredPassage] = [scored for scored in answer.retrieved if scored.passage.id not in used]
    if others:
        titles = dict.fromkeys(_path(passage_title(scored.passage)) for scored in others)
        st.caption("Also retrieved, not used:\n" + "\n".join(f"- {title}" for title in titles))


def _path(title: str) -> str:
    return plain_text(title.replace(" > ", " › "))


def _footer(answer: Answer) -> str:
    if answer.status is AnswerStatus.REFUSED:
        return "Not covered by the roadmap"
    if not answer.text:
        return f"No answer by {plain_text(answer.model)} · {answer.elapsed_ms / 1000:.1f} s"
    writer = "composed from the notes" if answer.model == "notes" else f"written by {plain_text(answer.model)}"
    footer = f"Confidence {answer.confidence:.0%} · {writer} · {answer.elapsed_ms / 1000:.1f} s"
    if answer.usage:
        footer += f" · {answer.usage.prompt_tokens:,} tokens read, {answer.usage.completion_tokens:,} written"
    return footer

"""Cards to take along.

Owns: the buttons; a file is made when its button is clicked. Refuses: the formats (``assistant.practice``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import streamlit as st

from assistant.practice.anki import cards_to_anki
from assistant.practice.exported import DEFAULT_APP_URL, ExportedCard, exported_cards
from assistant.practice.sheet import cards_to_csv
from assistant.practising import Practising

if TYPE_CHECKING:
    from assistant.service import Assistant

_BEGUN, _ALL = "What you have begun", "The whole roadmap"


def show(assistant: Assistant, practising: Practising) -> None:
    """Two formats, of what is begun or of everything."""
    begun = practising.begun()
    with st.expander("Take the questions with you", icon=":material/download:"):
        st.markdown(
            "For Anki, or as a table. Every question leads back to its notes; importing a later file into Anki "
            "updates its cards and keeps what Anki knows of them."
        )
        which = st.radio("Which questions", [_BEGUN, _ALL], key="practise_export", horizontal=True) if begun else _ALL
        topics = begun if which == _BEGUN else tuple(assistant.curriculum.topics)

        def cards() -> tuple[ExportedCard, ...]:
            return exported_cards(practising.bank, topics, assistant.catalogue, _app_url())

        with st.container(horizontal=True):
            st.download_button(
                "Anki", lambda: cards_to_anki(cards(), practising.study.now()), file_name="roadmap.apkg",
                mime="application/octet-stream", icon=":material/style:", on_click="ignore", key="practise_apkg",
            )  # fmt: skip
            st.download_button(
                "CSV", lambda: cards_to_csv(cards()), file_name="roadmap-questions.csv", mime="text/csv",
                icon=":material/table:", on_click="ignore", key="practise_csv",
            )  # fmt: skip


def _app_url() -> str:
    """Where this app is, as the browser sees it."""
    parts = urlsplit(st.context.url or "")
    return f"{parts.scheme}://{parts.netloc}" if parts.scheme in {"http", "https"} and parts.netloc else DEFAULT_APP_URL

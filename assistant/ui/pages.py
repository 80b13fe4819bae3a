"""The pages of the app, in the order of the menu.

Owns: their names, icons and addresses. Refuses: what they show (a module or package each).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from assistant.ui import chat, evals, placement, plan, settings, sources, today
from assistant.ui.practise import page as practise
from assistant.ui.roadmap import page as roadmap
from assistant.ui.state import get_jobs

if TYPE_CHECKING:
    from streamlit.navigation.page import StreamlitPage

    from assistant.service import Assistant

_FIRST = "today"
"""The page that the app opens with."""
LAYOUT = Path(__file__).parent / "assets" / "layout.css"
"""What the theme cannot say about room and lines."""
_UNLISTED = frozenset({"placement"})


def make_pages(assistant: Assistant) -> Mapping[str, StreamlitPage]:
    """Every page by its name, which is also its address."""
    shown: Mapping[str, tuple[Callable[[], None], str]] = {
        "today": (partial(today.page, assistant), "today"),
        "chat": (partial(chat.page, assistant), "forum"),
        "plan": (partial(plan.page, assistant), "event_note"),
        "practise": (partial(practise.page, assistant), "exercise"),
        "placement": (partial(placement.page, assistant), "quiz"),
        "roadmap": (partial(roadmap.page, assistant), "map"),
        "sources": (partial(sources.page, assistant, get_jobs()), "library_books"),
        "evals": (partial(evals.page, assistant), "fact_check"),
        "settings": (partial(settings.page, assistant), "tune"),
    }
    return {
        name: st.Page(
            draw,
            title=name.capitalize(),
            icon=f":material/{icon}:",
            url_path=name,
            default=name == _FIRST,
            visibility="hidden" if name in _UNLISTED else "visible",
        )
        for name, (draw, icon) in shown.items()
    }

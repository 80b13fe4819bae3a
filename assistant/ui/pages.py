"""The pages of the app, in the order of the menu.

Owns: their names, icons and addresses. Refuses: what they show (a module or package each).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

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
        "today": (partial(_draw, "today.page", assistant), "today"),
        "chat": (partial(_draw, "chat", assistant), "forum"),
        "plan": (partial(_draw, "plan.page", assistant), "event_note"),
        "practise": (partial(_draw, "practise.page", assistant), "exercise"),
        "placement": (partial(_draw, "placement", assistant), "quiz"),
        "roadmap": (partial(_draw, "roadmap.page", assistant), "map"),
        "sources": (partial(_draw, "sources.page", assistant, get_jobs()), "library_books"),
        "evals": (partial(_draw, "evals.page", assistant), "fact_check"),
        "settings": (partial(_draw, "settings", assistant), "tune"),
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


def _draw(module: str, *arguments: object) -> None:
    """Load a page when it is first opened: charts bring pandas and Altair, which the first page can do without."""
    import_module(f"assistant.ui.{module}").page(*arguments)

"""How far a plan is, wherever it is shown.

Owns: the bar. Refuses: its words and figures (``sittings``).
"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from assistant.progress import LogEntry
from assistant.study_plans import Followed
from assistant.ui.plan.sittings import progress_text


def entries_of(followed: Followed, entries: Sequence[LogEntry]) -> list[LogEntry]:
    """The sittings of this plan among those of all plans."""
    return [entry for entry in entries if entry.plan_id == followed.id]


def show(followed: Followed, entries: Sequence[LogEntry]) -> None:
    """The bar with its words; nothing for a plan that holds nothing. ``entries`` may be those of all plans."""
    if not followed.plan.items:
        return
    studied_minutes = sum(entry.minutes for entry in entries_of(followed, entries))
    share, words = progress_text(followed.plan, followed.ledger, studied_minutes, followed.pace)
    st.progress(share, text=words)

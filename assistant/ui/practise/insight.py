"""What practice shows: how well topics are known, and whether being sure means being right.

Owns: how the two figures stand on the page. Refuses: the figures, which have a file each.
"""

from __future__ import annotations

import streamlit as st

from assistant.practising import Practised, Practising
from assistant.ui.charts import ink
from assistant.ui.figures import show_figure
from assistant.ui.practise import mastery, sureness


def show(practising: Practising, practised: Practised) -> None:
    """Both figures, one in each tab; only the open one is computed."""
    color = ink(is_dark=st.context.theme.type == "dark")
    known, sure = st.tabs(["What you know", "When you are sure"], key="practise_view", on_change="rerun")
    if known.open:
        with known:
            topics = list(dict.fromkeys(card.topic for card in practised.cards))
            found = practising.mastery(practised, topics)
            show_figure(mastery.figure(practising.bank.curriculum, found.values(), color))
    if sure.open:
        with sure:
            show_figure(sureness.figure(*practising.calibration(practised), color))

"""A table of sources with its filters.

Owns: how rows are filtered and drawn. Refuses: making them (``rows``).
"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from assistant.ui.sources.rows import Row, matching, statuses

_FEW = 6
"""Up to this many rows no filter is needed."""


def filtered(rows: Sequence[Row], key: str) -> list[Row]:
    """The rows a learner wants to see; the filters are shown where there are many."""
    if len(rows) <= _FEW:
        return list(rows)
    found = statuses(rows)
    left, right = st.columns([2, 3], vertical_alignment="center")
    text = left.text_input(
        "Filter", placeholder="Filter by name or topic", key=f"{key}-text", label_visibility="collapsed"
    )
    wanted = right.pills(
        "Status",
        list(found),
        selection_mode="multi",
        format_func=lambda status: f"{status} {found[status]:,}",
        key=f"{key}-status",
        label_visibility="collapsed",
    )
    kept = matching(rows, text or "", list(wanted or ()))
    if not kept:
        st.caption("Nothing matches. Change the filter to see the others.")
    return kept


def own_table(rows: Sequence[Row], key: str) -> list[int]:
    """The learner's sources; returns the numbers of the rows that are selected."""
    if not rows:
        return []
    state = st.dataframe(
        [
            {"Name": row.name, "Status": row.status, "Passages": row.chunks, "Topics or reason": row.about,
             "From": row.place} for row in rows
        ],
        hide_index=True,
        column_config={
            "Name": st.column_config.TextColumn(width=180),
            "Status": st.column_config.TextColumn(width=80),
            "Passages": st.column_config.NumberColumn(width=85, format="localized"),
            "Topics or reason": st.column_config.TextColumn(width=240),
            "From": st.column_config.TextColumn(width=90),
        },
        placeholder="",
        key=key,
        on_select="rerun",
        selection_mode="multi-row",
        alt="Your sources with their status",
    )  # fmt: skip
    return list(state["selection"]["rows"])


def linked_table(rows: Sequence[Row]) -> None:
    """The linked resources, each with its link; how many passages they have only where one was fetched."""
    if not rows:
        return
    is_fetched = any(row.chunks is not None for row in rows)
    st.dataframe(
        [
            {"Title": row.name, "Link": row.url, "Status": row.status, "Topics or reason": row.about,
             "Kind": row.place, **({"Passages": row.chunks} if is_fetched else {})} for row in rows
        ],
        hide_index=True,
        column_config={
            "Title": st.column_config.TextColumn(width=230 if is_fetched else 250),
            "Link": st.column_config.LinkColumn(width=55, display_text="Open", validate="^https?://"),
            "Status": st.column_config.TextColumn(width=95),
            "Topics or reason": st.column_config.TextColumn(width=185 if is_fetched else 235),
            "Kind": st.column_config.TextColumn(width=70),
            "Passages": st.column_config.NumberColumn(width=85, format="localized"),
        },
        placeholder="",
        height=480,
        alt="Linked resources with their status",
    )  # fmt: skip

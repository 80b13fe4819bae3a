"""The learner's own sources: the list, reading them again, and taking some out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from assistant.ingest_job import IngestJobs, Job
from assistant.ingesting import build, remove
from assistant.markdown import plain_text
from assistant.material import Material
from assistant.ui.sources.rows import own_rows, removal_lines, roots_of
from assistant.ui.sources.tables import filtered, own_table
from assistant.ui.sources.wording import counted, short_name
from assistant.uploads import discard_uploads

if TYPE_CHECKING:
    from assistant.service import Assistant

_MOST_LINES = 10


def show(assistant: Assistant, jobs: IngestJobs, material: Material, busy: bool) -> None:
    """The list with its actions; nothing while it is empty."""
    if not material.own:
        return
    st.header("What you added")
    rows = own_rows(material.own, assistant.curriculum, assistant.home)
    shown = filtered(rows, "own")
    # Row numbers mean other sources after a change, so the selection is dropped with it.
    selected = own_table(shown, f"own-{hash(tuple(shown))}")
    roots = roots_of(shown, selected)
    _actions(assistant, jobs, material, roots, busy)


def _actions(assistant: Assistant, jobs: IngestJobs, material: Material, roots: Sequence[str], busy: bool) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button(
            "Read again",
            icon=":material/refresh:",
            disabled=busy,
            help="Reads your files and folders again: new and changed ones are indexed, deleted ones disappear.",
        ):
            files = sum("://" not in item.source.root for item in material.own)
            jobs.start(Job("Reading your files again", files), build(links=False))
            st.rerun()
        if st.button("Remove …", icon=":material/delete:", disabled=busy or not roots):
            _confirm_removal(assistant, jobs, material, roots)
        if not roots:
            st.caption("Select rows to remove them.")


@st.dialog("Remove from your material?")
def _confirm_removal(assistant: Assistant, jobs: IngestJobs, material: Material, roots: Sequence[str]) -> None:
    lines = removal_lines(roots, material.own, assistant.home)
    st.markdown("\n".join(f"- {plain_text(line)}" for line in lines[:_MOST_LINES]))
    if len(lines) > _MOST_LINES:
        st.markdown(f"and {len(lines) - _MOST_LINES:,} more.")
    with st.container(horizontal=True):
        if st.button("Remove", type="primary", on_click=_remove, args=(jobs, roots, assistant.home)):
            st.rerun()
        if st.button("Keep"):
            st.rerun()


def _remove(jobs: IngestJobs, roots: Sequence[str], home: Path) -> None:
    title = f"Removing {short_name(roots[0]) if len(roots) == 1 else counted(len(roots), 'source')}"
    jobs.start(Job(title, len(roots)), remove(roots), lambda: discard_uploads(home, roots))

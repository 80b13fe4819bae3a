"""The sources page: what is indexed in one line, the run that goes on, and one of three views.

Owns: the page's frame. Refuses: the parts, which have a file each.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from assistant.ingest_job import IngestJobs, Job
from assistant.ingesting import build
from assistant.material import Material, corpus_summary
from assistant.ui.problems import telling_problems
from assistant.ui.sources import activity, adding, linked, own, searching

if TYPE_CHECKING:
    from assistant.service import Assistant

_OWN, _LINKED, _SEARCH = "Your material", "Links", "Search"

_NOTHING_YET = (
    "Nothing of your own yet. Upload a PDF or your notes: they are cut into passages, matched to the roadmap's topics, "
    "and cited in answers like the roadmap's own notes."
)


@telling_problems
def page(assistant: Assistant, jobs: IngestJobs) -> None:
    """Show what there is and how to add to it."""
    st.title("Sources")
    material = assistant.sources()
    st.caption(corpus_summary(material.chunks))
    job = jobs.latest()
    if job is not None:
        activity.show(jobs, job)
    busy = job is not None and job.running
    if not material.chunks and not busy:
        _offer_first_build(jobs)
        return
    _view(assistant, jobs, material, busy)


def _view(assistant: Assistant, jobs: IngestJobs, material: Material, busy: bool) -> None:
    view = st.segmented_control(
        "View",
        [_OWN, _LINKED, _SEARCH],
        default=_OWN,
        required=True,
        key="show",
        bind="query-params",
        label_visibility="collapsed",
    )
    if view == _SEARCH:
        searching.show(assistant)
    elif view == _LINKED:
        linked.show(assistant, jobs, material, busy)
    else:
        if not material.own and not busy:
            st.markdown(_NOTHING_YET)
        adding.show(assistant, jobs, busy)
        own.show(assistant, jobs, material, busy)


def _offer_first_build(jobs: IngestJobs) -> None:
    st.markdown("The roadmap and its notes have to be indexed once before they can be asked about or searched.")
    if st.button("Build the index", type="primary", icon=":material/database:"):
        jobs.start(Job("Building the index"), build(links=False))
        st.rerun()

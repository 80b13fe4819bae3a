"""The catalogue of linked resources: the list, and fetching it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from assistant.ingest_job import IngestJobs, Job
from assistant.ingesting import build
from assistant.material import Material
from assistant.ui.sources.rows import linked_rows
from assistant.ui.sources.tables import filtered, linked_table
from assistant.ui.sources.wording import counted

if TYPE_CHECKING:
    from assistant.service import Assistant


def show(assistant: Assistant, jobs: IngestJobs, material: Material, busy: bool) -> None:
    """What fetching does, said before it is done; then the list."""
    number = len(material.linked)
    if not number:
        st.markdown("This roadmap has no linked resources.")
        return
    st.markdown(
        f"{counted(number, 'page')} chosen for the roadmap's topics. Read them online, or fetch them so that they can "
        "be searched and cited, too."
    )
    if st.button("Fetch linked resources …", icon=":material/cloud_download:", disabled=busy):
        _confirm_fetch(jobs, material)
    linked_table(filtered(linked_rows(material.linked, assistant.curriculum), "linked"))


@st.dialog("Fetch linked resources?")
def _confirm_fetch(jobs: IngestJobs, material: Material) -> None:
    hosts = len({item.resource.url.split("/")[2] for item in material.linked})
    st.markdown(
        f"This asks {counted(hosts, 'public site')} for {counted(len(material.linked), 'page')}, slowly and politely, "
        "and reads your own files and pages again. It takes from a few minutes to half an hour and goes on in the "
        "background. A page that cannot be reached is listed as failed with its reason; nothing else changes."
    )
    with st.container(horizontal=True):
        if st.button("Fetch", type="primary", on_click=_fetch, args=(jobs, len(material.linked) + len(material.own))):
            st.rerun()
        if st.button("Not now"):
            st.rerun()


def _fetch(jobs: IngestJobs, sources: int) -> None:
    jobs.start(Job("Fetching linked resources", sources), build(links=True))

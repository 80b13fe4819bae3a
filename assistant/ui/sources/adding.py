"""Adding material: uploads, pages by their address, a folder of this machine.

Owns: the three forms. Refuses: reading anything; a run in the background does.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from assistant.ingest_job import IngestJobs, Job
from assistant.ingesting import add
from assistant.markdown import plain_text
from assistant.ui.sources.wording import counted, web_addresses
from assistant.uploads import SUFFIXES, store_upload

if TYPE_CHECKING:
    from assistant.service import Assistant

_FORMS = "forms_sent"
"""How many forms were sent; part of their keys, so that a sent form comes back empty."""


def show(assistant: Assistant, jobs: IngestJobs, busy: bool) -> None:
    """The forms, each with its own button; all rest while a run goes on."""
    files, pages, folder = st.tabs(["Upload files", "Web pages", "Folder"], key="way")
    with files:
        _upload(assistant, jobs, busy)
    with pages:
        _pages(jobs, busy)
    with folder:
        _folder(jobs, busy)


def _upload(assistant: Assistant, jobs: IngestJobs, busy: bool) -> None:
    uploads = st.file_uploader(
        f"PDF, Word, Markdown, text, HTML, EPUB or notebooks, up to {st.get_option('server.maxUploadSize')} MB each. "
        "They stay on this machine.",
        type=list(SUFFIXES),
        accept_multiple_files=True,
        key=f"upload-{_sent()}",
        disabled=busy,
    )
    label = f"Add {counted(len(uploads), 'file')}" if uploads else "Add files"
    if st.button(label, type="primary", disabled=busy or not uploads):
        # Stored before the run begins, and harmless if one has begun in another tab: the same file is kept once.
        paths = [str(store_upload(assistant.home, upload.name, upload.getvalue())) for upload in uploads]
        _begin(jobs, f"Adding {counted(len(paths), 'file')}", paths, expected=len(paths))


def _pages(jobs: IngestJobs, busy: bool) -> None:
    with st.form(f"pages-{_sent()}", border=False):
        text = st.text_area(
            "Addresses, one on each line",
            placeholder="https://martinfowler.com/bliki/CircuitBreaker.html",
            help="Each page is fetched once now, and again when you choose to fetch linked resources.",
            disabled=busy,
        )
        if not st.form_submit_button("Add pages", type="primary", disabled=busy):
            return
    good, bad = web_addresses(text)
    if bad:
        st.warning(
            f"Not a web address: {plain_text(bad[0])}. Write it as `https://example.org/page`, one on each line."
        )
    elif not good:
        st.warning("Enter at least one address, such as `https://example.org/page`.")
    else:
        _begin(jobs, f"Adding {counted(len(good), 'page')}", good, expected=len(good))


def _folder(jobs: IngestJobs, busy: bool) -> None:
    with st.form(f"folder-{_sent()}", border=False):
        text = st.text_input(
            "Path of a folder on this machine, for example an Obsidian vault",
            placeholder="~/notes",
            help="Its files stay where they are. “Read again” notices what has changed in them.",
            disabled=busy,
        ).strip()
        if not st.form_submit_button("Add folder", type="primary", disabled=busy):
            return
    path = Path(text).expanduser()
    if not text or not path.is_absolute():
        st.warning("Enter the whole path, beginning with / or ~.")
    elif not path.exists():
        st.warning(f"There is no folder at {plain_text(str(path))}. Check the path and try again.")
    else:
        _begin(jobs, f"Adding {path.name or path}", [str(path.resolve())])


def _begin(jobs: IngestJobs, title: str, locations: list[str] | tuple[str, ...], expected: int = 0) -> None:
    if jobs.start(Job(title, expected), add(locations)):
        st.session_state[_FORMS] = _sent() + 1
    st.rerun()


def _sent() -> int:
    return int(st.session_state.get(_FORMS, 0))

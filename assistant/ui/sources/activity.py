"""The run that goes on, or the one that ended last.

Owns: a bar, the latest lines, and the outcome, which stays until it is dismissed. Refuses: starting runs.
"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from assistant.ingest_job import IngestJobs, Job
from assistant.ingesting import Failed, SourceRead
from assistant.markdown import plain_text
from assistant.ui.sources.wording import counted, is_good, outcome_of_job, progress_of, short_name

_POLL_S = 0.7
_LATEST = 5
_MOST_LINES = 200


def show(jobs: IngestJobs, job: Job) -> None:
    """Draw it; while it goes on it draws itself again."""
    if job.running:
        st.fragment(run_every=_POLL_S)(_watch)(jobs)
    else:
        _over(jobs, job)


def _watch(jobs: IngestJobs) -> None:
    job = jobs.latest()
    if job is None or not job.running:
        st.rerun()
        return
    with st.container(border=True):
        share, doing = progress_of(job)
        st.markdown(f"**{plain_text(job.title)}**")
        st.progress(share, text=doing)
        _lines(job.sources[-_LATEST:])
        st.caption("This goes on when you leave the page. Until it is done, answers come from the index as it was.")


def _over(jobs: IngestJobs, job: Job) -> None:
    attention = [source for source in job.sources if not is_good(source.outcome)]
    sentence = f"**{plain_text(job.title)}** · {plain_text(outcome_of_job(job))}"
    with st.container(border=True):
        if isinstance(job.end, Failed):
            st.error(sentence, icon=":material/error:")
        elif attention:
            st.warning(sentence, icon=":material/warning:")
        else:
            st.success(sentence, icon=":material/check_circle:")
        ordered = [*attention, *(source for source in job.sources if is_good(source.outcome))]
        if len(ordered) <= _LATEST:
            _lines(ordered)
        else:
            with st.expander(counted(len(ordered), "source")):
                _lines(ordered[:_MOST_LINES])
                if len(ordered) > _MOST_LINES:
                    st.caption(f"{len(ordered) - _MOST_LINES:,} more are in the list below.")
        if any("://" in source.source for source in attention):
            st.caption("A page is tried again when you add it again or fetch the linked resources.")
        if st.button("Dismiss", type="tertiary", icon=":material/close:"):
            jobs.dismiss()
            st.rerun()


def _lines(sources: Sequence[SourceRead]) -> None:
    if sources:
        st.markdown("\\\n".join(_line(source) for source in sources))


def _line(source: SourceRead) -> str:
    icon = ":green[:material/check:]" if is_good(source.outcome) else ":orange[:material/warning:]"
    return f"{icon} {plain_text(short_name(source.source))} · {plain_text(source.outcome)}"

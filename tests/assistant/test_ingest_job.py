"""One run at a time, seen from every thread."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence

import pytest

from assistant.ingest_job import IngestJobs, Job
from assistant.ingesting import Embedding, Event, Failed, Report, SourceRead

READ = SourceRead("/a.md", "indexed 1 chunk")
DONE = Report(1, 1, published=True)
TIMEOUT_S = 10


class Script:
    """Events that wait for their cue."""

    def __init__(self, *events: Event) -> None:
        self.events = events
        self.cue = threading.Event()
        self.started: list[Sequence[str]] = []

    def run(self, arguments: Sequence[str]) -> Iterator[Event]:
        self.started.append(arguments)
        assert self.cue.wait(TIMEOUT_S)
        yield from self.events


def finish(jobs: IngestJobs, script: Script) -> Job:
    script.cue.set()
    for thread in threading.enumerate():
        if thread.name == "ingest":
            thread.join(TIMEOUT_S)
    job = jobs.latest()
    assert job is not None
    return job


def test_run_is_followed_to_its_end_and_dismissed() -> None:
    script = Script(READ, Embedding(0, 1), Embedding(1, 1), DONE)
    jobs = IngestJobs(script.run)
    assert jobs.latest() is None
    assert jobs.start(Job("Adding 1 file", 1), ["add"])
    assert jobs.latest() == Job("Adding 1 file", 1)
    jobs.dismiss()
    assert jobs.latest() is not None
    assert finish(jobs, script) == Job("Adding 1 file", 1, (READ,), Embedding(1, 1), DONE)
    jobs.dismiss()
    assert jobs.latest() is None


def test_second_run_waits_for_its_turn() -> None:
    script = Script(DONE)
    jobs = IngestJobs(script.run)
    assert jobs.start(Job("first"), ["first"])
    assert not jobs.start(Job("second"), ["second"])
    assert finish(jobs, script).title == "first"
    assert jobs.start(Job("third"), ["third"])
    assert finish(jobs, script).title == "third"
    assert script.started == [["first"], ["third"]]


@pytest.mark.parametrize(("end", "calls"), [(DONE, 1), (Failed("No."), 0)])
def test_only_success_is_followed_up(end: Event, calls: int) -> None:
    called: list[bool] = []
    script = Script(end)
    jobs = IngestJobs(script.run)
    jobs.start(Job("Removing a.md"), ["remove"], lambda: called.append(True))
    assert finish(jobs, script).end == end
    assert len(called) == calls


def test_listener_that_breaks_does_not_leave_the_page_waiting() -> None:
    jobs = IngestJobs(_silent)
    jobs.start(Job("Adding"), ["add"])
    job = finish(jobs, Script())
    assert isinstance(job.end, Failed)
    assert job.end.message.startswith("Ingestion was lost from sight.")


def test_process_that_is_slow_to_end_does_not_touch_the_next_run() -> None:
    ended, cue = threading.Event(), threading.Event()

    def run(arguments: Sequence[str]) -> Iterator[Event]:
        yield DONE
        if arguments == ["first"]:
            ended.set()
            assert cue.wait(TIMEOUT_S)

    jobs = IngestJobs(run)
    jobs.start(Job("first"), ["first"])
    assert ended.wait(TIMEOUT_S)
    script = Script(DONE)
    jobs._run = script.run
    assert jobs.start(Job("second"), ["second"])
    cue.set()
    next(thread for thread in threading.enumerate() if thread.name == "ingest").join(TIMEOUT_S)
    assert jobs.latest() == Job("second")
    assert finish(jobs, script).end == DONE


def _silent(_arguments: Sequence[str]) -> Iterator[Event]:
    return iter(())

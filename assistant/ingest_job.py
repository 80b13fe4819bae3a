"""Ingestion in the background of the app: one run at a time, watched from any tab, outliving the page that began it.

Owns: the thread that listens, and what has been heard so far. Refuses: starting processes (``assistant.ingesting``)
and words for the screen.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.ingesting import Embedding, Event, Failed, Report, SourceRead, run_ingest

_LOST = "Ingestion was lost from sight. Look at the list below, and start again if something is missing."

Run = Callable[[Sequence[str]], Iterator[Event]]


@dataclass(frozen=True, slots=True)
class Job:
    """A run as far as it got.

    ``title`` says what it is for ("Adding 3 files"); ``expected`` is how many sources will be told of, 0 where nobody
    knows; ``embedding`` is None until the sources are read, and ``end`` until the run is over.
    """

    title: str
    expected: int = 0
    sources: tuple[SourceRead, ...] = ()
    embedding: Embedding | None = None
    end: Report | Failed | None = None

    @property
    def running(self) -> bool:
        """Whether it goes on."""
        return self.end is None

    def after(self, event: Event) -> Job:
        """The job once this was heard."""
        match event:
            case SourceRead():
                return replace(self, sources=(*self.sources, event))
            case Embedding():
                return replace(self, embedding=event)
            case Report() | Failed():
                return replace(self, end=event)


class IngestJobs:
    """The run of this process, if there is one, or the one before. Safe to share between threads."""

    def __init__(self, run: Run = run_ingest) -> None:
        self._run = run
        self._lock = threading.Lock()
        self._job: Job | None = None

    def latest(self) -> Job | None:
        """The run that goes on or ended last, unless it was dismissed."""
        with self._lock:
            return self._job

    def start(self, job: Job, arguments: Sequence[str], on_success: Callable[[], None] = lambda: None) -> bool:
        """Begin a run; False, and nothing happens, while another one goes on.

        ``on_success`` is called once the run has published, before the job counts as over.
        """
        with self._lock:
            if self._job is not None and self._job.running:
                return False
            self._job = job
        threading.Thread(target=self._listen, args=(job, arguments, on_success), name="ingest", daemon=True).start()
        return True

    def dismiss(self) -> None:
        """Forget a run that is over."""
        with self._lock:
            if self._job is not None and not self._job.running:
                self._job = None

    def _listen(self, job: Job, arguments: Sequence[str], on_success: Callable[[], None]) -> None:
        try:
            for event in self._run(arguments):
                if isinstance(event, Report):
                    on_success()
                job = self._become(job, job.after(event))
        finally:
            # Whatever went wrong here, the page must not wait for ever.
            if job.running:
                self._become(job, job.after(Failed(_LOST)))

    def _become(self, old: Job, new: Job) -> Job:
        with self._lock:
            # A process takes its time to end after its last event, and the next run may have begun by then.
            if self._job is old:
                self._job = new
        return new

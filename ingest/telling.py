"""How a build is told while it runs: to people, as one JSON object, or as events for a program.

Owns: the words and the shape of every line. Refuses: doing any of the work.

Events are JSON lines on stdout, of five kinds; ``stage``, ``source`` and ``progress`` come while the work goes on, and
either ``report`` or ``error`` is the last:

    {"event": "stage", "name": "Embedding"}     what begins now, of what may take more than a second
    {"event": "source", "source": "/notes/a.md", "outcome": "indexed 3 chunks"}
    {"event": "progress", "stage": "Embedding", "done": 64, "total": 130}     within a stage: texts, vectors
    {"event": "report", "sources": 45, "chunks": 4529, ...}     the fields of ``BuildReport``
    {"event": "error", "message": "Another build is running ..."}
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from typing import Protocol

from rich.console import Console
from rich.progress import Progress as Bar
from rich.progress import TaskID

from assistant.console import err, out, print_json, progress_bar
from assistant.errors import StudyError
from ingest.pipeline import BuildReport
from ingest.progress import OnStage, Progress
from ingest.results import OnSource, SourceResult


class Teller(Protocol):
    """Told what happens, in order."""

    @property
    def source(self) -> OnSource:
        """Called with each source's outcome."""

    @property
    def progress(self) -> Progress:
        """Called with how many chunks are embedded."""

    @property
    def stage(self) -> OnStage:
        """Called with the name of what begins."""

    def report(self, report: BuildReport) -> None:
        """The work is done."""

    def error(self, error: StudyError) -> None:
        """The work failed; the error is raised on after this."""


@dataclass(slots=True)
class _Terminal:
    """Source lines and a progress bar for the stage; ``report_line`` says how the end is told."""

    lines: Console
    bar: Bar
    report_line: Callable[[BuildReport], None]
    _task: TaskID | None = None

    def source(self, result: SourceResult) -> None:
        if self._task is not None:
            self.bar.update(self._task, advance=1)
        self.lines.print(f"{result.source}: {result.outcome}", markup=False, soft_wrap=True)

    def progress(self, done: int, total: int) -> None:
        if self._task is not None:
            self.bar.update(self._task, completed=done, total=total)

    def stage(self, name: str) -> None:
        if self._task is not None:
            self.bar.remove_task(self._task)  # a task cannot go back to an unknown total
        self._task = self.bar.add_task(name, total=None)

    def report(self, report: BuildReport) -> None:
        self.report_line(report)

    def error(self, error: StudyError) -> None:
        """Say nothing: whoever runs the command does."""


@dataclass(slots=True)
class _Events:
    """One JSON object a line. When the reader goes away, the work goes on untold."""

    _open: bool = field(default=True)
    _stage: str = ""

    def source(self, result: SourceResult) -> None:
        self._tell("source", asdict(result))

    def progress(self, done: int, total: int) -> None:
        self._tell("progress", {"stage": self._stage, "done": done, "total": total})

    def stage(self, name: str) -> None:
        self._stage = name
        self._tell("stage", {"name": name})

    def report(self, report: BuildReport) -> None:
        self._tell("report", asdict(report))

    def error(self, error: StudyError) -> None:
        self._tell("error", {"message": error.user_message})

    def _tell(self, event: str, fields: dict[str, object]) -> None:
        if not self._open:
            return
        try:
            # ASCII, because a path may hold bytes that no encoding of stdout has.
            sys.stdout.write(json.dumps({"event": event, **fields}) + "\n")
            sys.stdout.flush()
        except BrokenPipeError:
            self._open = False
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@contextmanager
def telling(*, as_json: bool, as_events: bool) -> Iterator[Teller]:
    """A teller for the options of a command; events exclude everything else."""
    if as_events:
        yield _Events()
        return
    # Under a bar the lines must go through the bar's own console. Elsewhere they are results, unless JSON is.
    lines = err if as_json or (out.is_terminal and err.is_terminal) else out
    report_line = (lambda report: print_json(asdict(report))) if as_json else _print_report
    with progress_bar() as bar:
        yield _Terminal(lines, bar, report_line)


def _print_report(report: BuildReport) -> None:
    if report.published:
        out.print(
            f"Published {report.generation}: {report.chunks} chunks from {report.sources} sources"
            f" ({report.embedded} embedded, {report.reused} reused)."
        )
    else:
        out.print(f"Unchanged: {report.chunks} chunks from {report.sources} sources, nothing embedded.")

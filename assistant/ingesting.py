"""``python -m ingest`` as the app runs it: a command line in, typed events out.

Owns: the one place that knows how ingestion is started and what its events look like. It runs as a process of its own,
so that neither its memory nor its crashes are the app's. Refuses: knowing what ingestion does, and keeping events
(``assistant.ingest_job``).
"""

from __future__ import annotations

import json
import logging
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

_ROOT = Path(__file__).resolve().parent.parent
_DIED = "Ingestion stopped before it was done (exit code {code}). What was read is kept; start again to go on."
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class SourceRead:
    """One source and what became of it: ``indexed 41 chunks``, ``unchanged``, ``failed: 404`` ..."""

    source: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Embedding:
    """``done`` of ``total`` new chunks have their embedding."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Report:
    """The last event of a run that worked: the index now holds ``chunks``, ``embedded`` of them new."""

    chunks: int
    embedded: int
    published: bool


@dataclass(frozen=True, slots=True)
class Failed:
    """The last event of a run that did not work, with a sentence for the learner."""

    message: str


Event = SourceRead | Embedding | Report | Failed


def add(locations: Sequence[str]) -> tuple[str, ...]:
    """The arguments that add files, folders (as absolute paths) and web addresses."""
    return ("add", "--events", "--no-wait", "--", *locations)


def remove(names: Sequence[str]) -> tuple[str, ...]:
    """The arguments that forget sources, by what was added."""
    return ("remove", "--events", "--no-wait", "--", *names)


def build(*, links: bool) -> tuple[str, ...]:
    """The arguments that read everything again; with ``links`` also every page."""
    return ("build", "--events", "--no-wait", *(["--links"] if links else []))


def run_ingest(arguments: Sequence[str]) -> Iterator[Event]:
    """Run ingestion and yield its events; the last one is always a ``Report`` or a ``Failed``.

    It reads the same environment as this process.
    """
    last: Event | None = None
    # A file, because a pipe that nobody reads would fill up and hold the process.
    with tempfile.TemporaryFile() as errors:
        try:
            process = subprocess.Popen(  # noqa: S603 - our own program; what learners type stands after "--"
                [sys.executable, "-m", "ingest", *arguments],
                cwd=_ROOT,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=errors,
                encoding="utf-8",
                errors="replace",
            )
        except OSError as error:
            yield Failed(f"Ingestion could not be started: {error.strerror}. Try again.")
            return
        with process:
            for line in process.stdout or ():
                last = parse_event(line)
                if last is not None:
                    yield last
        if not isinstance(last, (Report, Failed)):
            errors.seek(0)
            _log.error("ingest %s: %s", arguments, errors.read().decode(errors="replace"))
            yield Failed(_DIED.format(code=process.returncode))


def parse_event(line: str) -> Event | None:
    """The event of a line, or None for what is not one that we know."""
    try:
        match json.loads(line):
            case {"event": "source", "source": str(source), "outcome": str(outcome)}:
                return SourceRead(source, outcome)
            case {"event": "progress", "stage": "Embedding", "done": int(done), "total": int(total)}:
                return Embedding(done, total)
            case {"event": "report", "chunks": int(chunks), "embedded": int(embedded), "published": bool(published)}:
                return Report(chunks, embedded, published)
            case {"event": "error", "message": str(message)}:
                return Failed(message)
    except ValueError:
        _log.warning("not an event: %r", line)
    return None

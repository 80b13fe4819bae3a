"""What may keep the program from working, one check at a time, each with what to do.

Owns: the checks. Refuses: mending anything, and printing.
"""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from enum import StrEnum

from assistant.embedding import load_embedder
from assistant.errors import StudyError
from assistant.generation import read_manifest, require_current_generation
from assistant.index import Index
from assistant.journal import Journal
from assistant.planning.wording import count_text
from assistant.preflight import python_problem
from assistant.probing import configured_model, probe
from assistant.settings import Settings

PUBLISHED_WEIGHTS = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""sha256 of all-MiniLM-L6-v2's model.safetensors as its makers published it."""
_LEAST_FREE_GB = 1.0


class State(StrEnum):
    """How a check ended; ``SKIPPED`` does not apply here."""

    FINE = "fine"
    PROBLEM = "problem"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Finding:
    """One check: what was looked at, how it ended, and a sentence on what was found or what to do."""

    check: str
    state: State
    sentence: str


def examine(settings: Settings) -> Iterator[Finding]:
    """Every check in order; none depends on another."""
    for name, check in _CHECKS.items():
        try:
            yield Finding(name, *check(settings))
        except StudyError as error:
            yield Finding(name, State.PROBLEM, error.user_message)


_Outcome = tuple[State, str]


def _python(_settings: Settings) -> _Outcome:
    problem = python_problem(tuple(sys.version_info[:3]))
    version = ".".join(map(str, sys.version_info[:3]))
    return (State.PROBLEM, problem) if problem else (State.FINE, f"Python {version}")


def _sqlite(_settings: Settings) -> _Outcome:
    with closing(sqlite3.connect(":memory:")) as database:
        try:
            database.execute("CREATE VIRTUAL TABLE t USING fts5 (x)")
            database.execute("CREATE TABLE s (x INTEGER) STRICT")
        except sqlite3.OperationalError as error:
            return State.PROBLEM, (
                f"This Python's SQLite {sqlite3.sqlite_version} lacks what is needed ({error}). Use a Python from "
                "python.org or your system's packages: make clean, then make run PYTHON=/path/to/python3"
            )
    return State.FINE, f"SQLite {sqlite3.sqlite_version} with full-text search"


def _disk(settings: Settings) -> _Outcome:
    place = next(path for path in (settings.home, *settings.home.parents) if path.exists())
    free_gb = shutil.disk_usage(place).free / 1e9
    if free_gb < _LEAST_FREE_GB:
        return State.PROBLEM, f"Only {free_gb:.1f} GB are free at {settings.home}. Free some, or set STUDY_HOME."
    return State.FINE, f"{free_gb:.0f} GB free at {settings.home}"


def _embedding(settings: Settings) -> _Outcome:
    embedder = load_embedder(settings.embedding_model_dir, settings.home)
    if settings.embedding_model_dir is not None:
        return State.FINE, f"your own model in {settings.embedding_model_dir}"
    weights = embedder.model_dir / "model.safetensors"
    with weights.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    if digest != PUBLISHED_WEIGHTS:
        return State.PROBLEM, f"{weights} is not the published model. Install again: make clean, then make run"
    return State.FINE, "all-MiniLM-L6-v2, as published"


def _index(settings: Settings) -> _Outcome:
    generation = require_current_generation(settings.index_dir)
    fingerprint = load_embedder(settings.embedding_model_dir, settings.home).fingerprint
    with closing(Index(generation, fingerprint)):
        manifest = read_manifest(generation)
    count = sum(manifest.count(partition) for partition in manifest.partitions)
    return State.FINE, f"{generation.name} with {count:,} passages; prove it whole with: python -m ingest verify"


def _journal(settings: Settings) -> _Outcome:
    if not settings.journal_path.is_file():
        return State.FINE, "nothing is recorded yet"
    with closing(Journal(settings.journal_path)) as journal:
        everyone = journal.learners.all()
        conversations, learners = sum(len(journal.of(each.name).conversations()) for each in everyone), len(everyone)
        (row,) = journal.file.rows("PRAGMA quick_check")
    if row[0] != "ok":
        return State.PROBLEM, f"{settings.journal_path} is damaged. Save what can be read: study export everything.json"
    return State.FINE, f"{count_text(conversations, 'conversation')}, {count_text(learners, 'learner')}"


def _model(settings: Settings) -> _Outcome:
    if not settings.llm_enabled:
        return State.SKIPPED, "none is set up, and none is needed"
    return State.FINE, probe(configured_model(settings), time.monotonic).sentence


_CHECKS: dict[str, Callable[[Settings], _Outcome]] = {
    "Python": _python,
    "SQLite": _sqlite,
    "disk": _disk,
    "embedding model": _embedding,
    "index": _index,
    "journal": _journal,
    "language model": _model,
}

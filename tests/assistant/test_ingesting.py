"""Ingestion as a process: its real events on a real home, and what is said when it ends badly."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from assistant import ingesting
from assistant.ingesting import Embedding, Failed, Report, SourceRead, add, build, parse_event, remove, run_ingest
from ingest.lock import build_lock


@pytest.fixture
def home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, own_home: Path) -> Path:
    monkeypatch.setenv("STUDY_HOME", str(own_home))
    return own_home


def test_arguments_keep_what_learners_type_behind_the_options() -> None:
    assert add(["--links", "/a"]) == ("add", "--events", "--no-wait", "--", "--links", "/a")
    assert remove(["/a"]) == ("remove", "--events", "--no-wait", "--", "/a")
    assert build(links=False) == ("build", "--events", "--no-wait")
    assert build(links=True) == ("build", "--events", "--no-wait", "--links")


@pytest.mark.parametrize(
    ("line", "event"),
    [
        ('{"event": "source", "source": "/a.md", "outcome": "unchanged"}', SourceRead("/a.md", "unchanged")),
        ('{"event": "progress", "stage": "Embedding", "done": 64, "total": 130}', Embedding(64, 130)),
        (
            '{"event": "report", "sources": 1, "chunks": 9, "embedded": 2, "published": true, "new": 1}',
            Report(9, 2, published=True),
        ),
        ('{"event": "error", "message": "No."}', Failed("No.")),
        ('{"event": "later", "message": "No."}', None),
        ('{"event": "source", "source": 1, "outcome": "unchanged"}', None),
        ("a library printed this", None),
        ("[]", None),
    ],
)
def test_lines_become_events(line: str, event: ingesting.Event | None) -> None:
    assert parse_event(line) == event


def test_real_run_tells_of_sources_progress_and_the_end(home: Path, tmp_path: Path) -> None:
    note = tmp_path / "solder.md"
    note.write_text("# Solder\n\nA solder joint conducts current between copper tracks.\n", encoding="utf-8")
    empty = tmp_path / "--links"
    empty.write_bytes(b"")
    events = list(run_ingest(add([str(note), str(empty)])))
    assert events[:2] == [SourceRead(str(note), "indexed 1 chunk"), SourceRead(str(empty), "skipped: empty")]
    assert events[2:4] == [Embedding(0, 1), Embedding(1, 1)]
    assert isinstance(events[4], Report)
    assert (events[4].embedded, events[4].published) == (1, True)
    assert len(events) == 5


def test_refusals_and_a_running_build_are_sentences(home: Path) -> None:
    (refused,) = run_ingest(remove(["/nowhere"]))
    assert refused == Failed("/nowhere is not among your sources; `python -m ingest list` shows them.")
    with build_lock(home):
        (busy,) = run_ingest(build(links=False))
    assert isinstance(busy, Failed)
    assert busy.message.startswith("Another build is running (process ")


def test_process_that_dies_without_a_word_is_a_failure(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        (event,) = run_ingest(["no-such-command"])
    assert event == Failed(
        "Ingestion stopped before it was done (exit code 2). What was read is kept; start again to go on."
    )
    assert "no-such-command" in caplog.text


def test_process_that_cannot_start_is_a_failure(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(ingesting.sys, "executable", str(tmp_path / "python"))
    assert list(run_ingest(build(links=False))) == [
        Failed("Ingestion could not be started: No such file or directory. Try again.")
    ]

"""Events for programs: one JSON object a line, and a reader that may go away."""

from __future__ import annotations

import json
import os
import sys

import pytest

from assistant.errors import StoreBusy
from ingest.pipeline import BuildReport
from ingest.results import SourceResult
from ingest.telling import telling

REPORT = BuildReport(sources=2, chunks=27, embedded=3, reused=24, generation="gen-0002", published=True)


def test_events_are_json_lines_in_ascii(capsys: pytest.CaptureFixture[str]) -> None:
    with telling(as_json=False, as_events=True) as teller:
        teller.source(SourceResult("/é\udc80.md", "indexed 3 chunks"))
        teller.progress(0, 3)
        teller.report(REPORT)
        teller.error(StoreBusy("Another build is running."))
    printed = capsys.readouterr()
    assert printed.err == ""
    assert printed.out.isascii()
    source, progress, report, error = map(json.loads, printed.out.splitlines())
    assert source == {"event": "source", "source": "/é\udc80.md", "outcome": "indexed 3 chunks"}
    assert progress == {"event": "progress", "stage": "", "done": 0, "total": 3}
    assert report.items() >= {"event": "report", "chunks": 27, "embedded": 3, "published": True}.items()
    assert error == {"event": "error", "message": "Another build is running."}


def test_work_goes_on_when_the_reader_goes_away(monkeypatch: pytest.MonkeyPatch) -> None:
    reading, writing = os.pipe()
    with os.fdopen(writing, "w") as pipe:
        monkeypatch.setattr(sys, "stdout", pipe)
        with telling(as_json=False, as_events=True) as teller:
            os.close(reading)
            teller.progress(0, 3)
            teller.report(REPORT)


def test_without_events_the_report_is_one_object(capsys: pytest.CaptureFixture[str]) -> None:
    with telling(as_json=True, as_events=False) as teller:
        teller.source(SourceResult("/a.md", "unchanged"))
        teller.progress(3, 3)
        teller.report(REPORT)
    printed = capsys.readouterr()
    assert (
        printed.out
        == json.dumps(
            {
                "sources": 2,
                "chunks": 27,
                "embedded": 3,
                "reused": 24,
                "generation": "gen-0002",
                "published": True,
                "missing": [],
            }
        )
        + "\n"
    )

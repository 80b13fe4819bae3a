"""``python -m evals``: what cannot end well is told before anything is measured."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.assistant.commands import Run
from tests.evals.commands import make_evals


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    def unwanted(*_: object) -> None:
        raise AssertionError("It was measured.")

    monkeypatch.setenv("STUDY_HOME", str(tmp_path / "home"))
    monkeypatch.setattr("evals.cli.evaluate.offline_assistant", unwanted)
    return make_evals(monkeypatch, capsys)


def test_a_report_that_cannot_be_written_is_told_first(run: Run, tmp_path: Path) -> None:
    named = run("--output", str(tmp_path / "report.txt"))
    assert (named.code, named.out) == (2, "")
    assert "ends in .json" in named.err
    (tmp_path / "file").write_text("")
    placed = run("--output", str(tmp_path / "file" / "report.json"), "--json")
    assert (placed.code, placed.out) == (1, "")
    assert "report.json cannot be written" in placed.err


@pytest.mark.parametrize("text", [None, "{", '{"retrieval.module.Success@1": 1}'])
def test_a_baseline_that_cannot_be_read_is_told_first(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, text: str | None
) -> None:
    file = tmp_path / "baseline.json"
    if text is not None:
        file.write_text(text)
    monkeypatch.setattr("evals.baseline.read_baseline.__defaults__", (file,))
    done = run()
    assert (done.code, done.out) == (2, "")
    assert "python -m evals --accept" in done.err

"""The doctor: a healthy installation, and each thing that can be wrong with its remedy."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant import doctor
from assistant.doctor import State, examine
from assistant.journal import Journal
from assistant.settings import Settings
from tests.assistant.commands import make_run
from tests.llm.behaviours import error, reply
from tests.llm.loopback import LoopbackServer


def found(settings: Settings) -> dict[str, tuple[State, str]]:
    return {finding.check: (finding.state, finding.sentence) for finding in examine(settings)}


def test_a_healthy_installation(real_home: Path) -> None:
    findings = found(Settings(home=real_home))
    assert {check: state for check, (state, _) in findings.items()} == {
        "Python": State.FINE, "SQLite": State.FINE, "disk": State.FINE, "embedding model": State.FINE,
        "index": State.FINE, "journal": State.FINE, "language model": State.SKIPPED,
    }  # fmt: skip
    assert findings["embedding model"][1] == "all-MiniLM-L6-v2, as published"
    assert " passages; prove it whole with: python -m ingest verify" in findings["index"][1]


def test_what_is_missing_is_named_with_the_command_that_makes_it(tmp_path: Path) -> None:
    findings = found(Settings(home=tmp_path, embedding_model_dir=tmp_path / "nowhere"))
    assert findings["index"] == (
        State.PROBLEM,
        f"There is no index in {tmp_path / 'index'} yet. Build it with: python -m ingest build",
    )
    assert findings["embedding model"][0] is State.PROBLEM
    assert "Reinstall it" in findings["embedding model"][1]
    assert findings["journal"] == (State.FINE, "nothing is recorded yet")


def test_a_journal_that_is_damaged_or_no_journal_is_a_problem(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite"
    path.write_text("my notes\n" * 1000, encoding="utf-8")
    state, sentence = found(Settings(home=tmp_path))["journal"]
    assert (state, "is damaged" in sentence) == (State.PROBLEM, True)
    path.unlink()
    Journal(path).close()
    assert found(Settings(home=tmp_path))["journal"] == (State.FINE, "0 conversations, 0 learners")
    journal = Journal(path)
    journal.learners.named("me", datetime(2026, 11, 27, tzinfo=UTC))
    journal.close()
    assert found(Settings(home=tmp_path))["journal"] == (State.FINE, "0 conversations, 1 learner")


def test_a_full_disk_and_another_model_are_problems(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(doctor.shutil, "disk_usage", lambda _path: usage._replace(free=10_000_000))
    monkeypatch.setattr(doctor, "PUBLISHED_WEIGHTS", "0" * 64)
    findings = found(Settings(home=tmp_path / "not" / "there"))
    assert findings["disk"][0] is State.PROBLEM
    assert "Only 0.0 GB are free" in findings["disk"][1]
    assert findings["embedding model"][0] is State.PROBLEM


def test_a_model_server_is_tried(tmp_path: Path) -> None:
    with LoopbackServer(reply("ready")) as server:
        state, sentence = found(Settings(home=tmp_path, llm_base_url=server.base_url, llm_model="tiny"))[
            "language model"
        ]
    assert (state, "tiny" in sentence) == (State.FINE, True)
    with LoopbackServer(error(401)) as server:
        settings = Settings(home=tmp_path, llm_base_url=server.base_url, llm_model="tiny")
        assert found(settings)["language model"][0] is State.PROBLEM


def test_the_command_exits_1_if_anything_is_wrong(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path, real_home: Path
) -> None:
    study = make_run(monkeypatch, capsys)
    monkeypatch.setenv("STUDY_HOME", str(tmp_path))
    done = study("doctor", "--json")
    assert (done.code, done.json["ok"]) == (1, False)
    assert "index: problem. There is no index" in study("doctor").out
    monkeypatch.setenv("STUDY_HOME", str(real_home))
    assert study("doctor", "--json").json["ok"] is True

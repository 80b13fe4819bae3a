"""``python -m evals --live`` against a real server on this machine."""

from __future__ import annotations

import dataclasses
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant.settings import Settings
from evals.cases import QuestionCase, UnanswerableCase, UnanswerableKind
from evals.cli.live import with_command
from evals.runner import Cases
from tests.assistant.commands import Done, Run
from tests.evals.commands import make_evals
from tests.evals.conftest import open_mini
from tests.evals.live.servers import parrot
from tests.evals.project_cases import project_cases
from tests.llm.behaviours import error
from tests.llm.loopback import LoopbackServer

KEY = "sk-very-secret"
QUESTIONS = (
    QuestionCase(id="q1", question="How does a fuse breaker count failures in a window of calls?", module=1, topic="fuses", key_facts=(("window of 100 calls",),)),
    QuestionCase(id="q2", question="When does a fuse breaker open after failed calls?", module=1, topic="fuses", key_facts=(("50 percent",),)),
)  # fmt: skip
OUTSIDE = (UnanswerableCase(id="u1", question="Where is the best pizza of Naples?", kind=UnanswerableKind.FAR),)
# What decides here is whether there were replies, not how good a parrot is.
LENIENT = ("--floor", "key_facts=0", "--floor", "supported=0")


def cases(*questions: QuestionCase) -> Cases:
    return dataclasses.replace(project_cases(), questions=questions, unanswerable=OUTSIDE)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch, mini: Settings) -> Iterator[LoopbackServer]:
    open_mini(monkeypatch, "evals.live.session", mini)
    monkeypatch.setattr("evals.cli.live.load_all", lambda _curriculum: cases(*QUESTIONS))
    with LoopbackServer(parrot()) as server:
        monkeypatch.setenv("STUDY_LLM_BASE_URL", server.base_url)
        monkeypatch.setenv("STUDY_LLM_API_KEY", KEY)
        monkeypatch.setenv("STUDY_LLM_MODEL", "tiny")
        yield server


@pytest.fixture
def live(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], server: LoopbackServer, tmp_path: Path
) -> Run:
    run = make_evals(monkeypatch, capsys)
    report = tmp_path / "report.json"
    return lambda *arguments: run(*with_command([*arguments, "--output", str(report)]))


def figures(done: Done) -> dict[str, Any]:
    return {name: metric["value"] for name, metric in done.json["metrics"].items()}


def offline(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("STUDY_LLM_BASE_URL")
    monkeypatch.delenv("STUDY_LLM_API_KEY")


def test_the_price_comes_first_and_without_consent_nothing_is_asked(live: Run, server: LoopbackServer) -> None:
    done = live("--live", "--price-in", "2", "--price-out", "10")
    assert done.code == 2
    assert "tiny: About 2 requests" in done.err
    assert "700 to write (350 a reply, assumed), a cost of about 0.00" in done.err
    assert "Add --yes to spend that." in done.err
    assert server.calls == 0


@pytest.mark.parametrize(("typed", "calls"), [("n\n", 0), ("y\n", 2)])
def test_at_a_terminal_it_is_asked_back(
    live: Run, server: LoopbackServer, monkeypatch: pytest.MonkeyPatch, typed: str, calls: int
) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr("evals.cli.live.sys", type("Sys", (), {"stdin": Terminal()}))
    monkeypatch.setattr(
        "typer.confirm", lambda *_args, **_options: typed == "y\n" or (_ for _ in ()).throw(SystemExit(1))
    )
    live("--live", *LENIENT)
    assert server.calls == calls


def test_a_run_is_recorded_and_replayed_to_the_same_figures(
    live: Run, server: LoopbackServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    recordings = tmp_path / "recordings"
    done = live("--live", "--yes", "--record", str(recordings), "--judge", "--json", *LENIENT)
    assert (done.code, done.json["ok"]) == (0, True)
    assert figures(done)["model.complete"] == 1
    assert figures(done)["judge.verdicts"] == 1
    spent = done.json["live"]["spent"]
    assert (spent["requests"], spent["tokens_in"], spent["cost"]) == (server.calls, 1000 * server.calls, None)
    kept = (recordings / "tiny.jsonl").read_text(encoding="utf-8")
    assert len(kept.splitlines()) == server.calls
    for secret in (KEY, "Bearer", server.host, QUESTIONS[0].question):
        assert secret not in kept
    calls = server.calls
    offline(monkeypatch)
    again = live("--replay", str(recordings), "--judge", "--json", *LENIENT)
    assert server.calls == calls
    assert figures(again) == figures(done)
    assert again.json["rows"] == done.json["rows"]
    assert again.json["live"]["replayed"] is True


@pytest.mark.parametrize(
    ("variable", "value"), [("STUDY_LLM_MODEL", "other"), ("STUDY_LLM_MAX_OUTPUT_TOKENS", "512"), ("prompt", "")]
)
def test_a_stale_recording_is_missing_and_never_a_pass(
    live: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, variable: str, value: str
) -> None:
    file = tmp_path / "all.jsonl"
    assert live("--live", "--yes", "--record", str(file), *LENIENT).code == 0
    offline(monkeypatch)
    if variable == "prompt":
        changed = QUESTIONS[1].model_copy(update={"question": f"{QUESTIONS[1].question} Say so."})
        monkeypatch.setattr("evals.cli.live.load_all", lambda _curriculum: cases(QUESTIONS[0], changed))  # fmt: skip
    else:
        monkeypatch.setenv(variable, value)
    done = live("--replay", str(file), "--json", *LENIENT)
    assert done.code == 1
    assert set(figures(done)) == {"model.complete"}
    assert "model.key_facts must be at least 0.00, not measured" in done.err
    assert done.json["live"]["missing"] == (1 if variable == "prompt" else 2)


def test_it_stops_at_the_cap_and_says_so(live: Run, server: LoopbackServer) -> None:
    done = live("--live", "--yes", "--max-tokens-total", "2500", "--json")
    assert done.code == 1
    assert server.calls == 1
    assert "Stopped at 1,050 tokens: the cap is 2,500." in done.err
    assert figures(done)["model.complete"] == pytest.approx(1 / 3)


def test_a_failing_server_is_not_hidden_by_composed_answers(live: Run, server: LoopbackServer) -> None:
    server.script = [error(401)]
    done = live("--live", "--yes", "--json")
    assert done.code == 1
    rows = {row["id"]: row for row in done.json["rows"]}
    assert rows["q1"]["problem"].startswith("failed: ")
    assert KEY not in done.out + done.err


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["--live", "--record", "a", "--replay", "b"], 2, "Give either --record or --replay."),
        (["--live", "--max-cost", "1"], 2, "--max-cost needs --price-in and --price-out."),
        (["--live", "--floor", "x=1"], 2, "is not METRIC=VALUE. The metrics are: complete"),
        (["--replay", "/nowhere/x.jsonl"], 1, "evals --live --record"),
    ],
)
def test_bad_usage_is_told(live: Run, arguments: list[str], code: int, message: str) -> None:
    done = live(*arguments)
    assert done.code == code
    assert message in done.err


def test_without_a_model_the_command_that_names_one_is_told(live: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    offline(monkeypatch)
    done = live("--live", "--yes")
    assert done.code == 3
    assert "export STUDY_LLM_BASE_URL" in done.err


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("--live --sample 5", "live --sample 5"),
        ("--replay x --json", "live --replay x --json"),
        ("--json --replay=x", "live --json --replay=x"),
        ("live --replay x", "live --replay x"),
        ("new 1 --question --live", "new 1 --question --live"),
        ("--json", "--json"),
        ("", ""),
    ],
)
def test_the_flag_stands_for_the_command(typed: str, read: str) -> None:
    assert with_command(typed.split()) == read.split()


def test_earlier_recordings_say_how_long_replies_are(live: Run, tmp_path: Path) -> None:
    file = tmp_path / "all.jsonl"
    live("--live", "--yes", "--record", str(file), *LENIENT)
    done = live("--live", "--record", str(file))
    assert "100 to write (as long as 2 earlier replies)" in done.err
    assert json.loads(file.read_text().splitlines()[0])["output_tokens"] == 50

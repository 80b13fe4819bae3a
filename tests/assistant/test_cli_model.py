"""``study model``, with a real server."""

from __future__ import annotations

import pytest

from tests.assistant.commands import Run, make_run
from tests.llm.behaviours import error, model_list, reply
from tests.llm.loopback import LoopbackServer


@pytest.fixture
def study(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    return make_run(monkeypatch, capsys)


def test_a_model_that_answers(study: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    with LoopbackServer(reply("ready", tokens=(31, 1)), models=model_list("zephyr", "llama")) as server:
        monkeypatch.setenv("STUDY_LLM_BASE_URL", server.base_url)
        monkeypatch.setenv("STUDY_LLM_MODEL", "zephyr")
        done = study("model", "test", "--json")
        assert (done.code, done.err) == (0, "")
        timed = {name: done.json[name] for name in ("first_token_s", "total_s")}
        assert 0 < timed["first_token_s"] <= timed["total_s"]
        assert done.json == timed | {
            "ok": True,
            "model": "zephyr",
            "host": server.host,
            "text": "ready",
            "usage": {"prompt_tokens": 31, "completion_tokens": 1},
        }
        assert study("model", "test").out.startswith(f"zephyr at {server.host} answered “ready”")
        done = study("model", "list")
        assert (done.code, done.out, done.err) == (0, "zephyr\nllama\n", "")
        assert study("model", "list", "--json").json == {"host": server.host, "models": ["zephyr", "llama"]}


def test_a_model_that_fails(study: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    with LoopbackServer(error(401), models=error(401)) as server:
        monkeypatch.setenv("STUDY_LLM_BASE_URL", server.base_url)
        sentence = f"The model gpt-4o-mini at {server.host} asks for a key. Set STUDY_LLM_API_KEY."
        done = study("model", "test", "--json")
        assert (done.code, done.err) == (1, f"{sentence}\n")
        failure = {"error": "ModelAuthFailed", "message": sentence}
        assert done.json == {"ok": False, "model": "gpt-4o-mini", "host": server.host, **failure}
        done = study("model", "list")
        assert (done.code, done.out, done.err) == (1, "", f"{sentence}\n")


def test_a_server_without_models(study: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    with LoopbackServer(models=model_list()) as server:
        monkeypatch.setenv("STUDY_LLM_BASE_URL", server.base_url)
        done = study("model", "list")
        assert (done.code, done.out, done.err) == (0, "", f"{server.host} offers no models yet.\n")


@pytest.mark.parametrize("command", ["test", "list"])
def test_no_model_and_no_usable_address(study: Run, monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    done = study("model", command)
    assert (done.code, done.out) == (3, "")
    assert done.err.endswith("export STUDY_LLM_BASE_URL=http://127.0.0.1:11434/v1\n")
    monkeypatch.setenv("STUDY_LLM_BASE_URL", "ftp://a")
    assert study("model", command).code == 2

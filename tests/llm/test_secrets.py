"""Secrets: the key reaches the server and nothing else, and nothing but the server is told what was asked."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import traceback
from pathlib import Path

import pytest
from pydantic import SecretStr

from assistant.errors import LanguageModelError, ModelAuthFailed, ModelTimeout
from assistant.llm import ChatModel, End, FinishReason, Token
from tests.llm.behaviours import HANG, RESET, event, model_list, raw, reply, status, stream, text
from tests.llm.calls import KEY, QUESTION, SHORT, events, make_model
from tests.llm.loopback import Behaviour, LoopbackServer

SAYS_KEY = f"Incorrect API key provided: {KEY}"
BEHAVIOURS: dict[str, Behaviour] = {
    "401": status(401, {"error": {"message": SAYS_KEY, "code": "invalid_api_key"}}),
    "401 odd": status(401, [SAYS_KEY]),
    "400": status(400, {"error": {"message": SAYS_KEY}}),
    "500": status(500, SAYS_KEY.encode()),
    "error event": stream(event({"error": {"message": SAYS_KEY}})),
    "bad json": stream(f"data: {{{SAYS_KEY}\n\n".encode()),
    "bad utf-8": stream(b"data: " + SAYS_KEY.encode() + b"\xff\n\n"),
    "reset": raw(RESET),
    "hang": raw(HANG),
}


@pytest.mark.parametrize("behaviour", BEHAVIOURS.values(), ids=BEHAVIOURS)
def test_the_key_is_in_no_error_and_no_log(
    behaviour: Behaviour, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    with caplog.at_level(logging.DEBUG), LoopbackServer(behaviour, models=behaviour) as server:
        for call in (lambda m: list(m.stream(QUESTION)), ChatModel.models):
            with pytest.raises(LanguageModelError) as caught:
                call(make_model(server.base_url, **SHORT))
            assert KEY not in "".join(traceback.format_exception(caught.value))
            link: BaseException | None = caught.value
            while link is not None:
                assert KEY not in f"{link} {link!r} {getattr(link, 'body', '')} {getattr(link, 'message', '')}"
                link = link.__cause__ or link.__context__
        assert all(request.headers["authorization"] == f"Bearer {KEY}" for request in server.requests)
    assert KEY not in caplog.text
    assert KEY not in "".join(capfd.readouterr())


def test_the_key_is_in_no_repr() -> None:
    model = make_model("http://127.0.0.1:9/v1")
    assert KEY not in f"{model!r} {vars(model)}"


def test_the_original_error_is_kept() -> None:
    with LoopbackServer(status(401, {"error": {"message": "Go away."}})) as server, pytest.raises(ModelAuthFailed) as e:
        list(make_model(server.base_url).stream(QUESTION))
    assert repr(e.value.__cause__) == "OpenAIAuthenticationError('Error code: 401 - Go away.')"


@pytest.mark.parametrize("key", ["sk-“quoted”", "sk-line\nbreak", "sk-with space", "sk-nul\0"])
def test_a_key_that_fits_no_header_is_not_sent(key: str) -> None:
    with LoopbackServer(reply("Hello"), models=model_list()) as server:
        model = make_model(server.base_url, api_key=SecretStr(key))
        for call in (lambda: list(model.stream(QUESTION)), model.models):
            with pytest.raises(ModelAuthFailed) as caught:
                call()
            assert caught.value.user_message == (
                f"The key for tiny at {server.host} holds a space, a line break or a character outside ASCII. "
                "Copy it into STUDY_LLM_API_KEY again."
            )
        assert server.requests == []


TRACED = """
import sys, urllib.request
from langchain_core.tracers.langchain import wait_for_all_tracers
from langchain_openai import ChatOpenAI
from assistant.domain import Waiting
from tests.llm.calls import QUESTION, make_model

server, langsmith = sys.argv[1:]
# On a busy machine the model is waited for first.
print(*(event for event in make_model(server).stream(QUESTION) if not isinstance(event, Waiting)))
wait_for_all_tracers()
urllib.request.urlopen(langsmith + "/until-here").close()
list(ChatOpenAI(model="tiny", base_url=server, api_key="any").stream("A control: this one is reported."))
wait_for_all_tracers()
"""


def test_nothing_is_traced() -> None:
    """LangChain's switches for reporting to LangSmith, and for going through it, are on; only the control reports.

    In a process of its own, because LangSmith reads its environment once.
    """
    with LoopbackServer(status(200, {})) as langsmith, LoopbackServer(reply("Hello")) as server:
        switches = dict.fromkeys(("LANGSMITH_TRACING", "LANGCHAIN_TRACING_V2"), "true")
        addresses = ("LANGSMITH_ENDPOINT", "LANGCHAIN_ENDPOINT", "LANGSMITH_GATEWAY", "OPENAI_API_BASE")
        environment = os.environ | switches | dict.fromkeys(addresses, langsmith.base_url)
        done = subprocess.run(
            [sys.executable, "-c", TRACED, server.base_url, langsmith.base_url],
            env=environment | {"LANGSMITH_API_KEY": "lsv2_test"},
            cwd=Path(__file__).parents[2],
            capture_output=True,
            text=True,
            check=True,
        )
    assert done.stdout == f"{Token('Hello')} {End(FinishReason.STOP, 7, 3)}\n"
    paths = [request.path for request in langsmith.requests]
    assert paths[0] == "/v1/until-here"
    assert "/v1/runs/multipart" in paths
    assert server.calls == 2


def test_a_proxy_is_not_asked_for_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    with LoopbackServer(status(502, b"")) as proxy, LoopbackServer(reply("Hello")) as server:
        monkeypatch.setenv("HTTP_PROXY", proxy.base_url)
        monkeypatch.delenv("NO_PROXY", raising=False)
        assert events(server) == [Token("Hello"), End(FinishReason.STOP, 7, 3)]
    assert proxy.requests == []


def test_a_proxy_is_used_for_other_machines_and_left_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    with LoopbackServer(reply("Hello"), raw(HANG)) as proxy:
        monkeypatch.setenv("HTTP_PROXY", proxy.base_url)
        monkeypatch.delenv("NO_PROXY", raising=False)
        address = "http://model.example/v1"
        assert list(make_model(address).stream(QUESTION)) == [Token("Hello"), End(FinishReason.STOP, 7, 3)]
        with pytest.raises(ModelTimeout):
            list(make_model(address, **SHORT).stream(QUESTION))
        assert proxy.wait_gone(1.0)
    assert [request.path for request in proxy.requests] == ["http://model.example/v1/chat/completions"] * 2


def test_a_redirect_is_not_followed() -> None:
    with LoopbackServer(reply("Hello")) as elsewhere:
        away = status(307, b"", headers=[("Location", elsewhere.base_url + "/chat/completions")])
        with LoopbackServer(away) as server, pytest.raises(LanguageModelError):
            events(server)
        assert elsewhere.requests == []


def test_what_was_said_is_not_logged(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG), LoopbackServer(stream(text("a private answer"))) as server:
        events(server)
    assert "What is a saga?" not in caplog.text
    assert "a private answer" not in caplog.text

"""Failures: each way a server can fail, the class it becomes, its sentence, and how often the server is asked."""

from __future__ import annotations

import socket
from email.utils import formatdate
from typing import Any

import pytest
from langchain_core.messages import HumanMessage

from assistant.errors import (
    LanguageModelError,
    ModelAuthFailed,
    ModelContextTooLong,
    ModelNotFound,
    ModelRateLimited,
    ModelRefused,
    ModelResponseInvalid,
    ModelUnreachable,
)
from assistant.llm import End, FinishReason, Token
from tests.llm.behaviours import DONE, RESET, delta, error, event, raw, reply, status, stream, text
from tests.llm.calls import QUESTION, events, failure, make_model
from tests.llm.loopback import Behaviour, LoopbackServer
from tests.llm.sentences import (
    BROKEN_OFF,
    EMPTY,
    IN_STREAM,
    MALFORMED,
    NOT_FOUND,
    QUOTA,
    REFUSED,
    REJECTED_KEY,
    TOO_LONG,
    TOOL,
    UNREACHABLE,
    WHO,
    failing,
    limited,
    rejected,
)


def _tool_call(**fields: Any) -> Behaviour:
    return stream(delta(role="assistant", content=None, **fields), delta(finish="tool_calls"), DONE)


A_CALL = {"index": 0, "id": "1", "type": "function", "function": {"name": "f", "arguments": "{}"}}

STATUSES: dict[str, tuple[Behaviour, type[LanguageModelError], str, int]] = {
    "401": (error(401, code="invalid_api_key"), ModelAuthFailed, REJECTED_KEY, 1),
    "403": (error(403), ModelAuthFailed, REJECTED_KEY, 1),
    "404 model": (error(404, code="model_not_found"), ModelNotFound, NOT_FOUND, 1),
    "404 page": (status(404, b"<html>Not here</html>"), ModelNotFound, NOT_FOUND, 1),
    "405": (status(405, b""), ModelNotFound, NOT_FOUND, 1),
    "redirect": (status(307, b"", headers=[("Location", "http://127.0.0.1:9/")]), ModelNotFound, NOT_FOUND, 1),
    "400 openai context": (error(400, code="context_length_exceeded"), ModelContextTooLong, TOO_LONG, 1),
    "400 llama.cpp context": (
        error(400, code=400, type="exceed_context_size_error", n_prompt_tokens=9, n_ctx=8),
        ModelContextTooLong,
        TOO_LONG,
        1,
    ),
    "400 vllm context": (
        error(400, code=400, type="BadRequestError", param="input_tokens"),
        ModelContextTooLong,
        TOO_LONG,
        1,
    ),
    "413": (status(413, b""), ModelContextTooLong, TOO_LONG, 1),
    "400 other": (error(400, code="unknown_parameter", param="seed"), ModelResponseInvalid, rejected(400), 1),
    "400 prose is not read": (
        status(400, {"error": {"message": "context_length_exceeded"}}),
        ModelResponseInvalid,
        rejected(400),
        2,
    ),
    "400 content filter": (error(400, code="content_filter"), ModelRefused, REFUSED, 1),
    "422": (error(422), ModelResponseInvalid, rejected(422), 2),
    "402": (error(402), ModelRateLimited, QUOTA, 1),
    "429": (error(429), ModelRateLimited, limited("Wait a moment"), 2),
    "429 at once": (error(429, headers=[("Retry-After", "0")]), ModelRateLimited, limited("Wait 0 s"), 2),
    "429 wait": (error(429, headers=[("Retry-After", "17")]), ModelRateLimited, limited("Wait 17 s"), 1),
    "429 date": (
        error(429, headers=[("Date", formatdate(0, usegmt=True)), ("Retry-After", formatdate(90, usegmt=True))]),
        ModelRateLimited,
        limited("Wait 90 s"),
        1,
    ),
    "429 quota": (error(429, code="insufficient_quota"), ModelRateLimited, QUOTA, 1),
    "408": (error(408), ModelUnreachable, failing(408), 2),
    "500": (error(500), ModelUnreachable, failing(500), 2),
    "502 page": (status(502, b"<html><h1>Bad gateway</h1></html>"), ModelUnreachable, failing(502), 2),
    "503 list": (status(503, ["down"]), ModelUnreachable, failing(503), 2),
}

STREAMS: dict[str, tuple[Behaviour, type[LanguageModelError], str, int]] = {
    "reset mid-headers": (raw(b"HTTP/1.1 200 OK\r\nContent-Ty", RESET), ModelUnreachable, UNREACHABLE, 2),
    "closed without a word": (raw(), ModelUnreachable, UNREACHABLE, 2),
    "not http": (raw(b"SSH-2.0-OpenSSH_9.6\r\n"), ModelUnreachable, UNREACHABLE, 2),
    "reset before the first token": (stream(RESET), ModelUnreachable, UNREACHABLE, 2),
    "empty": (stream(), ModelResponseInvalid, EMPTY, 1),
    "only done": (stream(DONE), ModelResponseInvalid, EMPTY, 1),
    "only a finish reason": (reply(), ModelResponseInvalid, EMPTY, 1),
    "only white space": (reply(" ", "\n"), ModelResponseInvalid, EMPTY, 1),
    "a page": (status(200, b"<html>Welcome</html>"), ModelResponseInvalid, EMPTY, 1),
    "an answer in one piece": (
        status(200, {"choices": [{"message": {"role": "assistant", "content": "Hi"}}]}),
        ModelResponseInvalid,
        EMPTY,
        1,
    ),
    "bad json": (stream(b"data: {nope\n\n"), ModelResponseInvalid, MALFORMED, 1),
    "bad utf-8": (stream(b'data: {"x": "\xff\xfe"}\n\n'), ModelResponseInvalid, MALFORMED, 1),
    "a list": (stream(event([])), ModelResponseInvalid, MALFORMED, 1),
    "null": (stream(event(None)), ModelResponseInvalid, MALFORMED, 1),
    "a choice that is null": (stream(event({"choices": [None]})), ModelResponseInvalid, MALFORMED, 1),
    "a choice that is text": (stream(event({"choices": ["x"]})), ModelResponseInvalid, MALFORMED, 1),
    "a number for text": (stream(delta(content=5)), ModelResponseInvalid, MALFORMED, 1),
    "usage of the wrong type": (stream(event({"choices": [], "usage": 5})), ModelResponseInvalid, MALFORMED, 1),
    "deep": (stream(b"data: " + b"[" * 100_000 + b"\n\n"), ModelResponseInvalid, MALFORMED, 1),
    "not gzip": (
        raw(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nConnection: close\r\n\r\nplain text"),
        ModelResponseInvalid,
        MALFORMED,
        1,
    ),
    "error event": (stream(event({"error": {"message": "boom"}})), ModelResponseInvalid, IN_STREAM, 1),
    "error event of text": (stream(event({"error": "boom"})), ModelResponseInvalid, IN_STREAM, 1),
    "error event with a status": (
        stream(event({"error": {"message": "boom", "code": 503}})),
        ModelUnreachable,
        failing(503),
        2,
    ),
    "error event with another number": (
        stream(event({"error": {"message": "boom", "code": 200}})),
        ModelResponseInvalid,
        IN_STREAM,
        1,
    ),
    "error event on the context": (
        stream(event({"error": {"message": "m", "code": 500, "type": "exceed_context_size_error"}})),
        ModelContextTooLong,
        TOO_LONG,
        1,
    ),
    "tool call": (_tool_call(tool_calls=[A_CALL]), ModelResponseInvalid, TOOL, 1),
    "function call": (
        _tool_call(function_call={"name": "f", "arguments": "{}"}),
        ModelResponseInvalid,
        TOOL,
        1,
    ),
    "content filter": (reply(finish="content_filter"), ModelRefused, REFUSED, 1),
    "refusal": (stream(delta(refusal="No."), delta(finish="stop"), DONE), ModelRefused, REFUSED, 1),
}


@pytest.mark.parametrize(
    ("behaviour", "kind", "sentence", "calls"),
    [*STATUSES.values(), *STREAMS.values()],
    ids=[*STATUSES, *STREAMS],
)
def test_before_the_first_token(
    behaviour: Behaviour, kind: type[LanguageModelError], sentence: str, calls: int
) -> None:
    with LoopbackServer(behaviour) as server:
        said, error_ = failure(server)
    assert (said, type(error_), error_.user_message) == ("", kind, sentence.format(host=server.host))
    assert server.calls == calls


AFTER_TEXT: dict[str, tuple[Behaviour, type[LanguageModelError], str]] = {
    "reset": (stream(text("Half"), RESET), ModelUnreachable, BROKEN_OFF),
    "closed mid-chunk": (
        raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\n", text("Half")),
        ModelUnreachable,
        BROKEN_OFF,
    ),
    "bad json": (stream(text("Half"), b"data: {nope\n\n"), ModelResponseInvalid, MALFORMED),
    "error event": (stream(text("Half"), event({"error": {"message": "m"}})), ModelResponseInvalid, IN_STREAM),
    "error event with a status": (
        stream(text("Half"), event({"error": {"message": "m", "code": 502}})),
        ModelUnreachable,
        failing(502),
    ),
    "tool call": (stream(text("Half"), delta(tool_calls=[A_CALL])), ModelResponseInvalid, TOOL),
}


@pytest.mark.parametrize(("behaviour", "kind", "sentence"), AFTER_TEXT.values(), ids=AFTER_TEXT)
def test_after_text_the_text_stays_and_nothing_is_asked_again(
    behaviour: Behaviour, kind: type[LanguageModelError], sentence: str
) -> None:
    with LoopbackServer(behaviour, reply("Whole")) as server:
        said, error_ = failure(server)
    assert (said, type(error_), error_.user_message) == ("Half", kind, sentence.format(host=server.host))
    assert server.calls == 1


@pytest.mark.parametrize(
    "first",
    [error(500), error(429), error(429, headers=[("Retry-After", "0.1")]), raw(), stream(RESET)],
    ids=["500", "429", "429 wait", "closed", "reset"],
)
def test_the_second_try_can_succeed(first: Behaviour) -> None:
    with LoopbackServer(first, reply("Hello")) as server:
        assert events(server) == [Token("Hello"), End(FinishReason.STOP, 7, 3)]
        assert server.calls == 2


@pytest.mark.parametrize(
    "rejection",
    [
        error(400, code="unknown_parameter", param="stream_options"),
        error(400),
        status(422, {"detail": [{"type": "extra_forbidden", "loc": ["body", "stream_options"]}]}),
    ],
    ids=["named", "unnamed", "fastapi"],
)
def test_a_server_that_knows_no_stream_options_is_asked_without_and_from_then_on(rejection: Behaviour) -> None:
    with LoopbackServer(rejection, reply("Hello", tokens=None)) as server:
        model = make_model(server.base_url)
        for _ in range(2):
            assert list(model.stream(QUESTION)) == [Token("Hello"), End(FinishReason.STOP, None, None)]
        assert ["stream_options" in request.json for request in server.requests] == [True, False, False]


def test_a_server_that_rejects_everything_is_asked_for_token_counts_again_next_time() -> None:
    with LoopbackServer(error(400)) as server:
        model = make_model(server.base_url)
        for _ in range(2):
            with pytest.raises(ModelResponseInvalid):
                list(model.stream(QUESTION))
        assert ["stream_options" in request.json for request in server.requests] == [True, False, True, False]


TOO_LONG_REPLY = error(400, code="context_length_exceeded")
SHORTER = [HumanMessage("Saga?")]


def test_what_is_too_long_is_asked_once_in_short() -> None:
    with LoopbackServer(TOO_LONG_REPLY, reply("Hello")) as server:
        stream_ = make_model(server.base_url).stream(QUESTION, SHORTER)
        assert list(stream_) == [Token("Hello"), End(FinishReason.STOP, 7, 3, shortened=True)]
        assert [request.json["messages"][0]["content"] for request in server.requests] == ["What is a saga?", "Saga?"]


@pytest.mark.parametrize(
    ("script", "kind"),
    [
        ((TOO_LONG_REPLY,), ModelContextTooLong),
        ((error(500), TOO_LONG_REPLY, error(500)), ModelUnreachable),
        ((error(400), TOO_LONG_REPLY, error(500)), ModelUnreachable),
        ((TOO_LONG_REPLY, error(400), error(500)), ModelUnreachable),
    ],
)
def test_one_question_costs_three_requests_at_most(
    script: tuple[Behaviour, ...], kind: type[LanguageModelError]
) -> None:
    with LoopbackServer(*script, *[script[-1]] * 3) as server:
        with pytest.raises(LanguageModelError) as caught:
            list(make_model(server.base_url).stream(QUESTION, SHORTER))
        assert (type(caught.value), server.calls) == (kind, max(2, len(script)))


def test_nothing_is_asked_again_when_the_wait_would_outlast_the_deadline() -> None:
    with LoopbackServer(error(429, headers=[("Retry-After", "4")]), reply("Hello")) as server:
        _, error_ = failure(server, first_token_timeout_s=3.0)
    assert error_.user_message == limited("Wait 4 s").format(host=server.host)
    assert server.calls == 1


def test_a_server_that_wants_a_key_and_gets_none() -> None:
    with LoopbackServer(error(401)) as server:
        _, error_ = failure(server, api_key=None)
    assert type(error_) is ModelAuthFailed
    assert error_.user_message == (WHO + "asks for a key. Set STUDY_LLM_API_KEY.").format(host=server.host)


def test_refused_connection() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with pytest.raises(ModelUnreachable) as caught:
        list(make_model(f"http://127.0.0.1:{port}/v1").stream([]))
    assert caught.value.user_message == UNREACHABLE.format(host=f"127.0.0.1:{port}")
    assert type(caught.value.__cause__).__name__ == "OpenAIConnectionError"


@pytest.mark.parametrize(
    ("address", "named"),
    [
        ("localhost:11434", "the address in STUDY_LLM_BASE_URL"),
        ("ftp://127.0.0.1:1/v1", "127.0.0.1:1"),
        ("http://127.0.0.1:99999/v1", "127.0.0.1:99999"),
        ("http://[::1/v1", "the address in STUDY_LLM_BASE_URL"),
        ("http://user:secret@127.0.0.1:1/v1", "127.0.0.1:1"),
    ],
)
def test_unusable_addresses(address: str, named: str) -> None:
    with pytest.raises(ModelUnreachable) as caught:
        list(make_model(address).stream([]))
    assert caught.value.user_message == UNREACHABLE.format(host=named)

"""Streams that end well, or as well as they can: text, finish reasons, token counts, limits."""

from __future__ import annotations

import pytest
from langchain_core.messages import AIMessage, HumanMessage, SystemMessage
from pydantic import SecretStr

from assistant.llm import ChatModel, End, FinishReason, Token
from assistant.settings import Settings
from tests.llm.behaviours import DONE, HANG, KEEPALIVE, RESET, Pause, delta, event, reply, stream, text, usage
from tests.llm.calls import KEY, events, make_model
from tests.llm.loopback import LoopbackServer

STOP = End(FinishReason.STOP, 7, 3)


def test_a_good_answer() -> None:
    with LoopbackServer(reply("A saga", " is a", " story.")) as server:
        assert events(server) == [Token("A saga"), Token(" is a"), Token(" story."), STOP]
        assert server.calls == 1


def test_the_request() -> None:
    messages = [SystemMessage("Be short."), HumanMessage("Saga?"), AIMessage("A story."), HumanMessage("Why?")]
    with LoopbackServer(reply("Because.")) as server:
        list(make_model(server.base_url).stream(messages))
        (request,) = server.requests
    assert (request.method, request.path) == ("POST", "/v1/chat/completions")
    assert request.headers["authorization"] == f"Bearer {KEY}"
    assert request.json == {
        "model": "tiny",
        "messages": [
            {"role": "system", "content": "Be short."},
            {"role": "user", "content": "Saga?"},
            {"role": "assistant", "content": "A story."},
            {"role": "user", "content": "Why?"},
        ],
        "stream": True,
        "stream_options": {"include_usage": True},
        "max_tokens": 64,
    }


@pytest.mark.parametrize("api_key", [None, SecretStr(""), SecretStr(" \n")])
def test_a_local_server_needs_no_key(api_key: SecretStr | None) -> None:
    with LoopbackServer(reply("Hello")) as server:
        assert events(server, api_key=api_key) == [Token("Hello"), STOP]
        assert server.requests[0].headers["authorization"] == "Bearer not-needed"


def test_the_line_break_of_a_secrets_file_is_not_part_of_the_key() -> None:
    with LoopbackServer(reply("Hello")) as server:
        events(server, api_key=SecretStr(KEY + "\n"))
        assert server.requests[0].headers["authorization"] == f"Bearer {KEY}"


def test_from_settings() -> None:
    with LoopbackServer(reply("Hello")) as server:
        settings = Settings(
            llm_base_url=server.base_url, llm_api_key=SecretStr(KEY), llm_model="small", llm_max_output_tokens=65
        )
        model = ChatModel.from_settings(settings)
        assert list(model.stream([HumanMessage("Hi")])) == [Token("Hello"), STOP]
        assert (model.name, server.requests[0].json["model"], server.requests[0].json["max_tokens"]) == (
            "small",
            "small",
            65,
        )


@pytest.mark.parametrize(
    ("word", "finish"),
    [
        ("stop", FinishReason.STOP),
        ("eos_token", FinishReason.STOP),
        ("length", FinishReason.LENGTH),
        ("content_filter", FinishReason.CONTENT_FILTER),
        ("error", FinishReason.TRUNCATED),
        (None, FinishReason.TRUNCATED),
    ],
)
def test_finish_reasons(word: str | None, finish: FinishReason) -> None:
    with LoopbackServer(reply("Half", finish=word)) as server:
        assert events(server) == [Token("Half"), End(finish, 7, 3)]


def test_an_orderly_end_without_a_finish_reason_is_a_truncation() -> None:
    with LoopbackServer(stream(text("Half"))) as server:
        assert events(server) == [Token("Half"), End(FinishReason.TRUNCATED, None, None)]


def test_a_server_that_gives_no_token_counts() -> None:
    with LoopbackServer(reply("Whole", tokens=None)) as server:
        assert events(server) == [Token("Whole"), End(FinishReason.STOP, None, None)]


def test_token_counts_in_every_chunk_are_not_added_up() -> None:
    with LoopbackServer(stream(usage(7, 1), text("a"), usage(7, 2), delta(finish="stop"), usage(7, 3), DONE)) as server:
        assert events(server) == [Token("a"), STOP]


@pytest.mark.parametrize(
    "after",
    [(RESET,), (b"data: {broken\n\n",), (event({"error": {"message": "late"}}),)],
    ids=["reset", "bad json", "error"],
)
def test_what_goes_wrong_after_the_finish_reason_does_not_spoil_the_answer(after: tuple[bytes | Pause | str]) -> None:
    with LoopbackServer(stream(text("Whole"), delta(finish="stop"), *after)) as server:
        assert events(server) == [Token("Whole"), End(FinishReason.STOP, None, None)]


def test_keepalives_and_pauses_between_tokens_are_harmless() -> None:
    steps = (KEEPALIVE, Pause(0.05), text("a"), KEEPALIVE, Pause(0.05), text("b"), delta(finish="stop"), DONE)
    with LoopbackServer(stream(*steps)) as server:
        assert events(server) == [Token("a"), Token("b"), End(FinishReason.STOP, None, None)]


def test_characters_split_between_tcp_segments_arrive_whole() -> None:
    chunk = text("Grüße, 世界 🌍")
    pieces = [piece for byte in chunk for piece in (bytes([byte]), Pause(0.001))]
    with LoopbackServer(stream(*pieces, delta(finish="stop"), DONE)) as server:
        assert events(server) == [Token("Grüße, 世界 🌍"), End(FinishReason.STOP, None, None)]


def test_ten_megabytes_in_one_chunk_are_cut_at_the_limit() -> None:
    with LoopbackServer(stream(text("x" * 10_000_000), delta(finish="stop"), DONE)) as server:
        assert events(server) == [
            Token("x" * 40_000),
            End(FinishReason.LENGTH, None, None),
        ]


def test_ten_megabytes_in_many_chunks_are_cut_at_the_limit_and_the_server_is_left() -> None:
    with LoopbackServer(stream(*[text("x" * 1_000)] * 10_000, HANG)) as server:
        assert events(server, max_output_chars=2_500) == [
            Token("x" * 1_000),
            Token("x" * 1_000),
            Token("x" * 500),
            End(FinishReason.LENGTH, None, None),
        ]
        assert server.wait_gone(1.0)


def test_an_answer_of_exactly_the_limit_is_whole() -> None:
    with LoopbackServer(reply("abc", "def")) as server:
        assert events(server, max_output_chars=6) == [Token("abc"), Token("def"), STOP]


def test_text_in_content_parts_is_read() -> None:
    parts = [{"type": "text", "text": "Hello"}]
    server = LoopbackServer(stream(delta(content=parts), delta(finish="stop"), DONE))
    with server, pytest.warns(UserWarning, match="Pydantic serializer warnings"):
        assert events(server) == [Token("Hello"), End(FinishReason.STOP, None, None)]

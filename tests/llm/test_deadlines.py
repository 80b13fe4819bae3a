"""Deadlines and cancelling: no server keeps a reader waiting, and no thread outlives its reader."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator

import pytest

from assistant.domain import Waiting
from assistant.errors import ModelTimeout
from assistant.llm import End, FinishReason, Token
from tests.llm.behaviours import (
    DONE,
    HANG,
    KEEPALIVE,
    STREAM_HEAD,
    Pause,
    again_and_again,
    delta,
    error,
    hang,
    raw,
    reply,
    stream,
    text,
)
from tests.llm.calls import QUESTION, SHORT, events, failure, make_model, threads_left
from tests.llm.loopback import Behaviour, LoopbackServer

# A missed deadline would cost a minute; anything less is a busy machine.
ENOUGH_S = 2.0
NOTHING_WRITTEN = (
    "The model tiny at {host} wrote nothing within 0.15 s. A local model may still be loading: ask again, "
    "or raise STUDY_LLM_FIRST_TOKEN_TIMEOUT_S."
)
NOT_FINISHED = (
    "The model tiny at {host} did not finish within 0.3 s. Ask for less at once, or raise STUDY_LLM_TIMEOUT_S."
)


@pytest.mark.parametrize(
    "behaviour",
    [
        hang(),
        raw(b"HTTP/1.1 200 OK\r\nContent-Ty", HANG),
        raw(b"HTTP/1.1 200 OK\r\n", *again_and_again(b"X-Pad: x\r\n")),
        stream(HANG),
        stream(*again_and_again(KEEPALIVE)),
        stream(*again_and_again(delta(role="assistant", content=""))),
        raw(b"HTTP/1.1 500 Broken\r\nContent-Length: 9999\r\n\r\n", *again_and_again(b" ")),
    ],
    ids=["before headers", "in headers", "slow headers", "after headers", "keepalive", "empty deltas", "slow error"],
)
def test_no_first_token(behaviour: Behaviour) -> None:
    with LoopbackServer(behaviour) as server:
        began_s = time.monotonic()
        said, error_ = failure(server, **SHORT)
        took_s = time.monotonic() - began_s
        assert server.wait_gone(1.0)
    assert (said, type(error_), error_.user_message) == ("", ModelTimeout, NOTHING_WRITTEN.format(host=server.host))
    assert 0.15 <= took_s < ENOUGH_S
    assert server.calls == 1


@pytest.mark.parametrize(
    ("behaviour", "said"),
    [
        (stream(text("Half"), HANG), "Half"),
        (stream(text("Half"), *again_and_again(KEEPALIVE)), "Half"),
        (stream(delta(reasoning_content="hm"), HANG), ""),
        (stream(text("<think>"), *again_and_again(text("hm"))), ""),
    ],
    ids=["stall", "keepalive", "stalled reasoning", "endless thought"],
)
def test_no_end(behaviour: Behaviour, said: str) -> None:
    with LoopbackServer(behaviour) as server:
        began_s = time.monotonic()
        text_, error_ = failure(server, **SHORT)
        took_s = time.monotonic() - began_s
        assert server.wait_gone(1.0)
    assert (text_, type(error_), error_.user_message) == (said, ModelTimeout, NOT_FINISHED.format(host=server.host))
    assert 0.3 <= took_s < ENOUGH_S


def test_a_slow_drip_does_not_get_past_the_deadline() -> None:
    with LoopbackServer(stream(*again_and_again(text("x"), 0.05))) as server:
        said, error_ = failure(server, **SHORT)
    assert (set(said), type(error_), error_.user_message) == (
        {"x"},
        ModelTimeout,
        NOT_FINISHED.format(host=server.host),
    )
    assert 1 <= len(said) <= 6


def test_a_flood_does_not_get_past_the_deadline() -> None:
    with LoopbackServer(stream(*[text("x")] * 200_000)) as server:
        slow_reader = make_model(server.base_url, **SHORT).stream(QUESTION)
        with pytest.raises(ModelTimeout):
            for _ in slow_reader:
                time.sleep(0.05)


def test_the_retry_has_no_deadline_of_its_own() -> None:
    with LoopbackServer(error(500), hang()) as server:
        began_s = time.monotonic()
        _, error_ = failure(server, first_token_timeout_s=0.3)
        took_s = time.monotonic() - began_s
    assert type(error_) is ModelTimeout
    assert 0.3 <= took_s < ENOUGH_S
    assert server.calls == 2


def test_a_server_that_never_completes_the_tls_handshake() -> None:
    with LoopbackServer(hang()) as server:
        with pytest.raises(ModelTimeout):
            list(make_model(server.base_url.replace("http:", "https:"), **SHORT).stream(QUESTION))
        assert threads_left(1.0) == []


@pytest.fixture
def full_port() -> Iterator[int]:
    """A port whose queue of connections is full, so that one more neither succeeds nor fails."""
    with socket.create_server(("127.0.0.1", 0), backlog=0) as listener:
        port = listener.getsockname()[1]
        with socket.create_connection(("127.0.0.1", port)):
            yield port


def test_a_connection_that_does_not_come_about(full_port: int) -> None:
    began_s = time.monotonic()
    with pytest.raises(ModelTimeout):
        list(make_model(f"http://127.0.0.1:{full_port}/v1", **SHORT).stream(QUESTION))
    # Connecting cannot be interrupted; the reader waits a moment for the thread, which ends on its own soon after.
    assert time.monotonic() - began_s < ENOUGH_S
    assert threads_left(2.0) == []


@pytest.mark.parametrize(
    "behaviour",
    [hang(), stream(HANG), stream(*again_and_again(KEEPALIVE, 0.05)), error(429)],
    ids=["no head", "no token", "keepalive", "before the retry"],
)
def test_closing_before_the_first_token_drops_the_request(
    behaviour: Behaviour, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.llm.mapping._BRIEFLY_S", 4.0)
    with LoopbackServer(behaviour) as server:
        answer = make_model(server.base_url, first_token_timeout_s=60.0, timeout_s=60.0).stream(QUESTION)
        began_s = time.monotonic()
        assert next(answer) == Waiting()
        answer.close()
        assert time.monotonic() - began_s < ENOUGH_S
        assert threads_left(1.0) == []
        assert server.calls == 1


def test_a_silence_in_the_middle_is_told_of_too() -> None:
    with LoopbackServer(stream(text("Hello"), HANG)) as server:
        answer = make_model(server.base_url).stream(QUESTION)
        assert (next(answer), next(answer)) == (Token("Hello"), Waiting())
        answer.close()
        assert server.wait_gone(1.0)


@pytest.mark.parametrize("rest", [(HANG,), (text("more"),) * 50_000], ids=["silence", "flood"])
def test_closing_early_drops_the_connection(rest: tuple[bytes | Pause]) -> None:
    with LoopbackServer(stream(text("Hello"), *rest)) as server:
        answer = make_model(server.base_url).stream(QUESTION)
        assert next(answer) == Token("Hello")
        began_s = time.monotonic()
        answer.close()
        assert time.monotonic() - began_s < ENOUGH_S
        assert threads_left(1.0) == []
        assert server.wait_gone(1.0)
        assert server.calls == 1


def test_a_generator_that_is_dropped_closes_itself() -> None:
    with LoopbackServer(stream(text("Hello"), HANG)) as server:
        for event in make_model(server.base_url).stream(QUESTION):
            assert event == Token("Hello")
            break
        assert server.wait_gone(1.0)


def test_a_generator_that_is_never_started_asks_nothing() -> None:
    with LoopbackServer(reply("Hello")) as server:
        make_model(server.base_url).stream(QUESTION).close()
        assert server.calls == 0


def test_a_finished_answer_does_not_wait_long_for_token_counts() -> None:
    with LoopbackServer(stream(text("Whole"), delta(finish="stop"), HANG)) as server:
        began_s = time.monotonic()
        assert events(server) == [Token("Whole"), End(FinishReason.STOP, None, None)]
        assert time.monotonic() - began_s < ENOUGH_S


def test_readers_do_not_disturb_each_other() -> None:
    with LoopbackServer(
        stream(text("slow"), Pause(0.2), delta(finish="stop"), DONE), stream(text("quick"), HANG), reply("third")
    ) as server:
        model = make_model(server.base_url)
        first, second = model.stream(QUESTION), model.stream(QUESTION)
        assert (next(first), next(second)) == (Token("slow"), Token("quick"))
        second.close()
        assert list(first) == [End(FinishReason.STOP, None, None)]
        assert list(model.stream(QUESTION)) == [Token("third"), End(FinishReason.STOP, 7, 3)]


def test_the_response_head_is_that_of_an_event_stream() -> None:
    """The loopback server's head carries no length: only the closed connection ends the body."""
    assert b"content-length" not in STREAM_HEAD.lower()

"""The list of models, for a settings page."""

from __future__ import annotations

import time

import pytest

from assistant.errors import (
    LanguageModelError,
    ModelAuthFailed,
    ModelNotFound,
    ModelResponseInvalid,
    ModelTimeout,
    ModelUnreachable,
)
from tests.llm.behaviours import again_and_again, error, hang, model_list, raw, status
from tests.llm.calls import KEY, make_model
from tests.llm.loopback import Behaviour, LoopbackServer


def test_names_in_the_servers_order() -> None:
    with LoopbackServer(models=model_list("zephyr", "llama")) as server:
        assert make_model(server.base_url).models() == ("zephyr", "llama")
        (request,) = server.requests
    assert (request.method, request.path) == ("GET", "/v1/models")
    assert request.headers["authorization"] == f"Bearer {KEY}"


@pytest.mark.parametrize("nothing", [model_list(), status(200, {"object": "list", "data": None})])
def test_no_models(nothing: Behaviour) -> None:
    with LoopbackServer(models=nothing) as server:
        assert make_model(server.base_url).models() == ()


@pytest.mark.parametrize(
    ("behaviour", "kind"),
    [
        (error(401), ModelAuthFailed),
        (error(404), ModelNotFound),
        (error(500), ModelUnreachable),
        (raw(), ModelUnreachable),
        (status(200, b"<html>Welcome</html>"), ModelResponseInvalid),
        (status(200, b"{nope"), ModelResponseInvalid),
        (status(200, {"data": [{"name": "x"}]}), ModelResponseInvalid),
        (status(200, {"data": "x"}), ModelResponseInvalid),
        (status(200, []), ModelResponseInvalid),
    ],
    ids=["401", "404", "500", "closed", "page", "bad json", "no id", "text", "list"],
)
def test_failures_are_not_tried_again(behaviour: Behaviour, kind: type[LanguageModelError]) -> None:
    with LoopbackServer(models=behaviour) as server, pytest.raises(LanguageModelError) as caught:
        make_model(server.base_url).models()
    assert (type(caught.value), len(server.requests)) == (kind, 1)
    assert server.host in caught.value.user_message
    assert "tiny" in caught.value.user_message


@pytest.mark.parametrize(
    "behaviour", [hang(), raw(b"HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n", *again_and_again(b" "))]
)
def test_the_deadline_is_short(behaviour: Behaviour) -> None:
    with LoopbackServer(models=behaviour) as server:
        began_s = time.monotonic()
        with pytest.raises(ModelTimeout) as caught:
            make_model(server.base_url, first_token_timeout_s=0.2).models()
        assert time.monotonic() - began_s < 2.0
    assert caught.value.user_message == (
        f"The model server at {server.host} did not list its models within 0.2 s, so tiny could not be checked. "
        "Check that the server is running, then try again."
    )

from __future__ import annotations

import pytest

from assistant.domain import TokenUsage
from assistant.errors import LanguageModelMissing, ModelAuthFailed
from assistant.probing import Probe, configured_model, probe
from assistant.settings import Settings
from tests.llm.behaviours import HANG, error, reply, stream, text
from tests.llm.calls import make_model
from tests.llm.loopback import LoopbackServer


def test_one_word_is_asked_for_and_timed() -> None:
    clock = iter([10.0, 10.25, 10.75]).__next__
    with LoopbackServer(reply("rea", "dy", tokens=(31, 2))) as server:
        answered = probe(make_model(server.base_url), clock)
        (request,) = server.requests
    assert answered == Probe("tiny", server.host, "ready", 0.25, 0.75, TokenUsage(31, 2))
    assert request.json["messages"] == [
        {
            "role": "user",
            "content": "This is a test of the connection. Reply with the single word: ready\n",
        }
    ]
    assert answered.sentence == (
        f"tiny at {server.host} answered “ready”: first token after 0.2 s, done after 0.8 s. "
        "It read 31 tokens and wrote 2."
    )


def test_a_talkative_model_is_hung_up_on() -> None:
    with LoopbackServer(stream(text("So,\nwell. " + "x" * 99), HANG)) as server:
        answered = probe(make_model(server.base_url), lambda: 0.0)
        assert server.wait_gone(5.0)
    assert (answered.text, answered.usage) == ("So,\nwell. " + "x" * 50 + "…", None)
    assert answered.sentence.endswith("x…”: first token after 0.0 s, done after 0.0 s.")
    assert "\n" not in answered.sentence


def test_a_failure_is_the_models() -> None:
    with LoopbackServer(error(401)) as server, pytest.raises(ModelAuthFailed):
        probe(make_model(server.base_url), lambda: 0.0)


def test_a_model_must_be_set_up() -> None:
    with pytest.raises(LanguageModelMissing, match="No language model is set up"):
        configured_model(Settings())
    assert configured_model(Settings(llm_base_url="http://a:1/v1", llm_model="m")).name == "m"

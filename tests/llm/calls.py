"""Calls: what every test of the language model does, in one place.

Owns: a model with known settings, running a stream to its end or its failure, and looking for threads left behind.
"""

from __future__ import annotations

import threading
import time
from typing import Any

from langchain_core.messages import HumanMessage
from pydantic import SecretStr

from assistant.domain import Waiting
from assistant.errors import LanguageModelError
from assistant.llm import ChatModel, End, Token
from assistant.llm.background import THREAD_NAME
from tests.llm.loopback import LoopbackServer

KEY = "sk-test-0123456789abcdef"
QUESTION = [HumanMessage("What is a saga?")]
# For the tests in which a deadline passes; all others must not depend on how busy the machine is.
SHORT = {"first_token_timeout_s": 0.15, "timeout_s": 0.3}


def make_model(base_url: str, **changes: Any) -> ChatModel:
    """A model with generous deadlines."""
    settings: dict[str, Any] = {
        "api_key": SecretStr(KEY),
        "model": "tiny",
        "first_token_timeout_s": 5.0,
        "timeout_s": 10.0,
        "max_output_tokens": 64,
    }
    return ChatModel(base_url=base_url, **(settings | changes))


def events(server: LoopbackServer, **changes: Any) -> list[Token | End]:
    """Everything a successful stream yields, but how often it said that it waits."""
    stream = make_model(server.base_url, **changes).stream(QUESTION)
    return [event for event in stream if not isinstance(event, Waiting)]


def failure(server: LoopbackServer, **changes: Any) -> tuple[str, LanguageModelError]:
    """The text handed out before a stream fails, and the failure."""
    text = ""
    try:
        for event in make_model(server.base_url, **changes).stream(QUESTION):
            assert isinstance(event, Token | Waiting), event
            text += event.text if isinstance(event, Token) else ""
    except LanguageModelError as error:
        return text, error
    raise AssertionError("the stream did not fail")


def threads_left(timeout_s: float) -> list[threading.Thread]:
    """The model's threads that are still running after this time at most."""
    until = time.monotonic() + timeout_s
    while (running := [t for t in threading.enumerate() if t.name == THREAD_NAME]) and time.monotonic() < until:
        time.sleep(0.005)
    return running

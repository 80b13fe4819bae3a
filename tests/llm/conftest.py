"""Fixtures for the language model: libraries loaded before any deadline, and no thread left behind by any test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.llm.behaviours import reply
from tests.llm.calls import events, threads_left
from tests.llm.loopback import LoopbackServer


@pytest.fixture(scope="session", autouse=True)
def _libraries_loaded() -> None:
    """The first call imports openai and reads certificates; no deadline of a test should pay for that."""
    with LoopbackServer(reply("warm")) as server:
        events(server)


@pytest.fixture(autouse=True)
def _retries_come_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Retries are counted here, not waited for."""
    monkeypatch.setattr("assistant.llm.mapping._BRIEFLY_S", 0.01)


@pytest.fixture(autouse=True)
def _no_thread_stays_behind() -> Iterator[None]:
    yield
    assert threads_left(1.0) == []

"""Endpoint: how a server is named, and what it is taken for."""

from __future__ import annotations

import pytest

from assistant.llm.endpoint import OPENAI_BASE_URL, Endpoint


@pytest.mark.parametrize(
    ("address", "host", "is_loopback", "newer_name"),
    [
        (OPENAI_BASE_URL, "api.openai.com", False, True),
        ("https://mine.openai.azure.com/openai/v1", "mine.openai.azure.com", False, True),
        ("http://localhost:11434/v1", "localhost:11434", True, False),
        ("http://127.0.0.1:8080/v1/", "127.0.0.1:8080", True, False),
        ("http://[::1]:8080/v1", "[::1]:8080", True, False),
        ("http://192.168.1.9:8080/v1", "192.168.1.9:8080", False, False),
        ("https://user:password@proxy.example/v1", "proxy.example", False, False),
        ("https://notopenai.com/v1", "notopenai.com", False, False),
        ("nonsense", "the address in STUDY_LLM_BASE_URL", False, False),
    ],
)
def test_addresses(address: str, host: str, is_loopback: bool, newer_name: bool) -> None:
    endpoint = Endpoint(address, "tiny", None)
    assert (endpoint.host, endpoint.is_loopback, endpoint.wants_max_completion_tokens) == (
        host,
        is_loopback,
        newer_name,
    )

"""The client: one request through langchain_openai, as deltas.

Owns: the settings of ChatOpenAI, openai and their HTTP client, and reading LangChain's chunks.
Refuses: deadlines for the whole answer, retries, and translating errors: what the libraries raise leaves as it is.
Importing this file costs more than a second; it is imported by the first call, never by a module at its top.

Tracing is off by construction. LangChain hands runs to LangSmith through callbacks, which ``ChatOpenAI.stream`` sets up
from the environment; the deltas here come from ``_stream``, the method below it, which has none. The address and the
key are always given, because LangChain would otherwise take them from the environment (``LANGSMITH_GATEWAY``).
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import httpx2
from langchain_core.messages import AIMessageChunk
from langchain_openai import ChatOpenAI
from pydantic import SecretStr

from assistant.llm.events import Delta

if TYPE_CHECKING:
    import ssl

    from langchain_core.messages import BaseMessage
    from langchain_core.outputs import ChatGenerationChunk

    from assistant.llm.endpoint import Endpoint
    from assistant.llm.wires import Wires

# What servers call hidden reasoning in a delta; LangChain drops these fields.
_REASONING_FIELDS = ("reasoning_content", "reasoning")


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one request; the timeouts are a net below the deadlines of ``background``, per read and per connect."""

    connect_timeout_s: float
    read_timeout_s: float
    max_output_tokens: int


def stream_deltas(
    endpoint: Endpoint, limits: Limits, messages: Sequence[BaseMessage], wires: Wires, *, with_usage: bool
) -> Generator[Delta, None, None]:
    """Ask for one completion, ``with_usage`` with its token counts; the connection is closed when the generator is."""
    with _chat(endpoint, limits, wires, with_usage=with_usage) as chat:
        yield from chat.deltas(messages)


def list_models(endpoint: Endpoint, limits: Limits, wires: Wires) -> Generator[str, None, None]:
    """Names of the models the server offers, in its order; none when it lists nothing (Ollama then sends null)."""
    with _chat(endpoint, limits, wires, with_usage=False) as chat:
        for model in chat.root_client.models.list():
            # Built without validation: a field of another type, or none at all, is found out here.
            if not isinstance(model.id, str):
                raise TypeError("a model without a name")
            yield model.id


@contextlib.contextmanager
def _chat(endpoint: Endpoint, limits: Limits, wires: Wires, *, with_usage: bool) -> Iterator[_Chat]:
    timeout = httpx2.Timeout(limits.read_timeout_s, connect=limits.connect_timeout_s)
    http = httpx2.Client(
        timeout=timeout,
        verify=_tls(),
        # A proxy from the environment cannot reach this machine's own servers.
        trust_env=not endpoint.is_loopback,
        # Questions and notes go to the address that was configured and nowhere else.
        follow_redirects=False,
        event_hooks={"request": [_watch(wires)]},
    )
    limit_name = "max_completion_tokens" if endpoint.wants_max_completion_tokens else "max_tokens"
    try:
        yield _Chat(
            model=endpoint.model,
            base_url=endpoint.base_url,
            api_key=SecretStr(endpoint.sent_key),
            timeout=timeout,
            # The one retry is made by ``chat_model``: this one sleeps for up to two minutes when a server asks it to.
            max_retries=0,
            streaming=True,
            stream_usage=with_usage,
            use_responses_api=False,
            extra_body={limit_name: limits.max_output_tokens},
            http_client=http,
            # Never used; without it the library builds one, and 30 ms of TLS set-up with it.
            http_async_client=httpx2.AsyncClient(verify=_tls(), trust_env=False),
        )
    finally:
        http.close()
        wires.cut()


@cache
def _tls() -> ssl.SSLContext:
    """Certificates to trust; reading them takes 30 ms, so once per process."""
    return httpx2.create_ssl_context()


def _watch(wires: Wires) -> Callable[[httpx2.Request], None]:
    """A request hook that adds each new connection to the wires.

    The HTTP library's ``trace`` extension is its public way to see a connection before the response has begun.
    """

    def trace(event: str, info: Mapping[str, Any]) -> None:
        if event.endswith(".connect_tcp.complete"):
            wires.add(info["return_value"].get_extra_info("socket"))

    def hook(request: httpx2.Request) -> None:
        request.extensions["trace"] = trace

    return hook


class _Chat(ChatOpenAI):
    """ChatOpenAI that notes on its chunks what it would otherwise drop: hidden reasoning and refusals."""

    def deltas(self, messages: Sequence[BaseMessage]) -> Iterator[Delta]:
        for chunk in self._stream(list(messages)):
            yield _delta(chunk)

    def _convert_chunk_to_generation_chunk(
        self, chunk: dict[str, Any], default_chunk_class: type, base_generation_info: dict[str, Any] | None
    ) -> ChatGenerationChunk | None:
        converted = super()._convert_chunk_to_generation_chunk(chunk, default_chunk_class, base_generation_info)
        if converted is not None:
            dropped = chunk["choices"][0]["delta"] if chunk.get("choices") else {}
            notes = converted.message.additional_kwargs
            notes["reasoning"] = any(dropped.get(name) for name in _REASONING_FIELDS)
            notes["refusal"] = bool(dropped.get("refusal"))
        return converted


def _delta(chunk: ChatGenerationChunk) -> Delta:
    message = chunk.message
    notes = message.additional_kwargs
    usage, tool_call = None, "function_call" in notes
    if isinstance(message, AIMessageChunk):
        usage, tool_call = message.usage_metadata, tool_call or bool(message.tool_call_chunks)
    return Delta(
        text=str(message.text),
        finish=(chunk.generation_info or {}).get("finish_reason"),
        input_tokens=usage["input_tokens"] if usage else None,
        output_tokens=usage["output_tokens"] if usage else None,
        reasoning=notes["reasoning"],
        refusal=notes["refusal"],
        tool_call=tool_call,
    )

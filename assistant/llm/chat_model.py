"""ChatModel: the story of one call to a language model.

Owns: the order of things (ask, hand out text, judge the end) and the three deadlines.
Refuses: everything the files it reads from own. Holds no connection between calls, and loads nothing before the first;
it remembers one thing, that its server does not count tokens in streams.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Generator, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from assistant.domain import Waiting
from assistant.llm import failures
from assistant.llm.attempts import Attempt
from assistant.llm.background import Background, NoItem, pause
from assistant.llm.deadlines import Deadlines
from assistant.llm.endpoint import OPENAI_BASE_URL, Endpoint
from assistant.llm.events import Delta, End, Token
from assistant.llm.transcript import Transcript
from assistant.llm.wires import Wires

if TYPE_CHECKING:
    from langchain_core.messages import BaseMessage
    from pydantic import SecretStr

    from assistant.errors import LanguageModelError
    from assistant.llm.client import Limits
    from assistant.settings import Settings

T = TypeVar("T")

_LIST_TIMEOUT_S = 5.0
# The HTTP library's own timeouts only end a thread that could not be woken, so they come after our deadlines.
_NET_MARGIN_S = 0.5


class ChatModel:
    """One model on one OpenAI-compatible server; safe to share between threads."""

    def __init__(
        self,
        *,
        base_url: str | None,
        api_key: SecretStr | None,
        model: str,
        first_token_timeout_s: float,
        timeout_s: float,
        max_output_tokens: int,
        max_output_chars: int = 40_000,
    ) -> None:
        self._name = model
        self._endpoint = Endpoint(base_url or OPENAI_BASE_URL, model, api_key)
        self._first_token_timeout_s = first_token_timeout_s
        self._timeout_s = timeout_s
        self._max_output_tokens = max_output_tokens
        self._max_output_chars = max_output_chars
        self._counts_usage = True

    @classmethod
    def from_settings(cls, settings: Settings) -> ChatModel:
        """Use the model the user has configured; whether there is one is ``settings.llm_enabled``."""
        return cls(
            base_url=settings.llm_base_url,
            api_key=settings.llm_api_key,
            model=settings.llm_model,
            first_token_timeout_s=settings.llm_first_token_timeout_s,
            timeout_s=settings.llm_timeout_s,
            max_output_tokens=settings.llm_max_output_tokens,
        )

    @property
    def name(self) -> str:
        """The model's name as the server knows it."""
        return self._name

    @property
    def host(self) -> str:
        """Host and port of the server."""
        return self._endpoint.host

    def prepare(self) -> None:
        """Load the libraries, which takes a second or more at the first time and is not the server's doing."""
        from assistant.llm import client, mapping  # noqa: F401, PLC0415 - heavy, see client

    def stream(
        self, messages: Sequence[BaseMessage], shorter: Sequence[BaseMessage] | None = None
    ) -> Generator[Token | Waiting | End, None, None]:
        """Ask once and yield the answer as it is written: tokens, ``Waiting`` in silences, then one ``End``.

        Both timeouts count from the first ``next``, asking again included. A failure is asked again at most once, and
        only while no token has been handed out; ``shorter`` messages are tried once if the model cannot read as much
        as ``messages``. Closing the generator early drops the connection.

        Raises:
            LanguageModelError: one of its subclasses; tokens that came before it are good as far as they go.
        """
        # Loaded before the clock starts: the second it takes is not the server's.
        from assistant.llm import client, mapping  # noqa: PLC0415 - heavy, see client

        if not self._endpoint.key_is_sendable:
            raise failures.unsendable_key(self._endpoint)
        ask = partial(client.stream_deltas, self._endpoint, self._limits(self._timeout_s))
        deadlines = Deadlines.starting_now(self._first_token_timeout_s, self._timeout_s)
        attempt = Attempt(messages, shorter, with_usage=self._counts_usage)
        while True:
            transcript = Transcript(self._endpoint, self._max_output_chars)
            try:
                with contextlib.closing(self._try(ask, attempt, deadlines, transcript)) as events:
                    yield from events
                return
            except NoItem as stop:
                late = self._late(transcript)
                failure = mapping.translate(stop.cause, self._endpoint, late=late, wrote=transcript.wrote)
                following = None if transcript.wrote else attempt.following(failure, deadlines)
                if following is None:
                    raise failure.error from stop.cause
            attempt = following
            yield from pause(attempt.wait_s)

    def models(self) -> tuple[str, ...]:
        """Names of the models the server offers, in its order.

        Raises:
            LanguageModelError: as for ``stream``.
        """
        from assistant.llm import client, mapping  # noqa: PLC0415 - heavy, see client

        if not self._endpoint.key_is_sendable:
            raise failures.unsendable_key(self._endpoint)
        limit_s = min(_LIST_TIMEOUT_S, self._first_token_timeout_s)
        ask = partial(client.list_models, self._endpoint, self._limits(limit_s))
        deadline_s = time.monotonic() + limit_s
        found: list[str] = []
        try:
            with contextlib.closing(_in_background(ask)) as names:
                while (name := names.next(deadline_s)) is not None:
                    found.append(name)
        except NoItem as stop:
            late = failures.list_late(self._endpoint, limit_s)
            raise mapping.translate(stop.cause, self._endpoint, late=late).error from stop.cause
        return tuple(found)

    def _try(
        self,
        ask: Callable[..., Generator[Delta, None, None]],
        attempt: Attempt,
        deadlines: Deadlines,
        transcript: Transcript,
    ) -> Generator[Token | Waiting | End, None, None]:
        """One request; ``NoItem`` leaves with what the libraries raised."""
        request = partial(ask, list(attempt.messages), with_usage=attempt.with_usage)
        with contextlib.closing(_in_background(request)) as deltas:
            while not transcript.capped:
                try:
                    delta = yield from deltas.await_next(deadlines.at(transcript))
                except NoItem:
                    if not transcript.finished:
                        raise
                    break
                if delta is None:
                    break
                # It answers, so what was left out of the request was what it minded.
                self._counts_usage = attempt.with_usage
                if text := transcript.add(delta):
                    yield Token(text)
            if text := transcript.close():
                yield Token(text)
        yield replace(transcript.end(), shortened=attempt.shortened)

    def _late(self, transcript: Transcript) -> LanguageModelError:
        if transcript.alive or self._timeout_s <= self._first_token_timeout_s:
            return failures.answer_late(self._endpoint, self._timeout_s)
        return failures.first_token_late(self._endpoint, self._first_token_timeout_s)

    def _limits(self, read_timeout_s: float) -> Limits:
        from assistant.llm.client import Limits  # noqa: PLC0415 - heavy, see client

        return Limits(
            connect_timeout_s=min(read_timeout_s, self._first_token_timeout_s) + _NET_MARGIN_S,
            read_timeout_s=read_timeout_s + _NET_MARGIN_S,
            max_output_tokens=self._max_output_tokens,
        )


def _in_background(ask: Callable[[Wires], Generator[T, None, None]]) -> Background[T]:
    from assistant.llm.mapping import EXPECTED  # noqa: PLC0415 - heavy, see client

    wires = Wires()
    return Background(lambda: ask(wires), cut=wires.cut, expected=EXPECTED)

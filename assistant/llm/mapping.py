"""Mapping: every exception the client's libraries raise, as one of ``assistant.errors``.

Owns: the translation by type, by HTTP status and by the structured ``code``, ``type`` and ``param`` of an error body;
what is worth asking again; keeping the key out of the errors that are logged.
Refuses: reading an error's prose. Imports openai, so it is loaded with ``client``, by the first call.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

import httpx2
import openai

from assistant.llm import failures
from assistant.llm.retry_after import retry_after_s

if TYPE_CHECKING:
    from assistant.errors import LanguageModelError
    from assistant.llm.endpoint import Endpoint

# Everything a server's reply has been seen to raise out of langchain_openai. The built-in ones come from replies of
# the wrong shape (a chunk that is a list, a delta that is null, nested ten thousand deep), which openai builds without
# validation; pydantic warns of some, and the user may have turned warnings into errors. Anything else is a defect of
# this program and is reported as one, by the thread it happens in.
EXPECTED: Final[tuple[type[Exception], ...]] = (
    openai.OpenAIError,
    httpx2.HTTPError,
    httpx2.InvalidURL,
    OSError,
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    RuntimeError,
    Warning,
)

# How each server says, in a field, that the input is too long: OpenAI; llama.cpp (its PR 15780); vLLM, which names
# the parameter that failed.
_CONTEXT_CODES: Final = frozenset({"context_length_exceeded"})
_CONTEXT_TYPES: Final = frozenset({"exceed_context_size_error"})
_CONTEXT_PARAMS: Final = frozenset({"input_tokens"})
# Servers that do not know ``stream_options`` reject it with one of these, and some do not name it.
_REJECTIONS: Final = frozenset({HTTPStatus.BAD_REQUEST, HTTPStatus.UNPROCESSABLE_ENTITY})
_USAGE_PARAMS: Final = frozenset({None, "", "stream_options", "stream_options.include_usage"})
_QUOTA_CODE: Final = "insufficient_quota"
_CONTENT_FILTER_CODE: Final = "content_filter"

_BY_STATUS: Final[Mapping[int, Callable[[Endpoint], LanguageModelError]]] = {
    HTTPStatus.UNAUTHORIZED: failures.auth,
    HTTPStatus.PAYMENT_REQUIRED: failures.quota_used_up,
    HTTPStatus.FORBIDDEN: failures.auth,
    HTTPStatus.NOT_FOUND: failures.not_found,
    HTTPStatus.METHOD_NOT_ALLOWED: failures.not_found,
    HTTPStatus.GONE: failures.not_found,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: failures.context_too_long,
}

_HIDDEN: Final = "[hidden: the server's message quotes the key]"
# Long enough for a connection that was reset to be accepted again, short enough to go unnoticed.
_BRIEFLY_S: Final = 0.2


@dataclass(frozen=True, slots=True)
class Failure:
    """What to raise, and whether asking once more could help: after how many seconds, or None for not at all.

    ``may_mind_usage``: the server did not say what it rejects, so it may be the wish for token counts.
    """

    error: LanguageModelError
    retry_in_s: float | None = None
    may_mind_usage: bool = False


def translate(error: Exception, endpoint: Endpoint, *, late: LanguageModelError, wrote: bool = False) -> Failure:
    """Name the failure.

    Args:
        error: what was raised, one of ``EXPECTED``.
        endpoint: whom it came from.
        late: what to raise when a deadline passed.
        wrote: whether the learner has seen text already.

    The caller raises ``Failure.error`` from ``error``, which has lost the key if it quoted it.
    """
    _hide_key(error, endpoint)
    if isinstance(error, TimeoutError | openai.APITimeoutError):
        return Failure(late)
    if isinstance(error, openai.APIError):
        return _translate_api_error(error, endpoint, wrote=wrote)
    if isinstance(error, httpx2.HTTPError | httpx2.InvalidURL | OSError):
        return Failure(failures.unreachable(endpoint))
    return Failure(failures.malformed(endpoint))


def _translate_api_error(error: openai.APIError, endpoint: Endpoint, *, wrote: bool) -> Failure:
    if error.code in _CONTEXT_CODES or error.type in _CONTEXT_TYPES or error.param in _CONTEXT_PARAMS:
        return Failure(failures.context_too_long(endpoint))
    status = _status(error)
    if status is not None:
        return _translate_status(status, error, endpoint)
    if not isinstance(error, openai.APIConnectionError):
        return Failure(failures.error_in_stream(endpoint))
    if _caused_by(error, httpx2.DecodingError):
        return Failure(failures.malformed(endpoint))
    if wrote:
        return Failure(failures.broken_off(endpoint))
    wrong_address = _caused_by(error, httpx2.UnsupportedProtocol)
    return Failure(failures.unreachable(endpoint), None if wrong_address else _BRIEFLY_S)


def _translate_status(status: int, error: openai.APIError, endpoint: Endpoint) -> Failure:
    if status in _BY_STATUS:
        return Failure(_BY_STATUS[status](endpoint))
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return _translate_too_many(error, endpoint)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR or status == HTTPStatus.REQUEST_TIMEOUT:
        return Failure(failures.server_error(endpoint, status), _BRIEFLY_S)
    if status < HTTPStatus.BAD_REQUEST:
        # A redirect, which is not followed: the address is not the API's own.
        return Failure(failures.not_found(endpoint))
    if error.code == _CONTENT_FILTER_CODE:
        return Failure(failures.refused(endpoint))
    may_mind_usage = status in _REJECTIONS and error.param in _USAGE_PARAMS
    return Failure(failures.rejected(endpoint, status), may_mind_usage=may_mind_usage)


def _translate_too_many(error: openai.APIError, endpoint: Endpoint) -> Failure:
    if error.code == _QUOTA_CODE:
        return Failure(failures.quota_used_up(endpoint))
    wait_s = retry_after_s(error.response.headers) if isinstance(error, openai.APIStatusError) else None
    return Failure(failures.rate_limited(endpoint, wait_s), _BRIEFLY_S if wait_s is None else wait_s)


def _status(error: openai.APIError) -> int | None:
    """The HTTP status; for an error inside a stream the one its body names, as llama.cpp and OpenRouter do."""
    if isinstance(error, openai.APIStatusError):
        return error.status_code
    code = error.code or ""
    status = int(code) if code.isascii() and code.isdigit() and len(code) == len("404") else 0
    return status if status >= HTTPStatus.BAD_REQUEST else None


def _hide_key(error: BaseException, endpoint: Endpoint) -> None:
    """Remove the key from errors that quote it; some servers repeat the header they reject."""
    key = endpoint.key
    if key is None:
        return
    for link in _chain(error):
        if key in f"{link!r} {link}":
            link.args = (_HIDDEN,)
        if isinstance(link, openai.APIError) and key in f"{link.message} {link.body}":
            link.message, link.body = _HIDDEN, None


def _caused_by(error: BaseException, *types: type[BaseException]) -> bool:
    return any(isinstance(link, types) for link in _chain(error))


def _chain(error: BaseException) -> Iterator[BaseException]:
    link: BaseException | None = error
    while link is not None:
        yield link
        link = link.__cause__ or link.__context__

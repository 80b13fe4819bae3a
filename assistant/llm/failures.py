"""The sentence for each way a model can fail.

Owns: the words, always with the model's name, the server's host and port, and what the user can do.
Refuses: deciding which one applies (``mapping``, ``transcript``, ``chat_model``). A key never enters a sentence.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.errors import (
    LanguageModelError,
    ModelAuthFailed,
    ModelContextTooLong,
    ModelNotFound,
    ModelRateLimited,
    ModelRefused,
    ModelResponseInvalid,
    ModelTimeout,
    ModelUnreachable,
)

if TYPE_CHECKING:
    from assistant.llm.endpoint import Endpoint


def _who(endpoint: Endpoint) -> str:
    return f"The model {endpoint.model} at {endpoint.host}"


def unreachable(endpoint: Endpoint) -> LanguageModelError:
    """No connection came about, or it broke."""
    return ModelUnreachable(
        f"No working connection to the model server at {endpoint.host} for {endpoint.model}. "
        "Check that the server is running and that STUDY_LLM_BASE_URL is its address, then ask again."
    )


def broken_off(endpoint: Endpoint) -> LanguageModelError:
    """The connection broke after text had been shown."""
    return ModelUnreachable(
        f"The connection to {endpoint.host} broke while {endpoint.model} was writing. Ask again for a whole answer."
    )


def server_error(endpoint: Endpoint, status: int) -> LanguageModelError:
    """A 5xx status."""
    return ModelUnreachable(
        f"{_who(endpoint)} is failing (HTTP {status}). Ask again in a moment, or look at the server's log."
    )


def first_token_late(endpoint: Endpoint, limit_s: float) -> LanguageModelError:
    """Not a single token within the limit."""
    return ModelTimeout(
        f"{_who(endpoint)} wrote nothing within {limit_s:g} s. A local model may still be loading: ask again, "
        "or raise STUDY_LLM_FIRST_TOKEN_TIMEOUT_S."
    )


def answer_late(endpoint: Endpoint, limit_s: float) -> LanguageModelError:
    """The whole answer took longer than the limit."""
    return ModelTimeout(
        f"{_who(endpoint)} did not finish within {limit_s:g} s. Ask for less at once, or raise STUDY_LLM_TIMEOUT_S."
    )


def list_late(endpoint: Endpoint, limit_s: float) -> LanguageModelError:
    """The list of models took longer than the limit."""
    return ModelTimeout(
        f"The model server at {endpoint.host} did not list its models within {limit_s:g} s, "
        f"so {endpoint.model} could not be checked. Check that the server is running, then try again."
    )


def auth(endpoint: Endpoint) -> LanguageModelError:
    """401 or 403."""
    if endpoint.key is None:
        return ModelAuthFailed(f"{_who(endpoint)} asks for a key. Set STUDY_LLM_API_KEY.")
    return ModelAuthFailed(f"{_who(endpoint)} rejected the key. Check STUDY_LLM_API_KEY and what it may be used for.")


def unsendable_key(endpoint: Endpoint) -> LanguageModelError:
    """The key cannot be part of a request."""
    return ModelAuthFailed(
        f"The key for {endpoint.model} at {endpoint.host} holds a space, a line break or a character outside ASCII. "
        "Copy it into STUDY_LLM_API_KEY again."
    )


def not_found(endpoint: Endpoint) -> LanguageModelError:
    """404: model or path."""
    return ModelNotFound(
        f"{_who(endpoint)} was not found. Check STUDY_LLM_MODEL, and that STUDY_LLM_BASE_URL is the address of the "
        "API (it usually ends in /v1)."
    )


def rate_limited(endpoint: Endpoint, retry_after_s: float | None) -> LanguageModelError:
    """429 with or without the time to wait."""
    when = "Wait a moment" if retry_after_s is None else f"Wait {retry_after_s:g} s"
    return ModelRateLimited(f"{_who(endpoint)} takes no more requests for now. {when}, then ask again.")


def quota_used_up(endpoint: Endpoint) -> LanguageModelError:
    """Waiting does not help: the account is empty."""
    return ModelRateLimited(
        f"The quota for {endpoint.model} at {endpoint.host} is used up. Check the plan and billing of the account."
    )


def context_too_long(endpoint: Endpoint) -> LanguageModelError:
    """More input than the model reads."""
    return ModelContextTooLong(
        f"The question with its passages is longer than {_who(endpoint).replace('The', 'the', 1)} reads. "
        "Ask something shorter, give the server a larger context, or set STUDY_LLM_CONTEXT_TOKENS to the one it has."
    )


def refused(endpoint: Endpoint) -> LanguageModelError:
    """The content filter withheld everything."""
    return ModelRefused(f"{_who(endpoint)} refused to answer this. Put the question differently.")


def rejected(endpoint: Endpoint, status: int) -> LanguageModelError:
    """A 4xx status with no better explanation."""
    return ModelResponseInvalid(
        f"{_who(endpoint)} rejected the request (HTTP {status}). Check that STUDY_LLM_MODEL is a chat model; "
        "the server's log says more."
    )


def malformed(endpoint: Endpoint) -> LanguageModelError:
    """What came back is not a chat completion."""
    return ModelResponseInvalid(
        f"{_who(endpoint)} sent something that is not a chat completion. Ask again; if it stays so, check that "
        "STUDY_LLM_BASE_URL is the address of an OpenAI-compatible API (it usually ends in /v1)."
    )


def error_in_stream(endpoint: Endpoint) -> LanguageModelError:
    """The answer began well and then held an error, without a status."""
    return ModelResponseInvalid(
        f"{_who(endpoint)} reported an error instead of going on. Ask again; the server's log says more."
    )


def empty(endpoint: Endpoint) -> LanguageModelError:
    """A stream without visible text."""
    return ModelResponseInvalid(
        f"{_who(endpoint)} answered with nothing. Ask again; if it stays so, check that STUDY_LLM_BASE_URL is the "
        "address of an OpenAI-compatible API (it usually ends in /v1)."
    )


def only_thoughts(endpoint: Endpoint) -> LanguageModelError:
    """The output limit was used up before the answer began."""
    return ModelResponseInvalid(
        f"{_who(endpoint)} reached its output limit before it wrote an answer. Raise STUDY_LLM_MAX_OUTPUT_TOKENS."
    )


def tool_call(endpoint: Endpoint) -> LanguageModelError:
    """A tool call where text was expected."""
    return ModelResponseInvalid(
        f"{_who(endpoint)} called a tool instead of answering. Ask again, or set STUDY_LLM_MODEL to another model."
    )

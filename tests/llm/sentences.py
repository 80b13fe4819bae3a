"""What a learner is told, exactly, when the model tiny fails; ``{host}`` is the server's host and port."""

from __future__ import annotations

WHO = "The model tiny at {host} "
REJECTED_KEY = WHO + "rejected the key. Check STUDY_LLM_API_KEY and what it may be used for."
NOT_FOUND = (
    WHO + "was not found. Check STUDY_LLM_MODEL, and that STUDY_LLM_BASE_URL is the address of the API "
    "(it usually ends in /v1)."
)
TOO_LONG = (
    "The question with its passages is longer than the model tiny at {host} reads. "
    "Ask something shorter, give the server a larger context, or set STUDY_LLM_CONTEXT_TOKENS to the one it has."
)
QUOTA = "The quota for tiny at {host} is used up. Check the plan and billing of the account."
REFUSED = WHO + "refused to answer this. Put the question differently."
UNREACHABLE = (
    "No working connection to the model server at {host} for tiny. "
    "Check that the server is running and that STUDY_LLM_BASE_URL is its address, then ask again."
)
BROKEN_OFF = "The connection to {host} broke while tiny was writing. Ask again for a whole answer."
MALFORMED = (
    WHO + "sent something that is not a chat completion. Ask again; if it stays so, check that STUDY_LLM_BASE_URL is "
    "the address of an OpenAI-compatible API (it usually ends in /v1)."
)
EMPTY = (
    WHO + "answered with nothing. Ask again; if it stays so, check that STUDY_LLM_BASE_URL is the address of an "
    "OpenAI-compatible API (it usually ends in /v1)."
)
IN_STREAM = WHO + "reported an error instead of going on. Ask again; the server's log says more."
TOOL = WHO + "called a tool instead of answering. Ask again, or set STUDY_LLM_MODEL to another model."


def failing(code: int) -> str:
    return WHO + f"is failing (HTTP {code}). Ask again in a moment, or look at the server's log."


def rejected(code: int) -> str:
    return (
        WHO + f"rejected the request (HTTP {code}). Check that STUDY_LLM_MODEL is a chat model; "
        "the server's log says more."
    )


def limited(when: str) -> str:
    return WHO + f"takes no more requests for now. {when}, then ask again."

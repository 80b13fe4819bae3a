"""Why a page could not be fetched, as one small tree under ``StudyError``.

    FetchFailed              the site answered, and the answer will not change soon
    ├── BadRedirect          a chain of redirects that leads nowhere
    └── FailedForNow         trying again later may help                            (retryable)
        ├── Hiccup           trying again at once may help                          (at_once)
        └── Unreachable      no working connection came about                       (unreachable)
            └── Unconnected  the connection was refused or reset                    (at_once, unreachable)

Owns: the classes and the wording of reasons. A reason is short and stable: status lists show it, tests compare it.
Refuses: what the URL guard refuses (``refusals``), and deciding which failure applies.
"""

from __future__ import annotations

from typing import ClassVar

from assistant.errors import StudyError

NO_SUCH_HOST = "unreachable (no such host)"
NO_NETWORK = "unreachable (no network)"
LOOKUP_FAILED = "unreachable (name lookup failed)"
NO_CONNECTION = "unreachable (connection failed)"
NO_ANSWER = "unreachable (no answer)"
NO_TLS = "unreachable (secure connection failed)"
OTHER_CERTIFICATE = "unreachable (certificate is for another host)"
EXPIRED_CERTIFICATE = "unreachable (certificate has expired)"
UNTRUSTED_CERTIFICATE = "unreachable (certificate is not trusted)"
TIMED_OUT = "timed out"
BROKEN_OFF = "connection broke off"
NOT_HTTP = "not a valid HTTP answer"
HEADERS_TOO_LARGE = "headers too large"
NO_CONTENT_TYPE = "no content type"
DAMAGED = "damaged compression"
TOO_MANY_REDIRECTS = "too many redirects"
REDIRECT_LOOP = "redirect loop"
REDIRECT_NOWHERE = "redirect without a target"
ROBOTS_FORBID = "robots.txt forbids it"
ASKS_TO_WAIT = "the site asks to wait"


class FetchFailed(StudyError):
    """A page was not fetched; ``reason`` is short and stable, ``retryable`` says whether a later try may work."""

    at_once: ClassVar[bool] = False
    unreachable: ClassVar[bool] = False

    def __init__(self, reason: str) -> None:
        super().__init__(f"The page could not be fetched: {reason}.")
        self.reason = reason


class BadRedirect(FetchFailed):
    """A chain of redirects that leads nowhere."""


class FailedForNow(FetchFailed):
    """Trying again later may help."""

    retryable = True


class Hiccup(FailedForNow):
    """Trying again within the same fetch may help."""

    at_once = True


class Unreachable(FailedForNow):
    """No working connection came about."""

    unreachable = True


class Unconnected(Unreachable):
    """The connection was refused or reset before anything was said."""

    at_once = True


def too_large(limit_bytes: int) -> FetchFailed:
    """More bytes than the limit, on the wire or after decompression."""
    return FetchFailed(f"too large (over {limit_bytes / 1e6:g} MB)")


def wrong_status(status: int) -> FetchFailed:
    """A status that brings no page; the reason is the number itself."""
    later = status in {408, 425, 429} or status >= 500  # noqa: PLR2004 - the first server error
    return FailedForNow(str(status)) if later else FetchFailed(str(status))

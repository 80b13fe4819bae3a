"""One guarded GET request: resolve, vet, wait for the host's turn, send, read within the caps, and try again.

Owns: what is sent (own User-Agent, nothing that identifies a learner), which statuses are worth another attempt, and
that a host name is resolved once for each fetch.
Refuses: redirects and robots.txt; an answer that is neither a page nor worth another attempt goes back as it is.
"""

from __future__ import annotations

import ssl
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from tenacity import RetryCallState, Retrying, retry_if_exception, stop_after_attempt

from ingest.web.body import read_body
from ingest.web.deadline import Deadline
from ingest.web.failures import NO_CONTENT_TYPE, NO_SUCH_HOST, FailedForNow, FetchFailed, Hiccup, Unreachable, too_large
from ingest.web.head import Head
from ingest.web.meter import Meter
from ingest.web.policy import Limits, Policy
from ingest.web.politeness import Politeness, Sleep
from ingest.web.resolver import Resolver
from ingest.web.transport import Answer, exchange
from ingest.web.urlguard import Target, check_address

PRODUCT = "RoadmapStudyAssistant"
USER_AGENT = f"{PRODUCT}/0.1 (+offline study tool)"
OK_STATUSES = frozenset({200, 203})
_BUSY_STATUSES = frozenset({429, 502, 503, 504})
_HEADERS = {"User-Agent": USER_AGENT, "Accept-Encoding": "gzip", "Accept-Language": "en", "Connection": "close"}
_FIRST_BACKOFF_S = 0.5


@dataclass(slots=True)
class Trip:
    """What one fetch carries along: its deadline, and the vetted addresses of every host it has met."""

    deadline: Deadline
    addresses: dict[str, Sequence[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Wants:
    """What a request is for: ``media_types`` None takes any; ``cut`` keeps the start of a body that is too large."""

    media_types: frozenset[str] | None
    limit_bytes: int
    cut: bool = False
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer that has been read; the body is empty unless the status is OK."""

    head: Head
    body: bytes


class Courier:
    """Sends requests for all threads of a fetcher."""

    def __init__(
        self,
        policy: Policy,
        limits: Limits,
        resolver: Resolver,
        politeness: Politeness,
        tls: ssl.SSLContext,
        sleep: Sleep,
        jitter: Callable[[], float],
    ) -> None:
        self._policy = policy
        self._limits = limits
        self._resolver = resolver
        self._politeness = politeness
        self._tls = tls
        self._sleep = sleep
        self._jitter = jitter

    def get(self, target: Target, trip: Trip, wants: Wants) -> Reply:
        """Send the request, again after a hiccup, as long as the wall clock allows.

        Raises:
            UrlRefused: an address behind the host is not public.
            FetchFailed: no answer, or one that is too large or of the wrong kind.
        """
        attempts = stop_after_attempt(1 + self._limits.retries)
        retrying = Retrying(
            retry=retry_if_exception(lambda error: isinstance(error, FetchFailed) and error.at_once),
            stop=lambda state: attempts(state) or not trip.deadline.has(state.upcoming_sleep),
            wait=self._backoff_s,
            sleep=self._sleep,
            reraise=True,
        )
        return retrying(self._attempt, target, trip, wants)

    def _backoff_s(self, state: RetryCallState) -> float:
        """0.5 s, then 1 s, and up to as much again so that parallel fetches do not come back together."""
        return float(_FIRST_BACKOFF_S * 2 ** (state.attempt_number - 1) * (1 + self._jitter()))

    def _attempt(self, target: Target, trip: Trip, wants: Wants) -> Reply:
        addresses = self._vetted_addresses(target, trip)
        meter = Meter(trip.deadline, self._limits, wants.limit_bytes)
        headers = {"Host": target.authority, **_HEADERS, **wants.headers}
        with (
            self._politeness.turn(target.host, trip.deadline),
            exchange(target, addresses, headers, meter, self._tls) as answer,
        ):
            self._heed_busy(answer.head, target.host)
            if answer.head.status not in OK_STATUSES:
                return Reply(answer.head, b"")
            return Reply(answer.head, _read(answer, wants))

    def _vetted_addresses(self, target: Target, trip: Trip) -> Sequence[str]:
        """Every address of the answer must pass; one private address among public ones is how rebinding starts."""
        known = trip.addresses.get(target.host)
        if known is None:
            literal = target.address
            known = (literal,) if literal else tuple(self._resolver(target.host, trip.deadline.left_s()))
            if not known:
                raise Unreachable(NO_SUCH_HOST)
            trip.addresses[target.host] = known
        for address in known:  # each time, since what is allowed depends on the port
            check_address(address, self._policy, port=target.port)
        return known

    def _heed_busy(self, head: Head, host: str) -> None:
        if head.status not in _BUSY_STATUSES:
            return
        asked_s = head.retry_after_s
        if asked_s is not None and not self._politeness.hold(host, asked_s):
            raise FailedForNow(str(head.status))
        raise Hiccup(str(head.status))


def _read(answer: Answer, wants: Wants) -> bytes:
    """Read the body, unless its headers already say that it is not wanted."""
    head = answer.head
    if wants.media_types is not None and head.media_type not in wants.media_types:
        raise FetchFailed(f"content type {head.media_type}" if head.media_type else NO_CONTENT_TYPE)
    if not wants.cut and head.length is not None and head.length > wants.limit_bytes:
        raise too_large(wants.limit_bytes)
    return read_body(answer.chunks, head.encoding, wants.limit_bytes, cut=wants.cut)

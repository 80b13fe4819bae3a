"""The story of one fetch: guard, robots.txt, request, redirects, result.

Owns: the order of these steps, what a redirect may do, and what counts as a page.
Refuses: extracting text, telling a bot wall from an article, storing anything.
"""

from __future__ import annotations

import random
import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ingest.web.courier import OK_STATUSES, Courier, Reply, Trip, Wants
from ingest.web.deadline import Clock, Deadline
from ingest.web.failures import (
    REDIRECT_LOOP,
    REDIRECT_NOWHERE,
    TOO_MANY_REDIRECTS,
    BadRedirect,
    FailedForNow,
    FetchFailed,
    Unreachable,
    wrong_status,
)
from ingest.web.head import Head, usable_validator
from ingest.web.outage import OutageAware
from ingest.web.policy import Limits, Policy
from ingest.web.politeness import Politeness, Sleep
from ingest.web.resolver import Resolver, system_resolver
from ingest.web.robots import Robots
from ingest.web.transport import system_tls
from ingest.web.urlguard import Target, UrlRefused, check_reference, check_url

MEDIA_TYPES = frozenset(
    {
        "application/json",
        "application/pdf",
        "application/x-ipynb+json",
        "application/xhtml+xml",
        "text/html",
        "text/markdown",
        "text/plain",
        "text/x-markdown",
    }
)
"""What is worth reading; a page of another type is refused by name before its body is read."""

_ACCEPT = "text/html, application/xhtml+xml, text/markdown, text/plain, application/pdf, application/json, */*;q=0.1"
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_NOT_MODIFIED = 304
_TOO_MANY_REQUESTS, _FIRST_SERVER_ERROR = 429, 500


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page: ``url`` is where the redirects ended, ``charset`` what the server declares (None if it does not)."""

    url: str
    media_type: str
    charset: str | None
    body: bytes
    etag: str | None
    last_modified: str | None


@dataclass(frozen=True, slots=True)
class NotModified:
    """The page at ``url`` is still the one that the validators came with."""

    url: str
    etag: str | None
    last_modified: str | None


class Fetcher:
    """Fetches learners' links; safe to share between threads, which then work on different hosts in parallel.

    ``resolver``, ``clock``, ``sleep``, ``jitter`` (0 to 1) and ``tls`` are there for tests; the defaults are the
    system's.
    """

    def __init__(
        self,
        policy: Policy | None = None,
        limits: Limits | None = None,
        *,
        resolver: Resolver = system_resolver,
        clock: Clock = time.monotonic,
        sleep: Sleep = time.sleep,
        jitter: Callable[[], float] = random.random,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self._policy = policy or Policy()
        self._limits = limits or Limits()
        self._clock = clock
        politeness = Politeness(self._limits, clock, sleep)
        names = OutageAware(resolver)
        self._courier = Courier(self._policy, self._limits, names, politeness, tls or system_tls(), sleep, jitter)
        self._robots = Robots(self._read_robots, politeness.pace, clock, self._limits.total_s / 2)

    def fetch(
        self,
        url: str,
        *,
        etag: str | None = None,
        last_modified: str | None = None,
        validators_url: str | None = None,
    ) -> Fetched | NotModified:
        """Fetch a page, following redirects.

        ``etag`` and ``last_modified`` are sent only to the address they came from, which is ``validators_url``
        (``Fetched.url`` of the earlier fetch; ``url`` if not given). Sent to another page, a redirect's new target for
        example, they could pass it off as unchanged.

        Raises:
            FetchFailed: there is no page, with a short stable ``reason``; ``retryable`` if a later try may work.
        """
        trip = Trip(Deadline(self._clock, self._limits.total_s))
        conditions = _conditions(etag, last_modified)
        try:
            start = check_url(url, self._policy)
            known_url = validators_url or start.url

            def wants(target: Target) -> Wants:
                headers = {"Accept": _ACCEPT, **(conditions if target.url == known_url else {})}
                return Wants(MEDIA_TYPES, self._limits.body_bytes, headers=headers)

            target, reply = self._follow(start, trip, wants, self._robots.check)
        except UrlRefused as refused:
            raise FetchFailed(refused.reason) from refused
        return _result(target, reply, conditions if target.url == known_url else {})

    def _follow(
        self, start: Target, trip: Trip, wants: Callable[[Target], Wants], allow: Callable[[Target, Trip], None]
    ) -> tuple[Target, Reply]:
        """Request a page and whatever it redirects to; every stop passes the guard and ``allow``."""
        target, seen = start, {start.url}
        for _ in range(self._limits.redirects + 1):
            try:
                allow(target, trip)
                reply = self._courier.get(target, trip, wants(target))
                if reply.head.status not in _REDIRECTS:
                    return target, reply
            except UrlRefused as refused:
                if target is start:
                    raise
                raise _redirects_to(refused) from refused
            target = self._next(target, reply.head)
            if target.url in seen:
                raise BadRedirect(REDIRECT_LOOP)
            seen.add(target.url)
        raise BadRedirect(TOO_MANY_REDIRECTS)

    def _next(self, target: Target, head: Head) -> Target:
        if not head.location:
            raise BadRedirect(REDIRECT_NOWHERE)
        try:
            return check_reference(target, head.location, self._policy)
        except UrlRefused as refused:
            raise _redirects_to(refused) from refused

    def _read_robots(self, target: Target, trip: Trip) -> str:
        """The text of a robots.txt; a site without one has no rules."""
        wants = Wants(None, self._limits.robots_bytes, cut=True)
        try:
            _, reply = self._follow(target, trip, lambda _: wants, lambda _target, _trip: None)
        except BadRedirect:
            return ""  # RFC 9309, 2.3.1.2: as if there were none
        except Unreachable:
            raise  # the page would fail in the same words
        except FetchFailed as failure:
            raise FailedForNow(f"robots.txt unavailable ({failure.reason})") from failure
        if reply.head.status in OK_STATUSES:
            return reply.body.decode("utf-8-sig", errors="replace")
        if reply.head.status >= _FIRST_SERVER_ERROR or reply.head.status == _TOO_MANY_REQUESTS:
            raise FailedForNow(f"robots.txt unavailable ({reply.head.status})")
        return ""


def _conditions(etag: str | None, last_modified: str | None) -> Mapping[str, str]:
    given = {"If-None-Match": usable_validator(etag), "If-Modified-Since": usable_validator(last_modified)}
    return {name: value for name, value in given.items() if value}


def _redirects_to(refused: UrlRefused) -> FetchFailed:
    return FetchFailed(f"redirects to a {refused.reason}")


def _result(target: Target, reply: Reply, conditions: Mapping[str, str]) -> Fetched | NotModified:
    """``conditions`` are those that were sent to this very page: nobody else may call it unchanged."""
    head = reply.head
    etag, last_modified = head.validator("etag"), head.validator("last-modified")
    if head.status in OK_STATUSES:
        return Fetched(target.url, head.media_type or "", head.charset, reply.body, etag, last_modified)
    if head.status == _NOT_MODIFIED and conditions:
        return NotModified(
            target.url, etag or conditions.get("If-None-Match"), last_modified or conditions.get("If-Modified-Since")
        )
    raise wrong_status(head.status)

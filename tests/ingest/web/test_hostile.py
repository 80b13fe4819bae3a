"""Answers meant to take time, memory or another host's place. Each must end within its cap, with a reason."""

from __future__ import annotations

import gzip
import time
import tracemalloc
import zlib
from collections.abc import Callable

import pytest

from ingest.web import FetchFailed, Limits
from ingest.web.failures import HEADERS_TOO_LARGE, TIMED_OUT
from tests.ingest.web.site import Answer, Site, Visit, page
from tests.ingest.web.world import FAST, FakeTime, Names, fetcher_for

SMALL = Limits(body_bytes=1_000_000, total_s=5.0, pause_s=0.0, retries=0)
BRIEF = Limits(total_s=0.4, pause_s=0.0)
OK_HEAD = b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\n"


def failure(site: Site, limits: Limits = FAST, names: Names | None = None) -> FetchFailed:
    with pytest.raises(FetchFailed) as caught:
        fetcher_for(site, limits, names=names).fetch(site.url())
    return caught.value


# Addresses


@pytest.mark.parametrize(
    ("addresses", "reason"),
    [
        (["93.184.215.14", "10.0.0.1"], "private address"),
        (["10.0.0.1", "93.184.215.14"], "private address"),
        (["127.0.0.1", "169.254.169.254"], "cloud metadata address"),
        (["2606:4700::1111", "::ffff:10.0.0.1"], "hidden IPv4 address"),
        (["127.0.0.2"], "loopback address"),
        (["not an address"], "malformed address"),
        ([], "unreachable (no such host)"),
    ],
)
def test_every_address_of_a_name_must_pass(addresses: list[str], reason: str) -> None:
    with Site({"/": page()}) as site:
        assert failure(site, names=Names(one=[addresses])).reason == reason
        assert site.seen == []


def test_rebinding_gets_no_second_question() -> None:
    busy = page(b"", 503)
    with Site(
        {"/robots.txt": [busy, page(b"")], "/": [busy, page(b"", 302, location="/b")], "/b": page(b"safe")}
    ) as site:
        names = Names(one=[["127.0.0.1"], ["169.254.169.254"]])
        fetched = fetcher_for(site, Limits(), names=names, time=FakeTime()).fetch(site.url())
        assert (fetched.url, names.asked) == (site.url("/b"), ["one.example.org"])


def test_the_next_fetch_vets_again() -> None:
    with Site({"/": page()}) as site:
        fetcher = fetcher_for(site, names=Names(one=[["127.0.0.1"], ["169.254.169.254"]]))
        fetcher.fetch(site.url())
        with pytest.raises(FetchFailed, match="cloud metadata address"):
            fetcher.fetch(site.url())
        assert site.paths() == ["/robots.txt", "/"]


# Size


def test_a_declared_length_over_the_cap_is_not_read() -> None:
    with Site({"/": OK_HEAD + b"content-length: 10000001\r\n\r\n"}) as site:
        found = failure(site)
        assert (found.reason, found.retryable) == ("too large (over 10 MB)", False)


def test_a_body_as_large_as_the_cap_passes() -> None:
    with Site({"/": page(b"x" * 1_000_000)}) as site:
        assert len(fetcher_for(site, SMALL).fetch(site.url()).body) == 1_000_000  # type: ignore[union-attr]


def test_a_body_without_end() -> None:
    def endless(visit: Visit) -> None:
        visit.send(OK_HEAD + b"\r\n")
        while True:
            visit.send(b"x" * 65_536)

    with Site({"/": endless}) as site:
        assert failure(site, SMALL).reason == "too large (over 1 MB)"
    assert site.failed == 1


def test_a_body_of_tiny_chunks() -> None:
    def crumbs(visit: Visit) -> None:
        visit.send(OK_HEAD + b"transfer-encoding: chunked\r\n\r\n")
        while True:
            visit.send(b"1\r\nx\r\n" * 10_000)

    with Site({"/": crumbs}) as site:
        assert failure(site, SMALL).reason == "too large (over 1 MB)"


def _bomb(megabytes: int) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    return b"".join(packer.compress(bytes(1_000_000)) for _ in range(megabytes)) + packer.flush()


@pytest.mark.parametrize("make", [lambda: _bomb(100), lambda: gzip.compress(bytes(1_000_000)) * 100])
def test_a_gzip_bomb_stops_at_the_cap_in_bounded_memory(make: Callable[[], bytes]) -> None:
    bomb = make()
    assert len(bomb) < 150_000
    with Site({"/": page(bomb, content_encoding="gzip")}) as site:
        fetcher = fetcher_for(site, SMALL)
        tracemalloc.start()
        try:
            with pytest.raises(FetchFailed, match=r"too large \(over 1 MB\)"):
                fetcher.fetch(site.url())
            assert tracemalloc.get_traced_memory()[1] < 4_000_000
        finally:
            tracemalloc.stop()


def test_a_bomb_that_holds_nothing() -> None:
    """Gzip members without content never reach the cap after decompression; the one on the wire ends it."""
    with Site({"/": page(gzip.compress(b"") * 60_000, content_encoding="gzip")}) as site:
        assert failure(site, SMALL).reason == "too large (over 1 MB)"


# Headers


def _long_header(visit: Visit) -> None:
    visit.send(OK_HEAD + b"x-long: ")
    while True:
        visit.send(b"a" * 4_096)


def _many_headers(visit: Visit) -> None:
    visit.send(OK_HEAD)
    while True:
        visit.send(b"x-many: a\r\n" * 100)


def _many_heads(visit: Visit) -> None:
    while True:
        visit.send(b"HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n" * 50)


@pytest.mark.parametrize("answer", [_long_header, _many_headers, _many_heads])
def test_headers_without_end(answer: Answer) -> None:
    with Site({"/": answer}) as site:
        assert failure(site).reason == HEADERS_TOO_LARGE
    assert site.failed == 1


def test_headers_just_over_the_cap() -> None:
    with Site({"/": [page(x_large="a" * 32_000), page(x_large="a" * 33_000)]}) as site:
        fetcher_for(site).fetch(site.url())
        assert failure(site).reason == HEADERS_TOO_LARGE


# Time


def _silence(visit: Visit) -> None:
    visit.pause(30)


def _dripping_head(visit: Visit) -> None:
    for byte in OK_HEAD * 100:
        visit.send(bytes([byte]))
        visit.pause(0.02)


def _dripping_body(visit: Visit) -> None:
    visit.send(OK_HEAD + b"content-length: 1000\r\n\r\n")
    for _ in range(1_000):
        visit.send(b"x")
        visit.pause(0.02)


@pytest.mark.parametrize("answer", [_silence, _dripping_head, _dripping_body])
def test_slow_answers_end_with_the_wall_clock(answer: Answer) -> None:
    with Site({"/": answer}) as site:
        started = time.monotonic()
        found = failure(site, BRIEF)
        assert (found.reason, found.retryable) == (TIMED_OUT, True)
        assert 0.3 < time.monotonic() - started < 1.5
        assert site.paths() == ["/robots.txt", "/"]  # no time was left for another attempt


def test_a_chain_of_slow_redirects_shares_one_wall_clock() -> None:
    def slowly(to: str) -> Answer:
        def answer(visit: Visit) -> None:
            visit.pause(0.15)
            visit.send(page(b"", 302, location=to))

        return answer

    with Site({"/": slowly("/1"), **{f"/{n}": slowly(f"/{n + 1}") for n in range(1, 6)}}) as site:
        assert failure(site, BRIEF).reason == TIMED_OUT
        assert len(site.seen) <= 5


# Manners


@pytest.mark.parametrize(
    ("answer", "reason", "retryable"),
    [
        (b"", "connection broke off", True),
        (b"HTTP/1.1 200 OK\r\ncontent-ty", "connection broke off", True),
        (OK_HEAD + b"content-length: 100\r\n\r\nonly this", "connection broke off", True),
        (OK_HEAD + b"transfer-encoding: chunked\r\n\r\n5\r\nhel", "connection broke off", True),
        (b"SSH-2.0-OpenSSH_9.9\r\n\r\n", "not a valid HTTP answer", False),
        (b"HTTP/1.1 200 OK\r\nbad header\r\n\r\n", "not a valid HTTP answer", False),
        (OK_HEAD + b"content-length: 5\r\ncontent-length: 6\r\n\r\nhello!", "not a valid HTTP answer", False),
        (OK_HEAD + b"content-length: -1\r\n\r\n", "not a valid HTTP answer", False),
        (OK_HEAD + b"transfer-encoding: chunked\r\n\r\nzz\r\n", "not a valid HTTP answer", False),
        (
            b"HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n",
            "not a valid HTTP answer",
            False,
        ),
    ],
)
def test_broken_answers(answer: bytes, reason: str, retryable: bool) -> None:
    with Site({"/": answer}) as site:
        found = failure(site)
        assert (found.reason, found.retryable) == (reason, retryable)

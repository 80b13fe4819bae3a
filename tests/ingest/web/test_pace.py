"""Pauses, Crawl-delay, Retry-After and second attempts: exact, because the clock is ours."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from ingest.web import Fetched, FetchFailed, Limits
from tests.ingest.web.site import Answer, Site, Visit, page
from tests.ingest.web.world import FAST, FakeTime, fetcher_for

NO_PAUSE = Limits(pause_s=0.0)
DATED = {"date": "Wed, 21 Oct 2026 07:28:00 GMT", "retry_after": "Wed, 21 Oct 2026 07:28:07 GMT"}


def run(answers: dict[str, Answer | list[Answer]], limits: Limits = NO_PAUSE) -> tuple[str, list[float], list[str]]:
    """The outcome of fetching "/", the sleeps it took, and the paths that were asked for."""
    clock = FakeTime()
    with Site(answers) as site:
        try:
            fetched = fetcher_for(site, limits, time=clock).fetch(site.url())
            outcome = fetched.body.decode() if isinstance(fetched, Fetched) else "not modified"
        except FetchFailed as failure:
            outcome = failure.reason
        return outcome, clock.slept, site.paths()


def test_a_pause_between_requests_to_one_host() -> None:
    clock = FakeTime()
    with Site({"/": page()}) as site:
        fetcher = fetcher_for(site, Limits(), time=clock)
        fetcher.fetch(site.url())
        clock.now += 0.25
        fetcher.fetch(site.url())
        fetcher.fetch(site.url(host="two.example.org"))
        assert clock.slept == [1.0, 0.75, 1.0]  # page after robots.txt, next page, page of the other host


@pytest.mark.parametrize(("delay", "pause"), [("4", 4.0), ("0.1", 1.0), ("86400", 10.0), ("soon", 1.0), ("-5", 1.0)])
def test_crawl_delay_within_bounds(delay: str, pause: float) -> None:
    clock = FakeTime()
    robots = page(f"User-agent: *\nCrawl-delay: {delay}".encode(), kind="text/plain")
    with Site({"/robots.txt": robots, "/": page()}) as site:
        fetcher = fetcher_for(site, Limits(), time=clock)
        fetcher.fetch(site.url())
        fetcher.fetch(site.url())
        assert clock.slept == [1.0, pause]


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_a_busy_site_is_asked_again(status: int) -> None:
    outcome = run({"/": [page(b"", status), page(b"ok")]})
    assert outcome == ("ok", [0.5], ["/robots.txt", "/", "/"])


def test_a_broken_connection_is_tried_again() -> None:
    assert run({"/": [b"", page(b"ok")]}) == ("ok", [0.5], ["/robots.txt", "/", "/"])


def test_two_more_attempts_at_most() -> None:
    outcome = run({"/": page(b"", 503)})
    assert outcome == ("503", [0.5, 1.0], ["/robots.txt", "/", "/", "/"])


@pytest.mark.parametrize("status", [404, 500, 501])
def test_other_statuses_are_final(status: int) -> None:
    assert run({"/": page(b"", status)}) == (str(status), [], ["/robots.txt", "/"])


def test_refused_connections_are_tried_again() -> None:
    clock = FakeTime()
    with Site({}) as site:
        url, fetcher = site.url(), fetcher_for(site, NO_PAUSE, time=clock)
    with pytest.raises(FetchFailed, match=r"unreachable \(connection failed\)"):
        fetcher.fetch(url)
    assert clock.slept == [0.5, 1.0]


@pytest.mark.parametrize(
    ("headers", "slept"),
    [
        ({"retry_after": "7"}, [0.5, 6.5]),
        ({"retry_after": "10"}, [0.5, 9.5]),
        (DATED, [0.5, 6.5]),
        ({"retry_after": "0"}, [0.5]),
        ({"retry_after": "-3"}, [0.5]),
        ({"retry_after": "later"}, [0.5]),
        ({"retry_after": "nan"}, [0.5]),
        ({"retry_after": DATED["retry_after"]}, [0.5]),  # a date without the server's own means nothing
    ],
)
def test_retry_after_is_waited_for(headers: dict[str, str], slept: list[float]) -> None:
    outcome = run({"/": [page(b"", 429, **headers), page(b"ok")]})
    assert outcome == ("ok", slept, ["/robots.txt", "/", "/"])


def test_a_long_retry_after_closes_the_host_until_then() -> None:
    clock = FakeTime()
    with Site({"/": [page(b"", 429, retry_after="600"), page()]}) as site:
        fetcher = fetcher_for(site, NO_PAUSE, time=clock)
        reasons = []
        for _ in range(2):
            with pytest.raises(FetchFailed) as caught:
                fetcher.fetch(site.url())
            reasons.append((caught.value.reason, caught.value.retryable))
        assert reasons == [("429", True), ("the site asks to wait", True)]
        assert (site.paths(), clock.slept) == (["/robots.txt", "/"], [])
        clock.now += 600
        assert isinstance(fetcher.fetch(site.url()), Fetched)


def test_no_host_is_closed_for_more_than_an_hour() -> None:
    clock = FakeTime()
    with Site({"/": [page(b"", 503, retry_after="9" * 30), page()]}) as site:
        fetcher = fetcher_for(site, NO_PAUSE, time=clock)
        with pytest.raises(FetchFailed, match="503"):
            fetcher.fetch(site.url())
        clock.now += 3_600
        assert isinstance(fetcher.fetch(site.url()), Fetched)


def test_attempts_and_pauses_stay_within_the_wall_clock() -> None:
    busy = page(b"", 503)
    assert run({"/": busy}, Limits(pause_s=0.0, total_s=1.2)) == ("503", [0.5], ["/robots.txt", "/", "/"])
    assert run({"/": page()}, Limits(pause_s=2.0, total_s=1.2)) == ("timed out", [], ["/robots.txt"])


def test_hosts_are_fetched_in_parallel() -> None:
    together = threading.Barrier(3, timeout=5)

    def meet(visit: Visit) -> None:
        together.wait()
        visit.send(page())

    with Site({"/": meet}) as site, ThreadPoolExecutor(3) as pool:
        fetcher = fetcher_for(site)
        urls = [site.url(host=f"{name}.example.org") for name in ("one", "two", "three")]
        assert [fetched.url for fetched in pool.map(fetcher.fetch, urls)] == urls


def test_one_host_gets_one_request_at_a_time_and_its_queue_costs_nobody_time() -> None:
    free, met = threading.Lock(), []

    def slowly(visit: Visit) -> None:
        # Let go before the last byte is sent: the next request may come before this handler has returned.
        met.append(not free.acquire(blocking=False))
        visit.pause(0.2)
        if not met[-1]:
            free.release()
        visit.send(page())

    limits = Limits(total_s=0.7, pause_s=0.0, retries=0)  # four such pages take longer
    with Site({"/": slowly}) as site, ThreadPoolExecutor(4) as pool:
        fetcher = fetcher_for(site, limits)
        started = time.monotonic()
        assert len(list(pool.map(fetcher.fetch, [site.url()] * 4))) == 4
        assert time.monotonic() - started > 0.8
        assert met == [False] * 4
        assert site.paths() == ["/robots.txt", "/", "/", "/", "/"]


def test_one_robots_file_is_read_for_all_who_wait_for_it() -> None:
    def slowly(visit: Visit) -> None:
        visit.pause(0.2)
        visit.send(page(b"User-agent: *\nDisallow: /", kind="text/plain"))

    with Site({"/robots.txt": slowly}) as site, ThreadPoolExecutor(4) as pool:
        fetcher = fetcher_for(site, FAST)

        def reason(path: str) -> str:
            with pytest.raises(FetchFailed) as caught:
                fetcher.fetch(site.url(path))
            return caught.value.reason

        assert list(pool.map(reason, ["/a", "/b", "/c", "/d"])) == ["robots.txt forbids it"] * 4
        assert site.paths() == ["/robots.txt"]


def test_waiting_for_a_robots_file_that_another_reads_costs_no_time() -> None:
    asked = threading.Event()

    def slow_robots(visit: Visit) -> None:
        asked.set()
        visit.pause(0.6)
        visit.send(page(b"", 404))

    def slow_page(visit: Visit) -> None:
        visit.pause(0.6)
        visit.send(page())

    answers: dict[str, Answer | list[Answer]] = {"/robots.txt": slow_robots, "/quick": page(), "/slow": slow_page}
    with Site(answers) as site, ThreadPoolExecutor(1) as pool:
        fetcher = fetcher_for(site, Limits(total_s=1.0, pause_s=0.0, retries=0))
        quick = pool.submit(fetcher.fetch, site.url("/quick"))
        asked.wait(5)
        assert isinstance(fetcher.fetch(site.url("/slow")), Fetched)
        assert isinstance(quick.result(), Fetched)

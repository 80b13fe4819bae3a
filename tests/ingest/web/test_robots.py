from __future__ import annotations

import time
import tracemalloc

import pytest

from ingest.web import Fetched, FetchFailed, Limits
from ingest.web.policy import Policy
from ingest.web.robots import parse
from ingest.web.urlguard import check_url
from tests.ingest.web.site import Answer, Site, Visit, page, redirect
from tests.ingest.web.world import FakeTime, Names, fetcher_for

ALLOWED = "allowed"


def verdict(answer: Answer | list[Answer], *, names: Names | None = None, limits: Limits | None = None) -> str:
    """What becomes of a page when robots.txt answers so."""
    with Site({"/robots.txt": answer, "/page": page(), "/robots2.txt": robots("Disallow: /page")}) as site:
        try:
            fetcher_for(site, limits or Limits(), names=names, time=FakeTime()).fetch(site.url("/page"))
        except FetchFailed as failure:
            assert "/page" not in site.paths()
            return failure.reason
        return ALLOWED


def robots(rules: str, agent: str = "*") -> bytes:
    return page(f"User-agent: {agent}\n{rules}\n".encode(), kind="text/plain")


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (robots("Disallow: /"), "robots.txt forbids it"),
        (robots("Disallow: /", "RoadmapStudyAssistant"), "robots.txt forbids it"),
        (robots("Disallow:"), ALLOWED),
        (page(b"", kind="text/plain"), ALLOWED),
        (page(b"<html><body>All our pages look like this</body></html>"), ALLOWED),
        (page(b"\xff\xfe\x00\xff binary", kind="image/png"), ALLOWED),
        (page(b"", 404), ALLOWED),
        (page(b"", 401), ALLOWED),
        (page(b"", 403), ALLOWED),
        (page(b"", 410), ALLOWED),
        (page(b"", 500), "robots.txt unavailable (500)"),
        (page(b"", 503), "robots.txt unavailable (503)"),
        (page(b"", 429), "robots.txt unavailable (429)"),
        (page(b"", 429, retry_after="900"), "robots.txt unavailable (429)"),
        ([page(b"", 503), robots("Disallow: /")], "robots.txt forbids it"),
        ([page(b"", 503), page(b"", 503), page(b"", 404)], ALLOWED),
        (redirect("/robots2.txt"), "robots.txt forbids it"),
        (redirect("/robots.txt"), ALLOWED),
        (page(b"", 302), ALLOWED),
        (redirect("http://10.0.0.1/robots.txt"), "robots.txt unavailable (redirects to a private address)"),
        (b"", "robots.txt unavailable (connection broke off)"),
        (b"nonsense\r\n\r\n", "robots.txt unavailable (not a valid HTTP answer)"),
    ],
)
def test_what_an_answer_means(answer: Answer | list[Answer], expected: str) -> None:
    assert verdict(answer) == expected


def test_a_host_that_cannot_be_reached_is_named_as_such() -> None:
    names = Names(one=[["10.0.0.1"]])
    assert verdict(robots(""), names=names) == "private address"
    names = Names(one=[[]])
    assert verdict(robots(""), names=names) == "unreachable (no such host)"


def test_only_the_start_of_a_long_file_is_read() -> None:
    rules = "Disallow: /early\n" + "# filler\n" * 60_000 + "Disallow: /page"
    assert len(rules) > Limits().robots_bytes
    assert verdict(robots(rules)) == ALLOWED
    assert verdict(robots(rules), limits=Limits(robots_bytes=1_000_000)) == "robots.txt forbids it"


def test_read_once_and_again_after_an_hour() -> None:
    time = FakeTime()
    with Site({"/robots.txt": [robots(""), robots("Disallow: /")], "/": page()}) as site:
        fetcher = fetcher_for(site, time=time)
        fetcher.fetch(site.url())
        time.now += 3_599
        fetcher.fetch(site.url())
        assert site.paths() == ["/robots.txt", "/", "/"]
        time.now += 2
        with pytest.raises(FetchFailed, match=r"robots.txt forbids it"):
            fetcher.fetch(site.url())


def test_a_failure_is_kept_for_five_minutes() -> None:
    time = FakeTime()
    with Site({"/robots.txt": [page(b"", 500), robots("")], "/": page()}) as site:
        fetcher = fetcher_for(site, time=time)
        for _ in range(2):
            with pytest.raises(FetchFailed, match=r"robots.txt unavailable \(500\)") as caught:
                fetcher.fetch(site.url())
            assert caught.value.retryable
        assert site.paths() == ["/robots.txt"]
        time.now += 301
        assert isinstance(fetcher.fetch(site.url()), Fetched)


def test_a_failure_is_not_kept_when_there_was_hardly_time() -> None:
    clock = FakeTime()

    def late(visit: Visit) -> None:
        clock.now += 3
        visit.send(redirect(site.url("/", host="two.example.org")))

    no_rules = page(b"", 404)
    with Site({"/robots.txt": [no_rules, page(b"", 500), no_rules], "/late": late, "/": page()}) as site:
        fetcher = fetcher_for(site, time=clock)
        with pytest.raises(FetchFailed, match=r"robots.txt unavailable \(500\)"):
            fetcher.fetch(site.url("/late"))
        assert isinstance(fetcher.fetch(site.url("/", host="two.example.org")), Fetched)


def test_an_unreachable_host_stays_unreachable_for_its_next_link() -> None:
    names = Names()
    with Site({}) as site:
        fetcher = fetcher_for(site, names=names, time=FakeTime())
        for path in ("/a", "/b"):
            with pytest.raises(FetchFailed) as caught:
                fetcher.fetch(f"http://nowhere.example.net:{site.port}{path}")
            assert (caught.value.reason, caught.value.unreachable) == ("unreachable (no such host)", True)
    assert names.asked == ["nowhere.example.net"]


# Rules


RULES = """\
User-agent: GoodBot
User-agent: BadBot
Disallow: /others-only

User-agent: roadmapstudyassistant/0.1
Disallow: /private*draft
Allow: /private/draft/open$
Disallow: /*.zip$
Disallow: /caf%C3%A9
Disallow: /q?

user agent *
Disallow: /
"""


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/", True),
        ("/others-only", True),
        ("/private/a", True),
        ("/private/a/draft", False),
        ("/private/draft/open", True),
        ("/private/draft/opened", False),
        ("/x/../private/draft", False),
        ("/a.zip", False),
        ("/a.zip?x", True),
        ("/café", False),
        ("/q?x", False),
        ("/q", True),
    ],
)
def test_rules_for_us_replace_those_for_everyone(path: str, allowed: bool) -> None:
    rules = parse(RULES)
    target = check_url(f"https://example.org{path}", Policy())
    if allowed:
        rules.check(target)
    else:
        with pytest.raises(FetchFailed, match=r"robots.txt forbids it"):
            rules.check(target)


@pytest.mark.parametrize("agent", ["Roadmap", "R", "StudyAssistant", "NotRoadmapStudyAssistant", "bot*"])
def test_names_of_others_are_not_ours(agent: str) -> None:
    parse(f"User-agent: {agent}\nDisallow: /").check(check_url("https://example.org/", Policy()))


def test_hostile_rules_cost_little() -> None:
    """Agents times rules would be two hundred million rules; wildcards must not backtrack."""
    many = "".join(f"User-agent: a{n}\n" for n in range(15_000)) + "".join(f"Disallow: /{n}$\n" for n in range(15_000))
    wild = "User-agent: *\n" + f"Disallow: /{'*a' * 500}b$\n" * 300
    target = check_url("https://example.org/" + "a" * 1_900, Policy())
    started_s = time.process_time()
    tracemalloc.start()
    try:
        parse(many).check(target)
        parse(wild).check(target)
        assert tracemalloc.get_traced_memory()[1] < 50_000_000
    finally:
        tracemalloc.stop()
    assert time.process_time() - started_s < 30  # backtracking would take minutes

"""Every stop of a redirect chain passes the guard again."""

from __future__ import annotations

import pytest

from ingest.web import Fetched, FetchFailed
from tests.ingest.web.site import Answer, Site, page, redirect
from tests.ingest.web.world import Names, fetcher_for


def reason(site: Site, path: str, names: Names | None = None) -> str:
    with pytest.raises(FetchFailed) as caught:
        fetcher_for(site, names=names).fetch(site.url(path))
    return caught.value.reason


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_followed(status: int) -> None:
    with Site({"/a/old": redirect("../new?x=1#part", status), "/new?x=1": page(b"here")}) as site:
        fetched = fetcher_for(site).fetch(site.url("/a/old"))
        assert isinstance(fetched, Fetched)
        assert (fetched.url, fetched.body) == (site.url("/new?x=1"), b"here")


def test_to_another_host_with_its_own_robots() -> None:
    with Site({}) as site:
        site.answers["/go"] = redirect(site.url("/there", host="two.example.org"))
        site.answers["/there"] = page(b"there")
        names = Names()
        fetched = fetcher_for(site, names=names).fetch(site.url("/go"))
        assert fetched.url == site.url("/there", host="two.example.org")
        assert [(seen.headers["host"].partition(":")[0], seen.path) for seen in site.seen] == [
            ("one.example.org", "/robots.txt"),
            ("one.example.org", "/go"),
            ("two.example.org", "/robots.txt"),
            ("two.example.org", "/there"),
        ]
        assert names.asked == ["one.example.org", "two.example.org"]


def test_five_are_followed_and_the_sixth_is_not() -> None:
    steps: dict[str, Answer | list[Answer]] = {f"/{n}": redirect(f"/{n + 1}") for n in range(6)}
    with Site({**steps, "/5": page(b"end")}) as site:
        assert isinstance(fetcher_for(site).fetch(site.url("/0")), Fetched)
    with Site({**steps, "/6": page(b"end")}) as site:
        assert reason(site, "/0") == "too many redirects"
        assert site.paths() == ["/robots.txt", "/0", "/1", "/2", "/3", "/4", "/5"]


def test_loops() -> None:
    with Site({"/a": redirect("/b"), "/b": redirect("/a"), "/self": redirect("/self#again")}) as site:
        assert reason(site, "/a") == "redirect loop"
        assert reason(site, "/self") == "redirect loop"
        assert site.paths() == ["/robots.txt", "/a", "/b", "/robots.txt", "/self"]


def test_nowhere() -> None:
    with Site({"/a": page(b"", 302), "/b": redirect("")}) as site:
        assert reason(site, "/a") == "redirect without a target"
        assert reason(site, "/b") == "redirect without a target"


@pytest.mark.parametrize(
    ("location", "what"),
    [
        ("http://10.0.0.1/", "private address"),
        ("//192.168.1.1/admin", "private address"),
        ("http://169.254.169.254/latest/meta-data/", "cloud metadata address"),
        ("http://[fd00:ec2::254]/", "cloud metadata address"),
        ("http://127.0.0.1/", "loopback address"),
        ("http://[::ffff:127.0.0.1]/", "hidden IPv4 address"),
        ("http://2130706433/", "host written as a number"),
        ("http://0x7f.1/", "host written as a number"),
        ("http://localhost/", "name of a local network"),
        ("http://metadata.google.internal/", "name of a local network"),
        ("http://one.example.org:22/", "port that is not allowed"),
        ("http://me:secret@one.example.org/", "link with a user name or password"),
        ("file:///etc/passwd", "link that is not http or https"),
        ("/\\evil.example/", "link with a backslash"),
        ("/a b", "link with spaces or control characters"),
        ("/caf\xe9\xff/\x85", "link with spaces or control characters"),
        ("http://[::1", "link that cannot be read"),
        ("/" + "a" * 3_000, "link that is too long"),
    ],
)
def test_to_where_nothing_may_go(location: str, what: str) -> None:
    with Site({"/a": redirect(location)}) as site:
        assert reason(site, "/a") == f"redirects to a {what}"
        assert site.paths() == ["/robots.txt", "/a"]


@pytest.mark.parametrize(
    ("address", "what"),
    [
        ("10.0.0.1", "private address"),
        ("169.254.169.254", "cloud metadata address"),
        ("::1", "loopback address"),
        ("fe80::1%eth0", "host with a network zone"),
    ],
)
def test_to_a_name_that_leads_inside(address: str, what: str) -> None:
    with Site({}) as site:
        site.answers["/a"] = redirect(site.url("/", host="inside.example.org"))
        assert reason(site, "/a", Names(inside=[[address]])) == f"redirects to a {what}"
        assert site.paths() == ["/robots.txt", "/a"]


def test_a_target_in_utf8_is_escaped() -> None:
    with Site({"/a": redirect("/café".encode().decode("latin-1")), "/caf%C3%A9": page(b"ok")}) as site:
        assert fetcher_for(site).fetch(site.url("/a")).url == site.url("/caf%C3%A9")


def test_a_target_that_robots_forbid() -> None:
    robots = page(b"User-agent: *\nDisallow: /private", kind="text/plain")
    with Site({"/robots.txt": robots, "/a": redirect("/x/../private/page"), "/private/page": page()}) as site:
        assert reason(site, "/a") == "robots.txt forbids it"
        assert site.paths() == ["/robots.txt", "/a"]

"""Pages, their metadata, statuses, content types, conditional requests, and what a request gives away."""

from __future__ import annotations

import gzip

import pytest

from assistant.errors import StudyError
from ingest.web import Fetched, FetchFailed, NotModified
from tests.ingest.web.site import Answer, Site, page
from tests.ingest.web.world import FAST, Names, fetcher_for

MODIFIED = "Wed, 21 Oct 2026 07:28:00 GMT"


def reason(site: Site, path: str = "/") -> str:
    with pytest.raises(FetchFailed) as caught:
        fetcher_for(site).fetch(site.url(path))
    return caught.value.reason


def test_a_page() -> None:
    answer = page(b"<p>Caf\xe9</p>", kind="Text/HTML; Charset=ISO-8859-1", etag='"v1"', last_modified=MODIFIED)
    with Site({"/a?b=c": answer}) as site:
        fetched = fetcher_for(site).fetch(site.url("/a?b=c#part"))
        assert fetched == Fetched(site.url("/a?b=c"), "text/html", "iso-8859-1", b"<p>Caf\xe9</p>", '"v1"', MODIFIED)
        assert site.paths() == ["/robots.txt", "/a?b=c"]


def test_what_a_request_says() -> None:
    with Site({"/": page(set_cookie="id=1")}) as site:
        fetcher = fetcher_for(site)
        fetcher.fetch(site.url())
        fetcher.fetch(site.url())
        assert [seen.headers for seen in site.seen[1:]] == 2 * [
            {
                "host": f"one.example.org:{site.port}",
                "user-agent": "RoadmapStudyAssistant/0.1 (+offline study tool)",
                "accept": "text/html, application/xhtml+xml, text/markdown, text/plain, application/pdf, "
                "application/json, */*;q=0.1",
                "accept-encoding": "gzip",
                "accept-language": "en",
                "connection": "close",
            }
        ]


def test_proxies_of_the_environment_are_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "HTTPS_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    with Site({"/": page()}) as site:
        assert isinstance(fetcher_for(site).fetch(site.url()), Fetched)


def test_compressed_pages() -> None:
    two_members = gzip.compress(b"one, ") + gzip.compress(b"two") + b"\0padding"
    answers: dict[str, Answer | list[Answer]] = {
        "/gzip": page(gzip.compress(b"squeezed"), content_encoding="GZIP"),
        "/members": page(two_members, content_encoding="gzip"),
        "/empty": page(b"", content_encoding="gzip"),
        "/cut": page(gzip.compress(b"squeezed" * 99)[:-9], content_encoding="gzip"),
        "/plain": page(b"not squeezed", content_encoding="gzip"),
        "/brotli": page(b"?", content_encoding="br"),
        "/twice": page(b"?", content_encoding="gzip, gzip"),
    }
    with Site(answers) as site:
        fetcher = fetcher_for(site)
        bodies = [fetcher.fetch(site.url(path)) for path in ("/gzip", "/members", "/empty")]
        assert [found.body for found in bodies if isinstance(found, Fetched)] == [b"squeezed", b"one, two", b""]
        assert reason(site, "/cut") == "damaged compression"
        assert reason(site, "/plain") == "damaged compression"
        assert reason(site, "/brotli") == "content encoding br"
        assert reason(site, "/twice") == "content encoding gzip, gzip"


@pytest.mark.parametrize(
    ("status", "retryable"),
    [(status, False) for status in (204, 206, 300, 304, 400, 401, 403, 404, 410, 451)]
    + [(status, True) for status in (408, 500, 501)],
)
def test_statuses(status: int, retryable: bool) -> None:
    with Site({"/": page(b"" if status in {204, 304} else b"x", status)}) as site:
        with pytest.raises(FetchFailed) as caught:
            fetcher_for(site).fetch(site.url())
        assert (caught.value.reason, caught.value.retryable) == (str(status), retryable)
        assert caught.value.user_message == f"The page could not be fetched: {status}."
        assert isinstance(caught.value, StudyError)


ACCEPTED = [
    "text/html",
    "text/plain; charset=utf-8",
    "text/markdown",
    "text/x-markdown",
    "application/pdf",
    "application/xhtml+xml",
    "application/json",
    "application/x-ipynb+json",
]


@pytest.mark.parametrize("kind", ACCEPTED)
def test_accepted_types(kind: str) -> None:
    with Site({"/": page(kind=kind)}) as site:
        fetched = fetcher_for(site).fetch(site.url())
        assert isinstance(fetched, Fetched)
        assert fetched.media_type == kind.partition(";")[0]


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("image/png", "content type image/png"),
        ("Application/Octet-Stream", "content type application/octet-stream"),
        ("text/html-but-not", "content type text/html-but-not"),
        ("video/mp4; codecs=x", "content type video/mp4"),
        (None, "no content type"),
        ("", "no content type"),
        ("html", "no content type"),
        ("text/<script>", "no content type"),
        ("a/" + "b" * 99, "no content type"),
    ],
)
def test_refused_types_are_not_read(kind: str | None, expected: str) -> None:
    with Site({"/": page(b"x" * 5_000_000, kind=kind)}) as site:
        assert reason(site) == expected
    assert site.failed == 1  # the server could not get rid of its five megabytes


def test_unchanged_pages() -> None:
    with Site({"/": [page(etag='"v1"', last_modified=MODIFIED), page(b"", 304), page(b"", 304, etag='"v2"')]}) as site:
        fetcher = fetcher_for(site)
        first = fetcher.fetch(site.url())
        assert isinstance(first, Fetched)
        second = fetcher.fetch(site.url(), etag=first.etag, last_modified=first.last_modified)
        assert second == NotModified(site.url(), '"v1"', MODIFIED)
        assert fetcher.fetch(site.url(), etag='"v1"') == NotModified(site.url(), '"v2"', None)
        assert [seen.headers.get("if-none-match") for seen in site.seen] == [None, None, '"v1"', '"v1"']
        assert [seen.headers.get("if-modified-since") for seen in site.seen] == [None, None, MODIFIED, None]


def test_validators_go_only_where_they_came_from() -> None:
    moved = page(b"", 302, location="/new", etag='"v1"')
    with Site({"/old": moved, "/new": [page(b"new", etag='"v1"'), page(b"", 304)]}) as site:
        fetcher = fetcher_for(site)
        assert isinstance(fetcher.fetch(site.url("/old"), etag='"v1"'), Fetched)
        assert [seen.headers.get("if-none-match") for seen in site.seen] == [None, '"v1"', None]
        again = fetcher.fetch(site.url("/old"), etag='"v1"', validators_url=site.url("/new"))
        assert again == NotModified(site.url("/new"), '"v1"', None)


def test_unchanged_without_having_been_asked_is_a_failure() -> None:
    with Site({"/": page(b"", 302, location="/new"), "/new": page(b"", 304)}) as site:
        with pytest.raises(FetchFailed, match="304"):
            fetcher_for(site).fetch(site.url(), etag='"v1"')
        assert "if-none-match" not in site.seen[-1].headers


def test_damaged_validators_are_not_sent() -> None:
    with Site({"/": page()}) as site:
        fetcher_for(site).fetch(site.url(), etag='"v1"\r\nX-Injected: 1', last_modified="Ω")
        assert not {"if-none-match", "if-modified-since", "x-injected"} & site.seen[-1].headers.keys()


def test_a_refused_link_is_a_failure_with_the_guards_reason() -> None:
    with Site({}) as site, pytest.raises(FetchFailed) as caught:
        fetcher_for(site).fetch("http://10.0.0.1/")
    assert (caught.value.reason, caught.value.retryable) == ("private address", False)


def test_unknown_host() -> None:
    with Site({}) as site, pytest.raises(FetchFailed) as caught:
        fetcher_for(site).fetch("https://nowhere.invalid-tld/")
    assert caught.value.reason == "unreachable (no such host)"
    assert (caught.value.retryable, caught.value.unreachable) == (True, True)


def test_no_server() -> None:
    with Site({}) as site:
        url, fetcher = site.url(), fetcher_for(site, names=Names())
    with pytest.raises(FetchFailed) as caught:
        fetcher.fetch(url)
    assert caught.value.reason == "unreachable (connection failed)"
    assert (caught.value.retryable, caught.value.unreachable) == (True, True)


def test_the_next_address_is_tried() -> None:
    with Site({"/": page()}) as site:
        names = Names(one=[["::1", "127.0.0.1"]])  # nothing listens on ::1
        fetcher = fetcher_for(site, FAST, names=names, also_allowed=["::1"])
        assert isinstance(fetcher.fetch(site.url()), Fetched)

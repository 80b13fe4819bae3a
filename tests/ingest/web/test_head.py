from __future__ import annotations

import pytest

from ingest.web.head import Head, read_head


def test_names_are_lowered_and_the_first_counts() -> None:
    head = read_head(200, [(b"X-One", b"1"), (b"x-one", b"2"), (b"ETag", b'"caf\xe9"')])
    assert head == Head(200, {"x-one": "1", "etag": '"caf\xe9"'})
    assert head.validator("etag") == '"caf\xe9"'
    assert head.validator("last-modified") is None


@pytest.mark.parametrize(
    ("value", "media_type", "charset"),
    [
        ("text/html", "text/html", None),
        ("Text/HTML;charset=UTF-8", "text/html", "utf-8"),
        ('text/html; version=1; charset="utf-8"', "text/html", "utf-8"),
        ("text/html; charset=", "text/html", None),
        ("text/html; charset=<b>", "text/html", None),
        ("text/html, text/plain", None, None),
        ("text", None, None),
        ("", None, None),
    ],
)
def test_content_types(value: str, media_type: str | None, charset: str | None) -> None:
    head = Head(200, {"content-type": value})
    assert (head.media_type, head.charset) == (media_type, charset)


@pytest.mark.parametrize(
    ("raw", "location"),
    [(b"/a", "/a"), ("/é".encode(), "/é"), (b"/\xe9", "/é"), (b"", "")],
)
def test_locations(raw: bytes, location: str) -> None:
    assert read_head(302, [(b"Location", raw)]).location == location


def test_no_location() -> None:
    assert Head(302, {}).location is None


@pytest.mark.parametrize(
    ("value", "encoding"), [("", "identity"), (" GZip ", "gzip"), ("gz\xe9p", "gz?p"), ("x" * 99, "x" * 40)]
)
def test_encodings(value: str, encoding: str) -> None:
    assert Head(200, {"content-encoding": value}).encoding == encoding


@pytest.mark.parametrize("value", ["a\r\nb", "Ω", "", "x" * 513])
def test_unusable_validators(value: str) -> None:
    assert Head(200, {"etag": value}).validator("etag") is None

from __future__ import annotations

import codecs

import pytest

from ingest.extract.decoding import decode, looks_binary
from ingest.extract.result import NotExtracted

GERMAN = "Für größere Häuser wäre das möglich, aber über Nacht ändert sich öfter etwas. "
CZECH = "Příliš žluťoučký kůň úpěl ďábelské ódy a zpíval."
RUSSIAN = "Контейнер — это изолированный процесс. Сервис отвечает на запросы клиентов. "


@pytest.mark.parametrize(
    ("data", "media_type", "expected"),
    [
        (GERMAN.encode(), None, GERMAN),
        (codecs.BOM_UTF8 + GERMAN.encode(), "text/plain; charset=latin-1", GERMAN),
        (GERMAN.encode("utf-16"), None, GERMAN),
        (codecs.BOM_UTF16_BE + GERMAN.encode("utf-16-be"), None, GERMAN),
        (GERMAN.encode("utf-32"), None, GERMAN),
        (GERMAN.encode("cp1252"), 'text/html; charset="ISO-8859-1"', GERMAN),
        (b"\x93quoted\x94", "text/plain; charset=iso-8859-1", "“quoted”"),
        (GERMAN.encode(), "text/plain; charset=us-ascii; x=y", None),
        (GERMAN.encode(), "text/plain; charset=nonsense", GERMAN),
        (GERMAN.encode(), "text/plain; charset=zip", GERMAN),
        (GERMAN.encode(), "text/plain; charset=punycode", GERMAN),
        (b"caf\xc3\xa9 +AGE-", "text/plain; charset=utf-7", "café +AGE-"),
        ((GERMAN * 5).encode("cp1252"), "text/plain; charset=utf-8", GERMAN * 5),
        ((RUSSIAN * 5).encode("cp1251"), None, RUSSIAN * 5),
        ((GERMAN * 5).encode("cp1252"), None, GERMAN * 5),
        ("The naïve café in Zürich.".encode("cp1252"), None, "The naïve café in Zürich."),
        (CZECH.encode("cp1250"), None, CZECH),
        ((GERMAN * 5).encode()[:-1] + b"\xff", None, GERMAN * 5),
        (b"a\r\nb\rc\x00", None, "a\nb\nc"),
        ("lone \udcff".encode("utf-8", "surrogatepass"), None, "lone \udcff"),
    ],
)
def test_the_order_of_evidence(data: bytes, media_type: str | None, expected: str | None) -> None:
    text = decode(data, media_type)
    if expected is None:  # a wrong declaration that fits; ``ingest.text`` repairs the result
        assert text == GERMAN.encode().decode("cp1252")
    else:
        assert text.rstrip("\ufffd \n") == expected.rstrip()


@pytest.mark.parametrize(
    "head",
    [
        '<meta charset="windows-1251">',
        '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">',
        '<?xml version="1.0" encoding="windows-1251"?>',
    ],
)
def test_a_declaration_in_the_page(head: str) -> None:
    assert decode((head + RUSSIAN).encode("cp1251"), "text/html", markup=True) == head + RUSSIAN


@pytest.mark.parametrize(
    ("data", "binary"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01", True),
        (bytes(range(256)), True),
        (b"plain text\n", False),
        (b"one stray \x00 in a note", False),
        ("no mark".encode("utf-16-le"), True),
        ("with mark".encode("utf-16"), False),
    ],
)
def test_binary(data: bytes, binary: bool) -> None:
    assert looks_binary(data) is binary
    if binary:
        with pytest.raises(NotExtracted, match="skipped: binary file"):
            decode(data, None)


def test_no_encoding_fits() -> None:
    garbage = b"ti\xb999/K p9999\xbepro ne\xff\x00-\n co\xf7tai\xe699/K prox\x9c, [si %\xd1ntai K\xc4es - \x8e# \xe699/K \x97 \xa1\x91\xf5 \x81"
    with pytest.raises(NotExtracted, match="failed: unknown text encoding"):
        decode(garbage, None)

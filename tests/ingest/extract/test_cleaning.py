from __future__ import annotations

import pytest

from ingest.extract.cleaning import clean, clean_line
from tests.ingest.extract.makers import page, sections


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("caf\u00c3\u00a9", "café"),  # UTF-8 read as Latin-1
        ("a\x00b", "ab"),
        ("lone \ud800 surrogate", "lone \ufffd surrogate"),
        ("zero\u200bwidth\u2060", "zerowidth"),
        ("bidi \u202e\u2066x", "bidi x"),
        ("tags \U000e0041\U000e0042", "tags "),
        ("selectors \U000e0100\U000e01ef", "selectors "),
        ("soft\u00adhyphen", "softhyphen"),
        ("fillers \u3164\u115f", "fillers "),
        ("no\u00a0break", "no break"),
        ("&lt;b&gt; stays", "&lt;b&gt; stays"),
        ("<b> &amp; stays", "<b> &amp; stays"),
        ("👩‍💻 stays", "👩‍💻 stays"),
    ],
)
def test_invisible_and_broken_characters(text: str, expected: str) -> None:
    assert clean(text) == expected


def test_a_line_is_cut_between_words() -> None:
    assert clean_line("  one \n two  three ", 11) == "one two …"
    assert clean_line("one two", 7) == "one two"


def test_every_format_is_cleaned() -> None:
    hidden = "know\u200bledge\U000e0041\u202e"
    words = " and so on in a sentence that is long enough to be kept as the text of a page with a point." * 2
    for text, name in (
        (f"# {hidden}\n\n{hidden}", "a.md"),
        (f"{hidden}\n\n{hidden}", "a.txt"),
        (page(f"<h1>{hidden}</h1><p>know&#8203;ledge&#xE0041;{words}</p>"), "a.html"),
    ):
        for heading, body in sections(text, name):
            assert heading in {"", "knowledge"}
            assert body.startswith("knowledge")
            assert body.isprintable() or "\n" in body

from __future__ import annotations

import pytest

from tests.ingest.extract.makers import extract, refusal, sections


def test_plain_text_is_one_section_as_it_stands() -> None:
    text = "# not a heading\n\nFirst line,\nsecond line.\n\n- item [[kept]] &amp;"
    assert sections(text, "notes/list.txt") == [("", text)]
    assert extract(text, "notes/list.txt").title == "list"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("```\ncode\n```\nend", "```\ncode\n```\nend"),
        ("a\n```\nnever closed", "a\n    ```\nnever closed"),
        ("~~~\nx\n```", "    ~~~\nx\n    ```"),
    ],
)
def test_an_open_fence_does_not_make_code_of_the_rest(text: str, expected: str) -> None:
    assert sections(text, "a.txt") == [("", expected)]


def test_words_are_needed() -> None:
    assert refusal("\n \t\n", "a.txt") == "skipped: empty"
    assert refusal("-- ** --", "a.txt") == "skipped: empty"

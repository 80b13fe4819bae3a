from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from assistant.chips import chip, source_place, with_chips
from assistant.markdown import safe_markdown


def test_a_place_and_a_chip_have_the_number() -> None:
    assert (chip(3), source_place(12, 3)) == (":primary-badge[3]", "source-12-3")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It opens. [1] It shuts. [2]", "It opens. [:primary-badge[1]](#source-7-1) It shuts. [2]"),
        ("A list [1, 2] and [9]", "A list [1, 2] and [9]"),
        ("`a[1]` and [1]", "`a[1]` and [:primary-badge[1]](#source-7-1)"),
        ("```\na[1]\n```\n\n[1]", "```\na[1]\n```\n\n[:primary-badge[1]](#source-7-1)"),
        ("| a | b |\n|---|---|\n| x [1] | y |", "| a | b |\n|---|---|\n| x [:primary-badge[1]](#source-7-1) | y |"),
        ("\\[1] ![1] [1](x) [1][1] [1]: x", "\\[1] ![1] [1](x) [1][1] [1]: x"),
    ],
)
def test_numbers_of_sources_become_links_outside_code(text: str, expected: str) -> None:
    assert with_chips(text, {1}, 7) == expected


def test_while_an_answer_streams_any_number_is_a_chip_that_leads_nowhere() -> None:
    assert with_chips("It opens. [1] [23]") == "It opens. :primary-badge[1] :primary-badge[23]"


@given(st.text(alphabet="[]()!\\`:#1 2ab\n|-<>*_$/.", max_size=40))
def test_nothing_else_becomes_a_link_or_an_image(text: str) -> None:
    parser = MarkdownIt("commonmark").enable("table")
    tokens = [
        each
        for token in parser.parse(with_chips(safe_markdown(text), {1, 2}, 7))
        for each in (token, *(token.children or ()))
    ]
    assert "image" not in {token.type for token in tokens}
    targets = {str(token.attrs["href"]) for token in tokens if token.type == "link_open"}
    assert all(re.fullmatch(r"#source-7-[12]", each) for each in targets)

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.blocks import Leaf, code_spans, leaves

TEXT = """\
# Title

A paragraph
in two lines.
- Item
  continued
  1. Nested

     ```sh
     code
     ```
> Quoted

| a | b |
|---|---|
| 1 | 2 |

~~~
fenced

~~~
Heading
-------
<div>
html
</div>

    indented
"""


def test_every_line_by_what_it_holds() -> None:
    assert list(leaves(TEXT)) == [
        (Leaf.HEADING, 0, 1),
        (Leaf.TEXT, 1, 2),
        (Leaf.TEXT, 2, 4),
        (Leaf.TEXT, 4, 6),
        (Leaf.TEXT, 6, 7),
        (Leaf.TEXT, 7, 8),
        (Leaf.CODE, 8, 11),
        (Leaf.TEXT, 11, 12),
        (Leaf.TEXT, 12, 13),
        (Leaf.TABLE, 13, 16),
        (Leaf.TEXT, 16, 17),
        (Leaf.CODE, 17, 21),
        (Leaf.HEADING, 21, 23),
        (Leaf.TEXT, 23, 24),
        (Leaf.TEXT, 24, 25),
        (Leaf.TEXT, 25, 26),
        (Leaf.TEXT, 26, 27),
        (Leaf.INDENTED_CODE, 27, 28),
        (Leaf.TEXT, 28, 29),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [(Leaf.TEXT, 0, 1)]),
        ("```\nunclosed", [(Leaf.CODE, 0, 2)]),
        ("```\r\na\r\n```\r\nb", [(Leaf.CODE, 0, 3), (Leaf.TEXT, 3, 4)]),
        ("a\rb", [(Leaf.TEXT, 0, 1)]),
        ("    code at once", [(Leaf.INDENTED_CODE, 0, 1)]),
        ("# a\n\tcode\n\n    more", [(Leaf.HEADING, 0, 1), (Leaf.INDENTED_CODE, 1, 4)]),
        ("a\n    lazy", [(Leaf.TEXT, 0, 2)]),
        ("> " * 30 + "too deep", [(Leaf.TEXT, 0, 1)]),
        # What not every parser takes for code is text.
        ("- a\n\n      b", [(Leaf.TEXT, 0, 1), (Leaf.TEXT, 1, 2), (Leaf.TEXT, 2, 3)]),
        ("- ```\n\tb\n  ```", [(Leaf.TEXT, 0, 3)]),
        ("- ```\n  b\n  ```", [(Leaf.CODE, 0, 3)]),
        ("```\n\tb\n```", [(Leaf.CODE, 0, 3)]),
    ],
)
def test_odd_texts(text: str, expected: list[tuple[Leaf, int, int]]) -> None:
    assert list(leaves(text)) == expected


PIECES = st.sampled_from(
    ["\n", "\n", "- ", "> ", "    ", "```", "~~~", "| a ", "|-|", "# ", "---", "a", "\t", "[a]: b", "\r"]
)


@settings(deadline=None)
@given(st.lists(PIECES, max_size=20).map("".join))
def test_no_line_is_missing_or_twice(text: str) -> None:
    found = list(leaves(text))
    assert [line for _, first, last in found for line in range(first, last)] == list(range(text.count("\n") + 1))


@pytest.mark.parametrize(
    ("line", "spans"),
    [
        ("a `b` c", ["`b`"]),
        ("``a ` b`` `c`", ["``a ` b``", "`c`"]),
        ("` a `` b", []),
        ("`a", []),
        (r"\`a` b`", ["` b`"]),
        (r"`a\` b`", [r"`a\`"]),
        (r"\\`a`", ["`a`"]),
        (r"\``a`", ["`a`"]),
        ("`a``b`", ["`a``b`"]),
        ("", []),
    ],
)
def test_code_spans_as_commonmark_has_them(line: str, spans: list[str]) -> None:
    assert [line[first:last] for first, last in code_spans(line)] == spans


@pytest.mark.parametrize("piece", ["`", "` ``", "\\", "\\`", "`a\\", "` `` ``` "])
def test_time_is_linear(piece: str) -> None:
    start = time.process_time()
    list(code_spans(piece * 100_000))
    assert time.process_time() - start < 5  # a quadratic reader takes minutes

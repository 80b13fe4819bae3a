from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.highlighting import highlighted_passage, split_passage
from assistant.markdown import safe_markdown

TEXT = "A fuse breaks.\nIt guards the\nwire. Then it is dead."


@pytest.mark.parametrize(
    ("quote", "parts"),
    [
        ("A fuse breaks.", ("", "A fuse breaks.", "\nIt guards the\nwire. Then it is dead.")),
        ("it guards  the wire.", ("A fuse breaks.\n", "It guards the\nwire.", " Then it is dead.")),
        (TEXT, ("", TEXT, "")),
        ("A fuse burns.", (TEXT, "", "")),
        (" ", (TEXT, "", "")),
        ("", (TEXT, "", "")),
    ],
)
def test_a_passage_is_split_around_the_quote(quote: str, parts: tuple[str, str, str]) -> None:
    assert split_passage(TEXT, quote) == parts
    assert "".join(parts) == TEXT


@pytest.mark.parametrize(
    ("passage", "quote", "shown"),
    [
        ("One. Two. Three.", "Two.", "One. :primary-background[Two.] Three."),
        ("- One.\n- *Two* `x`.\n", "*Two* `x`.", "- One.\n- :primary-background[*Two* `x`.]\n"),
        ("1. One\n   goes on. Two.", "One\n   goes on.", "1. :primary-background[One]\n   :primary-background[goes on.] Two."),
        ("> One\n> goes on.", "One\n> goes on.", "> :primary-background[One]\n> :primary-background[goes on.]"),
        ("One [x] and ].", "One [x] and ].", ":primary-background[One \\[x\\] and \\].]"),
        ("One `a[0]` is.", "One `a[0]` is.", ":primary-background[One] `a[0]` :primary-background[is.]"),
        ("See http://a.example.", "See http://a.example.", ":primary-background[See `http://a.example`.]"),
        ("A :red[x] ![i](http://e/x.png)", "A :red[x] ![i](http://e/x.png)", ":primary-background[A \\:red\\[x\\] !\\[i\\]\\(`http://e/x.png`)]"),
        ("<b>One</b>", "<b>One</b>", ":primary-background[\\<b>One\\</b>]"),
        ("| a | b |\n| --- | --- |\n| x | y |", "| x | y |", "| a | b |\n| --- | --- |\n| :primary-background[x] | :primary-background[y] |"),
        ("Do:\n\n```sh\nrun [it]\n```\n", "```sh\nrun [it]\n```", "Do:\n\n:primary-background[Quoted]\n\n```sh\nrun [it]\n```\n"),
        ("One \ue000two\ue001.", "One two.", ":primary-background[One two.]"),
        ("Click(javascript:alert(1))", "Click", ":primary-background[Click]\\(javascript\\:alert(1))"),
        ("A `b c` d", "c` d", "A `b c` d"),
        ("One.", "Two.", "One."),
    ],
)  # fmt: skip
def test_the_quote_is_marked_and_nothing_else_is_active(passage: str, quote: str, shown: str) -> None:
    assert highlighted_passage(passage, quote) == shown


MARK = re.compile(r":primary-background\[((?:[^\[\]\\`]|\\.|`[^`]*`)*)\]", re.DOTALL)
PIECES = st.sampled_from(
    [
        "word",
        " ",
        "\n",
        "`",
        "[",
        "]",
        "(http://e.example)",
        "![",
        ":red[x]",
        "|",
        "- ",
        "$",
        "\\",
        "<b>",
        "> ",
        "```\n",
        ".",
    ]
)
TEXTS = st.lists(PIECES, max_size=14).map("".join)


@settings(deadline=None, max_examples=400)
@given(TEXTS, TEXTS, TEXTS)
def test_whatever_is_quoted_marking_leaves_a_safe_text(before: str, quote: str, after: str) -> None:
    shown = highlighted_passage(before + quote + after, quote)
    assert "\ue000" not in shown
    assert "\ue001" not in shown
    bare = MARK.sub(lambda mark: mark[1], shown)
    assert ":primary-background[" not in bare
    # Cleaning again finds nothing to change but the backslashes before brackets.
    assert safe_markdown(bare).replace("\\", "") == bare.replace("\\", "")

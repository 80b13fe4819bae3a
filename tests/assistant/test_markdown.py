"""Markdown made safe. Two things stand in for the app's renderer (remark with GitHub's links, mathematics, directives
and emoji): markdown-it for images, HTML and links; and below, readers of our own for what only remark has.
"""

from __future__ import annotations

import re
import time
from collections.abc import Collection, Iterator

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from assistant.markdown import plain_text, safe_markdown

ALLOWED = ("https://ok.example/a_b?c=d", "http://ok.example/")
PARSERS = [MarkdownIt("commonmark", {"html": html}).enable("table") for html in (True, False)]
# As mdast-util-gfm-autolink-literal finds links in text whose escapes are resolved, and remark-emoji its names.
AUTOLINK = re.compile(
    r"(?:https?://|www(?=\.))[-.\w]+|(?<![^\s\W_])[-.\w+]+@[-\w]+(?:\.[-\w]+)+|:\+1:|:-1:|:[\w-]*\w[\w-]*:",
    re.IGNORECASE | re.ASCII,
)
TOKEN = re.compile(r"\\[!-/:-@\[-`{-~]|(`+)|\$|:[^\W_]", re.DOTALL)


def all_tokens(tokens: list[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from token.children or ()


def active(markdown: str, allowed: Collection[str] = ()) -> list[str]:
    """Everything in the rendered text that would fetch, link, typeset or be replaced."""
    found = []
    for parser in PARSERS:
        for token in all_tokens(parser.parse(markdown)):
            if token.type in {"image", "html_inline", "html_block"}:
                found.append(f"{token.type} {token.content}")
            elif token.type == "link_open" and token.attrs["href"] not in allowed:
                found.append(f"link {token.attrs['href']}")
            elif token.type == "text":
                found += [f"bare {match[0]}" for match in AUTOLINK.finditer(token.content)]
            elif token.type == "inline":
                found += [f"active {character}" for character in unescaped(token.content)]
    return found


def unescaped(inline: str) -> Iterator[str]:
    """Dollar signs and the beginnings of directives outside code that no backslash makes plain."""
    position = 0
    while match := TOKEN.search(inline, position):
        position = match.end()
        if match[1]:
            closing = re.compile(rf"(?<!`){match[1]}(?!`)").search(inline, position)
            position = closing.end() if closing else position
        elif not match[0].startswith("\\"):
            yield match[0]


def test_the_readers_of_this_file_see_what_is_active() -> None:
    text = "![a](b) <i> [c](d) http://e.f www.g.h i@j.k $l$ :m[n] :tada: `$ ![o](p) <q>` \\$ \\: ``r ` $`` 10: s"
    assert sorted(set(active(text))) == [
        "active $",
        "active :m",
        "active :t",
        "bare :tada:",
        "bare http://e.f",
        "bare i@j.k",
        "bare www.g.h",
        "html_inline <i>",
        "image a",
        "link d",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Plain words, **bold**, *emphasis* and ~~struck~~ [1].\nNext line\\\nhard break",
        "# Heading\n\n- a\n- b\n  1. c\n\n> quoted\n\n---\n\n- [ ] to do",
        "Run `kubectl get pods -o json | jq '.items[0]'` or ``a ` b``.",
        "```sh\necho $HOME <in >out ![x](http://a.b) :tada:\n```",
        "~~~~\n$$ http://a.b\n~~~\n~~~~",
        "1. Install it:\n\n   ```sh\n   curl http://a.b | sh\n   ```\n\n2. Use it.",
        "```make\nall:\n\techo $@\n```",
        "| a | b |\n|:--|--:|\n| `x \\| y` | 5: six |",
        "Half a fence: ``",
        "a -> b, 3 > 2, Q&A, &amp; and C:\\dir\\*",
        "Streaming `cod",
    ],
)
def test_what_is_harmless_stays_but_for_stray_backticks(text: str) -> None:
    stray = {"Half a fence: ``": "Half a fence: \\`\\`", "Streaming `cod": "Streaming \\`cod"}
    backslash = {"a -> b, 3 > 2, Q&A, &amp; and C:\\dir\\*": "a -> b, 3 > 2, Q&A, &amp; and C:\\\\dir\\*"}
    assert safe_markdown(text) == (stray | backslash).get(text, text)
    assert active(safe_markdown(text)) == []


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("![a](http://b.c/d.png)", "!\\[a]\\(`http://b.c/d.png`)"),
        ("![a][b]\n\n[b]: http://c.d", "!\\[a][b]\n\n[b]\\: `http://c.d`"),
        ("[a](http://b.c)", "[a]\\(`http://b.c`)"),
        ("[a](javascript:alert(1))", "[a]\\(javascript\\:alert(1))"),
        ("> - [a]: http://b.c\n\n[a]", "> - [a]\\: `http://b.c`\n\n[a]"),
        ("[^1] a\n\n[^1]: b", "[^1] a\n\n[^1]\\: b"),
        ("<img src=x onerror=y>", "\\<img src=x onerror=y>"),
        ("<http://b.c> <a@b.c>", "\\<`http://b.c`> \\<`a@b.c`>"),
        ("<!-- a -->\n<div>\n\n![a](b)", "\\<!-- a -->\n\\<div>\n\n!\\[a]\\(b)"),
        ("(see https://b.c/d_e), WWW.b.c.", "(see `https://b.c/d_e`), `WWW.b.c`."),
        ("www. and http://", "`www`. and http://"),
        ("**https://b.c/d**: x", "**`https://b.c/d**:` x"),
        ("john\\_doe@b.co", "john\\_`doe@b.co`"),
        ("costs $5 or \\$6, $$x$$", "costs \\$5 or \\$6, \\$\\$x\\$\\$"),
        ("\\\\$x$", "\\\\\\$x\\$"),
        ("\\http://b.c", "\\\\`http://b.c`"),
        (":red[a] and ::b[c] and :::d\ne\n:::", "\\:red[a] and :\\:b[c] and ::\\:d\ne\n:::"),
        ("arn:aws:s3 :tada: 10:30:45 key: v", "`arn:aws:s3` `:tada:` `10:30:45` key: v"),
        ("`a`http://b.c`d`", "`a` `http://b.c` `d`"),
        ("\\`![a](b)`", "\\`!\\[a]\\(b)\\`"),
        ("`a\n\n![b](c)`", "\\`a\n\n!\\[b]\\(c)\\`"),
        ("`a\n[^1]: ![b](c)`", "\\`a\n[^1]\\: !\\[b]\\(c)\\`"),
        ("`http://b.c", "\\``http://b.c`"),
        ("`a | ![b](c)`\n-|-", "\\`a | !\\[b]\\(c)\\`\n-|-"),
        ("a\n|-|\n`b|![c](d)`", "a\n|-|\n\\`b|!\\[c]\\(d)\\`"),
        ("- ```\n\t![a](b)\n  ```", "- ```\n    ![a](b)\n  ```"),
        ("a\n\t$b", "a\n    \\$b"),
        ("    indented $code\n\n\thttp://a.b\na", "```text\nindented $code\n\nhttp://a.b\n```\na"),
        ("a\r\n![b](c)\rd", "a\n!\\[b]\\(c)\nd"),
    ],
)
def test_what_is_active_becomes_inert(text: str, safe: str) -> None:
    assert safe_markdown(text) == safe
    assert active(safe) == []


@pytest.mark.parametrize("text", ["www\\.b.c", "http&#58;//b.c", "https\\://b.c", ":str&#101;amlit:", "a@b\\.co"])
def test_what_becomes_a_link_after_escapes_are_resolved_is_shown_as_code(text: str) -> None:
    assert active(text) != []
    assert safe_markdown(f"One ```` two\n{text}") == f"`````text\nOne ```` two\n{text}\n`````"


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("[a](https://ok.example/a_b?c=d).", "[a](https://ok.example/a_b?c=d)."),
        ("[http://ok.example/](http://ok.example/)", "[`http://ok.example/`](http://ok.example/)"),
        ("[a $5 <b>](http://ok.example/)", "[a \\$5 \\<b>](http://ok.example/)"),
        ("[a](http://ok.example/x)", "[a]\\(`http://ok.example/x`)"),
        ("![a](http://ok.example/)", "!\\[a]\\(`http://ok.example/`)"),
        ("\\[a](http://ok.example/)", "\\[a]\\(`http://ok.example/`)"),
        ("[a\\](http://ok.example/)", "[a\\]\\(`http://ok.example/`)"),
        ('[a](http://ok.example/ "b")', '[a]\\(`http://ok.example/` "b")'),
        ("http://ok.example/", "`http://ok.example/`"),
    ],
)
def test_only_allowed_links_stay(text: str, safe: str) -> None:
    assert safe_markdown(text, ALLOWED) == safe
    assert active(safe, ALLOWED) == []


def test_an_allowed_address_may_need_percent_signs() -> None:
    assert safe_markdown("[a](http://b.c/é)", ["http://b.c/é"]) == "[a](http://b.c/é)"


FRAGMENTS = st.one_of(
    st.sampled_from(["![", "](", "http://x.y/z", "www.x.y", "a@b.co", "`", "``", "```", "\n", "\n\n", "|", "\n|-|\n"]),
    st.sampled_from(
        ["<img src=x>", "[a]: ", "[a]", "$", "\\", "> ", "- ", "1. ", "    ", "\t", "~~~", "plain", " word "]
    ),
    st.sampled_from([":name", ":::", ":tada:", "&#58;", "//x.y", "https:", "**", "_", "# ", "[^1]", "<", "é", "{a=b}"]),
    st.sampled_from([")", "!", ":", "[l](http://ok.example/)"]),
)
TEXTS = st.lists(FRAGMENTS, max_size=10).map("".join)


def letters(text: str) -> str:
    """The text without what making it inert may add."""
    return re.sub(r"```text\n|[\\`\s]", "", text)


@settings(deadline=None)
@given(TEXTS)
@example("- > `\\|></div>\n|-|\n\t`\\|]# > ![x](http://y.z)")
@example("> > - \t---)<img src=x>`[^1]: *![    ")
@example("<!-- \n|-|\n`-->|`:streamlit:\n|-|\na@b.co")
@example("http://x.y](http://ok.example/)")
@example("::_:::")
def test_every_prefix_of_a_growing_text_is_safe_and_whole(text: str) -> None:
    for end in range(len(text) + 1):
        prefix = text[:end]
        assert active(safe_markdown(prefix)) == []
        assert letters(safe_markdown(prefix)) == letters(prefix)
    assert active(safe_markdown(text, ALLOWED), ALLOWED) == []


@settings(deadline=None)
@given(TEXTS)
def test_a_second_parser_agrees(text: str) -> None:
    commonmark = pytest.importorskip("commonmark", reason="the commonmark package is not installed")
    tree = commonmark.Parser().parse(safe_markdown(text))
    assert {node.t for node, _ in tree.walker()}.isdisjoint({"image", "link", "html_inline", "html_block"})


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        (
            "# 1. a_b *c* `d` [e](f) <g> | $h\n- i",
            "\\# 1\\. a\\_b \\*c\\* \\`d\\` \\[e\\]\\(f\\) \\<g\\> \\| \\$h \\- i",
        ),
        ("  Circuit\tBreaker\n", "Circuit Breaker"),
        ("see http://a.b/c_d (or www.a.b), a@b.co", "see `http://a.b/c_d` \\(or `www.a.b),` `a@b.co`"),
        (":streamlit: and 5: six", "`:streamlit:` and 5\\: six"),
        ("`http://a.b`", "\\``http://a.b`\\`"),
        ("", ""),
    ],
)
def test_plain_text(text: str, plain: str) -> None:
    assert plain_text(text) == plain


@settings(deadline=None)
@given(st.one_of(TEXTS, st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))))
def test_plain_text_is_shown_as_it_is(text: str) -> None:
    line = " ".join(text.split())
    for wrapped in (plain_text(text), f"> **{plain_text(text)}**"):
        assert active(wrapped) == []
    inline = [token for token in PARSERS[0].parse(plain_text(text)) if token.type == "inline"]
    assert "".join(child.content for token in inline for child in token.children or ()) == line


@pytest.mark.parametrize("piece", ["`", "\\", "a@", ":a", "www.", "](", "$", "- ", "|-|\n", "<", "http://x.y ", "a.b"])
def test_time_is_linear(piece: str) -> None:
    text = piece * (20_000 // len(piece))
    start = time.process_time()
    safe_markdown(text)
    plain_text(text)
    assert time.process_time() - start < 5  # backtracking takes minutes

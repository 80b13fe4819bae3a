from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from markdown_it import MarkdownIt

from assistant.conversations import Conversation, Turn
from assistant.domain import Answer, AnswerStatus, Citation
from assistant.export import conversation_to_markdown, file_name

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
CITED = (
    Citation(1, "a", 13, "circuit-breaker", "13. Resiliency > Breaker", None, "A breaker opens."),
    Citation(2, "b", None, None, "Own", "https://example.org/own_(1).html", "```sh\nrun it\n```"),
)
ANSWER = Answer(
    question="What opens?",
    status=AnswerStatus.PARTIAL,
    text="A breaker opens. [1]\n\n- It runs. [2]",
    citations=CITED,
    retrieved=(),
    confidence=0.756,
    model="notes",
    elapsed_ms=42,
    notice="Cut off.",
    supported=1,
    statements=2,
    id=12,
)
ASKED = Conversation("c", "What opens?", NOW, NOW, 3)
TURNS = (
    Turn(12, "c", "What opens?", NOW, ANSWER),
    Turn(13, "c", "And rice?\n# Not a heading", NOW.astimezone(timezone(timedelta(hours=3))), None),
    Turn(14, "c", "Rice?", NOW + timedelta(days=1), Answer("Rice?", AnswerStatus.REFUSED, "No.", (), (), 0.1, "none", 3)),
)  # fmt: skip
EXPORTED = """# What opens?

3 questions, begun on 22 November 2026.

## 1. What opens?

Asked on 22 November 2026 at 09:30 UTC.

A breaker opens. [1]

- It runs. [2]

Note: Cut off.

Sources:

1. 13. Resiliency › Breaker (topic `circuit-breaker`)

   > A breaker opens.
2. Own

   > ```sh
   > run it
   > ```

   [Open the source](https://example.org/own_%281%29.html)

*Composed from the notes, 1 of 2 statements supported, confidence 76%, answer 12.*

## 2. And rice? # Not a heading

Asked on 22 November 2026 at 09:30 UTC.

> And rice?
> # Not a heading

This answer was interrupted.

## 3. Rice?

Asked on 23 November 2026 at 09:30 UTC.

No.

*Not covered by the roadmap, confidence 10%.*
"""


def headings(markdown: str) -> list[str]:
    tokens = MarkdownIt("commonmark").parse(markdown)
    return [
        tokens[place + 1].content
        for place, token in enumerate(tokens)
        if token.type == "heading_open" and not token.level
    ]


def test_everything_is_in_the_file_in_order() -> None:
    assert conversation_to_markdown(ASKED, TURNS) == EXPORTED


@pytest.mark.parametrize(
    ("title", "heading"),
    [
        ("a\n\n# b", "a # b"),
        ("```[x](http://evil.example)", "\\`\\`\\`[x]\\(`http://evil.example`)"),
        ("![x](http://evil.example/a.png) <img src=x>", "!\\[x]\\(`http://evil.example/a.png`) \\<img src=x>"),
        ("<!-- ", "\\<!--"),
        ("\x1b[2J\u202ex", "[2Jx"),
    ],
)
def test_a_hostile_title_stays_one_inert_heading(title: str, heading: str) -> None:
    text = conversation_to_markdown(replace(ASKED, title=title), TURNS)
    assert headings(text) == [heading, "1. What opens?", "2. And rice? # Not a heading", "3. Rice?"]
    assert text.split("\n", 1)[1] == EXPORTED.split("\n", 1)[1]


@pytest.mark.parametrize(
    "broken", ["```sh\nrun", "- a\n\n  ~~~~\n  b", "> ```\n> b", "<div>", "$$", "[1]: http://evil.example"]
)
def test_text_that_breaks_off_does_not_swallow_what_follows(broken: str) -> None:
    turns = [replace(TURNS[0], question=broken, answer=replace(ANSWER, text=broken)), TURNS[2]]
    text = conversation_to_markdown(ASKED, turns)
    assert [each.split(".")[0] for each in headings(text)] == ["What opens?", "1", "2"]
    assert "\n\nSources:\n\n1. 13" in text


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "file:///etc/passwd", "http://a b", "https://", "data:text/html,x"]
)
def test_only_web_addresses_are_links(url: str) -> None:
    answer = replace(ANSWER, citations=(replace(CITED[1], url=url),))
    assert "Open the source" not in conversation_to_markdown(ASKED, [replace(TURNS[0], answer=answer)])


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("What is a circuit breaker?", "what-is-a-circuit-breaker.md"),
        ("../../etc/passwd", "etc-passwd.md"),
        ("???", "conversation.md"),
        ("Çay nedir", "çay-nedir.md"),
        ("x" * 80, "x" * 60 + ".md"),
    ],
)
def test_file_names(title: str, name: str) -> None:
    assert file_name(replace(ASKED, title=title)) == name

from __future__ import annotations

import re
import time
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from assistant.markers import MarkerStream, find_markers, with_markers

PASSAGES = 5


def streamed(*deltas: str) -> tuple[str, list[int]]:
    stream = MarkerStream(PASSAGES)
    text = "".join(stream.feed(delta) for delta in deltas) + stream.close()
    return text, stream.order


@pytest.mark.parametrize(
    ("text", "shown", "order"),
    [
        ("A [4]. B [2] [4].", "A [1]. B [2] [1].", [4, 2]),
        ("A [3][1][3]", "A [1][2][1]", [3, 1]),
        ("A. [5]\nB. [5]", "A. [1]\nB. [1]", [5]),
        ("No markers.", "No markers.", []),
        ("", "", []),
        # Markers that point nowhere go, with the space before them.
        ("A [6]. B [0] c [2].", "A. B c [1].", [2]),
        ("A.\n\n[9] B.", "A.\n\n B.", []),
        ("- [9] a\n- [1] b", "- a\n- [1] b", [1]),
        ("[001] a", "[1] a", [1]),
        # Not markers.
        ("[1234] [a] [ 1 ] [-1] [] [1,2]", "[1234] [a] [ 1 ] [-1] [] [1,2]", []),
        # The text before and after keeps its layout.
        ("A\n[2] b\n\n\tc  [2]\n", "A\n[1] b\n\n\tc  [1]\n", [2]),
        ("A\r\nb [2]\r\n", "A\r\nb [1]\r\n", [2]),
    ],
)
def test_renumbers_in_order_of_use(text: str, shown: str, order: list[int]) -> None:
    assert streamed(text) == (shown, order)


@pytest.mark.parametrize(
    "code",
    [
        "`a[4]`",
        "``a[4] ` b[9]``",
        "```\na[4] = b[9]\n```",
        "```python\na[4]\n\n~~~\n```",
        "~~~\na[4]\n```\nb[9]\n~~~~",
        "````\n```\na[4]\n```\nb[9]\n````",
        "- step\n  ```sh\n  echo ${a[4]}\n  ```",
        "1. step\n\n   ```sh\n   echo ${a[9]}\n   ```",
        "- ```\n  a[4]\n  ```",
        "> ```\n> a[9]\n> ```",
    ],
)
def test_code_is_left_alone(code: str) -> None:
    assert streamed(f"A [3].\n\n{code}\n\nB [4].") == (f"A [1].\n\n{code}\n\nB [2].", [3, 4])


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("``` a`b [2]", "``` a`b [1]"),  # not a fence
        ("` a [2]", "` a [1]"),
        ("` a [2]\n`", "` a [1]\n`"),  # code ends with its line
        (r"\`a [2]`", r"\`a [1]`"),
        ("``a [2]`", "``a [1]`"),
        ("```\na[4]", "```\na[4]"),
        ("```\na[4", "```\na[4"),
    ],
)
def test_backticks_that_make_no_code(text: str, shown: str) -> None:
    assert streamed(text)[0] == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [("Open [", "Open"), ("Open [1", "Open"), ("Open. [12", "Open."), ("Open\n[3", "Open\n"), ("Open [1]", "Open [1]")],
)
def test_half_a_marker_at_the_end_is_dropped(text: str, shown: str) -> None:
    assert streamed(text)[0] == shown
    assert streamed(*text)[0] == shown


def test_what_is_certain_is_shown_at_once() -> None:
    stream = MarkerStream(2)
    assert stream.feed("A breaker") == "A breaker"
    assert stream.feed(" opens [") == " opens"
    assert stream.feed("2") == ""
    assert stream.feed("] and") == " [1] and"
    assert stream.feed(" runs `kubectl") == " runs "
    assert stream.feed(" get` [1") == "`kubectl get`"
    assert stream.feed("].\n``") == " [2].\n"
    assert stream.feed("`sh\na[1]") == "```sh\n"
    assert stream.feed("\n```\n") == "a[1]\n```\n"
    assert stream.feed("[1") == ""
    assert stream.close() == ""
    assert stream.order == [2, 1]


FRAGMENTS = st.one_of(
    st.sampled_from(
        ["[1]", "[2]", "[7]", "[0]", "[", "]", "1", "[12", " ", "\n", "`", "``", "```", "```sh\n", "~~~", "~"]
    ),
    st.sampled_from(["- ", "> ", "1. ", "10", "    ", "a", "word. ", "\\", "\t", "\r\n", "*", "١"]),
)
TEXTS = st.lists(FRAGMENTS, max_size=25).map("".join)


@settings(deadline=None)
@given(TEXTS, st.data())
@example("\\`[2]`", None)
@example("- ```\na[2]", None)
def test_any_chunking_gives_the_same_text(text: str, data: st.DataObject | None) -> None:
    cuts = data.draw(st.lists(st.integers(0, len(text)), max_size=10)) if data else range(len(text))
    edges = sorted({0, len(text), *cuts})
    assert streamed(*(text[a:b] for a, b in pairwise(edges))) == streamed(text) == streamed(*text)


def test_a_run_of_backticks_may_go_on_in_the_next_delta() -> None:
    assert streamed("`a`", "`` [2] ```") == ("`a``` [2] ```", [])


@settings(deadline=None)
@given(st.lists(FRAGMENTS.filter(lambda piece: not set(piece) & set("`~")), max_size=25).map("".join))
def test_without_code_every_marker_is_renumbered(text: str) -> None:
    numbers = [int(number) for number in re.findall(r"\[(\d{1,3})\]", text)]
    order = list(dict.fromkeys(number for number in numbers if 1 <= number <= PASSAGES))

    def renumbered(match: re.Match[str]) -> str:
        return f"{match[1]}[{order.index(int(match[2])) + 1}]" if int(match[2]) in order else ""

    whole = re.sub(r"([ \t]?)\[(\d{1,3})\]", renumbered, re.sub(r"[ \t]?\[\d{0,3}$(?!\n)", "", text))
    assert streamed(text) == (whole, order)


@settings(deadline=None)
@given(TEXTS, st.sampled_from(["", "]", "1]", "2] a", "`", "``", "\n", "\n```\n", "\\`"]))
def test_nothing_uncertain_is_shown(text: str, rest: str) -> None:
    shown = MarkerStream(PASSAGES).feed(text)
    assert streamed(text + rest)[0].startswith(shown)


def test_markers_outside_inline_code() -> None:
    assert [marker[1] for marker in find_markers("a [1] `b[2]` [3]\n`c\n[4] `d`[5]")] == ["1", "3", "4", "5"]


def test_markers_are_replaced_where_they_stand() -> None:
    assert with_markers("a [1] `b[2]`\n[3]", lambda marker: marker[0].replace(marker[1], "x")) == "a [x] `b[2]`\n[x]"


@pytest.mark.parametrize("piece", ["[1] ", "[", "` ", "\\", "1", " ", "- ", "`a` ", "```\n", "[1"])
def test_time_is_linear(piece: str) -> None:
    text = piece * 20_000
    start = time.process_time()
    streamed(text)
    streamed(*(text[at : at + 400] for at in range(0, len(text), 400)))
    assert time.process_time() - start < 5

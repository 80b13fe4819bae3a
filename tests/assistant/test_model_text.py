"""What a model writes on its way to the reader: visible, and not its own instructions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import ModelResponseInvalid
from assistant.model_text import ModelText, without_unseen

TEMPLATE = (
    "Answer the question for ${level} from the numbered passages below and from nothing else at all.\n${passages}"
)
LEAK = "from the numbered passages below and from nothing else"


def fed(text: str, size: int) -> str:
    out = ModelText(TEMPLATE)
    return "".join([out.feed(text[start : start + size]) for start in range(0, len(text), size)] + [out.close()])


@pytest.mark.parametrize("size", [1, 3, 7, 1000])
def test_an_answer_passes_as_it_is(size: int) -> None:
    text = (
        "The numbered passages below say it. [1] From nothing else at all, the question follows. [2]\n\n```\ncode\n```"
    )
    assert fed(text, size) == text


@pytest.mark.parametrize("size", [1, 3, 7, 1000])
@pytest.mark.parametrize("leak", [LEAK, LEAK.upper(), LEAK.replace(" ", "\n1. "), LEAK.replace("n", "n\u200b")])
def test_the_prompt_is_stopped_before_any_of_it_is_out(size: int, leak: str) -> None:
    out = ModelText(TEMPLATE)
    shown = ""
    text = f"I was told this: {leak} and more"
    with pytest.raises(ModelResponseInvalid, match="repeat its instructions"):
        for start in range(0, len(text), size):
            shown += out.feed(text[start : start + size])
    assert shown in {"", "I was told this: "}
    assert out.close() == ""


def test_a_run_goes_across_no_placeholder() -> None:
    text = "Answer the question for from the numbered passages below and"
    assert fed(text, 5) == text


@given(st.text(st.sampled_from("from the numbered passages below \n[1]x")), st.integers(1, 9))
def test_what_is_not_stopped_is_whole(text: str, size: int) -> None:
    assert fed(text, size) == text


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("a\u200bb\u202ec\u2066d\U000e0041e\ufefff\u00adg\x1b[31m", "abcdefg[31m"),
        ("one\ttwo\r\nthree", "one\ttwo\r\nthree"),
        ("naïve → 90 % 😀", "naïve → 90 % 😀"),
        ("x\u3164\U000e0101y", "xy"),
    ],
)
def test_what_nobody_sees_is_dropped(text: str, seen: str) -> None:
    assert without_unseen(text) == seen

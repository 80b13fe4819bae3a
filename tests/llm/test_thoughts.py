"""Thoughts: hidden wherever the chunks are cut, and shown when they are not thoughts."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.errors import ModelResponseInvalid
from assistant.llm import End, FinishReason, Token
from assistant.llm.thoughts import ThoughtFilter
from tests.llm.behaviours import DONE, Pause, delta, reply, stream, text
from tests.llm.calls import events, failure
from tests.llm.loopback import LoopbackServer

CASES = {
    "plain": "plain",
    "<think>hidden</think>shown": "shown",
    "<think>hidden</think>\n\n  shown": "shown",
    "before <think>hidden</think>after": "before after",
    "<think>a</think><think>b</think>c": "c",
    "<think></think>c": "c",
    "before <think>never closed": "before ",
    "<think>never closed </thin": "",
    "a < b <thin": "a < b <thin",
    "<thinking>is another tag</thinking>": "<thinking>is another tag</thinking>",
    "a stray </think> stays": "a stray </think> stays",
    "<think>a <think> b</think>c": "c",
    "write `<think>` as code": "write `<think>` as code",
    "<<think>x</think>>": "<>",
    " \n leading space": "leading space",
    "": "",
}


def _shown(*chunks: str) -> str:
    thoughts = ThoughtFilter()
    return "".join(map(thoughts.feed, chunks)) + thoughts.finish()


@pytest.mark.parametrize(("text_", "shown"), CASES.items())
def test_in_one_piece_and_letter_by_letter(text_: str, shown: str) -> None:
    assert (_shown(text_), _shown(*text_)) == (shown, shown)


@settings(deadline=None)
@given(st.lists(st.sampled_from(["<think>", "</think>", "<thi", "nk>", "</", "`", " ", "a", "<"])), st.data())
def test_cutting_does_not_matter(pieces: list[str], data: st.DataObject) -> None:
    whole = "".join(pieces)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(whole)))))
    chunks = [whole[a:b] for a, b in zip([0, *cuts], [*cuts, len(whole)], strict=True)]
    assert _shown(*chunks) == _shown(whole)


def test_text_is_held_back_no_longer_than_needed() -> None:
    thoughts = ThoughtFilter()
    assert [thoughts.feed(chunk) for chunk in ("a <", "t", "x")] == ["a ", "", "<tx"]


def test_tags_only_do_not_take_quadratic_time() -> None:
    assert _shown("<think></think>" * 200_000 + "end") == "end"


def test_in_a_stream() -> None:
    with LoopbackServer(reply("<th", "ink>let me see</th", "ink>\n\n", "A saga", " is a story.<")) as server:
        assert events(server) == [Token("A saga"), Token(" is a story."), Token("<"), End(FinishReason.STOP, 7, 3)]


def test_reasoning_fields_are_ignored() -> None:
    steps = (delta(reasoning_content="let me see"), delta(reasoning="hm"), text("A story."), delta(finish="stop"), DONE)
    with LoopbackServer(stream(*steps)) as server:
        assert events(server) == [Token("A story."), End(FinishReason.STOP, None, None)]


@pytest.mark.parametrize("thought", [delta(reasoning_content="hm"), delta(content="<think>hm")])
def test_thinking_counts_as_the_first_token(thought: bytes) -> None:
    steps = (thought, Pause(0.5), text("</think>Yes." if b"<think>" in thought else "Yes."), delta(finish="stop"), DONE)
    with LoopbackServer(stream(*steps)) as server:
        assert events(server, first_token_timeout_s=0.4) == [Token("Yes."), End(FinishReason.STOP, None, None)]


@pytest.mark.parametrize(
    ("finish", "sentence"),
    [
        (
            "stop",
            "The model tiny at {host} answered with nothing. Ask again; if it stays so, check that STUDY_LLM_BASE_URL "
            "is the address of an OpenAI-compatible API (it usually ends in /v1).",
        ),
        (
            "length",
            "The model tiny at {host} reached its output limit before it wrote an answer. "
            "Raise STUDY_LLM_MAX_OUTPUT_TOKENS.",
        ),
    ],
)
def test_thoughts_without_an_answer(finish: str, sentence: str) -> None:
    with LoopbackServer(reply("<think>hm", finish=finish)) as server:
        said, error = failure(server)
    assert (said, type(error), error.user_message) == ("", ModelResponseInvalid, sentence.format(host=server.host))

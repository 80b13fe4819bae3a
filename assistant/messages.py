"""The messages a language model is sent: a system message made from a prompt file, and the question.

Owns: their bounds, what is left out first, and the fences that keep passages and conversation data.
Refuses: sending them, and the wording around them (``assistant/prompts``).

A fence is a tag that ends in a hash of everything fenced, so no text can hold the tag that would close its own fence.
The tokens with which chat templates mark roles are broken up: servers read them as roles wherever they stand.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING

from assistant.domain import Level, ScoredPassage
from assistant.prompting import Prompt

if TYPE_CHECKING:
    from langchain_core.messages import BaseMessage

REFUSAL_SENTINEL = "NOT_IN_THE_ROADMAP"
QUESTION_CHARS = 2_000
_PASSAGE_CHARS = 4_000
_HEADING_CHARS = 200
_HISTORY_TURNS = 3
_HISTORY_CHARS = 600
# Prose of the notes has four characters and more to a token, code three; other scripts one and less.
_ASCII_PER_TOKEN = 3.5
_FENCE_TOKENS = 40
_BOUNDARY_CHARS = 12
_CONTROL = re.compile(
    r"<(?=[|｜]|<SYS>|</SYS>|/?s>|start_of_turn>|end_of_turn>|bos>|eos>)|\[(?=/?INST\])", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Brief:
    """What is sent: the passages and earlier turns that fit, the question, and a sentence on each thing left out."""

    question: str
    passages: tuple[ScoredPassage, ...]
    history: tuple[tuple[str, str], ...]
    notices: tuple[str, ...]

    def messages(self, prompt: Prompt, level: Level | None = None) -> list[BaseMessage]:
        """The system message, which is the prompt filled, and the question; ``level`` is the learner's."""
        from langchain_core.messages import HumanMessage, SystemMessage  # noqa: PLC0415 - only a model needs it

        turns = [part for turn in self.history for part in turn]
        texts = [f"{scored.passage.heading}\n{scored.passage.text}" for scored in self.passages]
        boundary = boundary_of([self.question, *turns, *texts])
        passages = [
            fenced("passage", boundary, _passage_text(scored), f' number="{number}"')
            for number, scored in enumerate(self.passages, start=1)
        ]
        history = [
            fenced(role, boundary, text)
            for turn in self.history
            for role, text in zip(("learner", "assistant"), turn, strict=True)
        ]
        filled = prompt.fill(
            boundary=boundary,
            refusal_sentinel=REFUSAL_SENTINEL,
            level=f"a learner of {level.value} level" if level else "a working software engineer",
            history="\n".join(history) or "(this is the first question)",
            passages="\n\n".join(passages),
        )
        return [SystemMessage(filled), HumanMessage(_inert(self.question))]


def make_brief(
    question: str,
    passages: Sequence[ScoredPassage],
    history: Sequence[tuple[str, str]],
    *,
    most: int,
    max_tokens: int,
) -> Brief:
    """What fits into ``max_tokens``, by estimate: the question first, then the best passages, then the latest turns.

    Of the passages, ``most`` are kept at the most and one at least; where it is not all of them, no turns are.
    ``passages`` are the best first, ``history`` the oldest first.
    """
    asked = question[:QUESTION_CHARS]
    room = max_tokens - estimated_tokens(asked)
    sizes = [estimated_tokens(_passage_text(scored)) + _FENCE_TOKENS for scored in passages[:most]]
    kept = _fitting(sizes, room) or min(1, len(passages))
    latest = [(q[:_HISTORY_CHARS], a[:_HISTORY_CHARS]) for q, a in history[-_HISTORY_TURNS:]]
    turns = 0
    if kept == len(passages):
        sizes_of_turns = [estimated_tokens(q) + estimated_tokens(a) + 2 * _FENCE_TOKENS for q, a in reversed(latest)]
        turns = _fitting(sizes_of_turns, room - sum(sizes))
    notices = []
    if len(asked) < len(question):
        notices.append(f"The model was given the first {QUESTION_CHARS} characters of the question.")
    if kept < len(passages):
        notices.append(f"The model was given {kept} of {len(passages)} passages, as many as it can read at once.")
    if turns < len(latest):
        notices.append("The model was not given all of the last turns, because they would not fit.")
    return Brief(asked, tuple(passages[:kept]), tuple(latest[len(latest) - turns :]), tuple(notices))


def prompt_tokens(prompt: Prompt) -> int:
    """An estimate of what the prompt itself takes."""
    return estimated_tokens(prompt.template)


def _fitting(sizes: Sequence[int], room: int) -> int:
    """How many of the sizes, from the first on, fit into the room."""
    for count, size in enumerate(sizes):
        room -= size
        if room < 0:
            return count
    return len(sizes)


def estimated_tokens(text: str) -> int:
    """An estimate of the tokens of a text, on the high side for English prose."""
    others = sum(not character.isascii() for character in text)
    return ceil((len(text) - others) / _ASCII_PER_TOKEN) + others


def _passage_text(scored: ScoredPassage) -> str:
    passage = scored.passage
    return f"Source: {passage.heading[:_HEADING_CHARS]}\n{passage.text[:_PASSAGE_CHARS]}"


def boundary_of(texts: Sequence[str]) -> str:
    """What the tags around these texts end in: a hash of them all, which none of them can hold."""
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()[:_BOUNDARY_CHARS]


def fenced(name: str, boundary: str, text: str, attributes: str = "") -> str:
    """The text between tags that nothing in it can close."""
    return f"<{name}-{boundary}{attributes}>\n{_inert(text)}\n</{name}-{boundary}>"


def _inert(text: str) -> str:
    return _CONTROL.sub(lambda token: f"{token[0]} ", text)

"""Two ways to write an answer, behind one interface: composed from the notes, or by a language model.

Owns: turning passages into text with ``[n]`` markers that number the passages as given, from 1.
Refuses: checking the markers (``assistant.citing``) and deciding whether to answer at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from assistant.composing import Importance, compose
from assistant.domain import PassageKind, ScoredPassage
from assistant.llm import ChatModel, End, FinishReason, Token
from assistant.prompting import load_prompt
from assistant.sentences import BlockKind, split_sentences

if TYPE_CHECKING:
    from langchain_core.messages import BaseMessage

OUTLINE_ONLY_NOTICE = "Only the roadmap's outline covers this so far; there are no notes on it yet."
REFUSAL_SENTINEL = "NOT_IN_THE_ROADMAP"
_HISTORY_TURNS = 3
_HISTORY_CHARS = 600
_QUESTION_CHARS = 2_000


@dataclass(frozen=True, slots=True)
class Request:
    """What a writer is given.

    ``question`` is what the learner asked, ``query`` the same as a question that stands alone; ``history`` are earlier
    (question, answer) pairs, the oldest first.
    """

    question: str
    query: str
    passages: Sequence[ScoredPassage]
    history: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Written:
    """The last thing a writer yields: whether the text is whole, and a sentence about it if it is not."""

    complete: bool
    notice: str = ""


class Writer(Protocol):
    """Yields pieces of text and, last, one ``Written``; may raise a ``LanguageModelError`` at any point."""

    @property
    def name(self) -> str:
        """What the answer's ``model`` field says."""
        ...

    def write(self, request: Request) -> Iterator[str | Written]:
        """Write the answer."""
        ...


class ComposingWriter:
    """Composes the answer from sentences of the passages."""

    name = "notes"

    def __init__(self, importance: Importance) -> None:
        self._importance = importance

    def write(self, request: Request) -> Iterator[str | Written]:
        """Yield one sentence at a time, each with the marker of its passage."""
        numbers = {scored.passage.id: number for number, scored in enumerate(request.passages, start=1)}
        statements = compose(request.query, request.passages, self._importance)
        previous = None
        for statement in statements:
            yield _separator(previous, statement.block, statement.passage_id)
            marker = f" [{numbers[statement.passage_id]}]"
            yield " ".join(sentence + marker for sentence in split_sentences(statement.text))
            previous = (statement.block, statement.passage_id)
        kinds = {scored.passage.id: scored.passage.kind for scored in request.passages}
        if any(kinds[statement.passage_id] is not PassageKind.ROADMAP for statement in statements):
            yield Written(complete=True)
        else:
            yield Written(complete=False, notice=OUTLINE_ONLY_NOTICE)


def _separator(previous: tuple[BlockKind, str] | None, block: BlockKind, passage_id: str) -> str:
    bullet = "- " if block is BlockKind.LIST_ITEM else ""
    if previous is None:
        return bullet
    if bullet:
        return f"\n{bullet}" if previous[0] is BlockKind.LIST_ITEM else f"\n\n{bullet}"
    return " " if previous == (block, passage_id) else "\n\n"


class ModelWriter:
    """Has a language model write from the passages."""

    def __init__(self, model: ChatModel) -> None:
        self._model = model

    @property
    def name(self) -> str:
        """The model's name as the server knows it."""
        return self._model.name

    def write(self, request: Request) -> Iterator[str | Written]:
        """Yield the model's text as it comes."""
        for event in self._model.stream(_messages(request)):
            match event:
                case Token(text=text):
                    yield text
                case End(finish=FinishReason.STOP):
                    yield Written(complete=True)
                case End(finish=FinishReason.LENGTH):
                    yield Written(complete=False, notice="The answer reached the length limit.")
                case End():
                    yield Written(complete=False, notice="The model server ended the answer early.")


def _messages(request: Request) -> list[BaseMessage]:
    from langchain_core.messages import HumanMessage, SystemMessage  # noqa: PLC0415 - only answers by a model need it

    passages = "\n\n".join(
        f'<passage number="{number}" source="{scored.passage.heading}">\n{scored.passage.text}\n</passage>'
        for number, scored in enumerate(request.passages, start=1)
    )
    history = "\n".join(
        f"Learner: {question[:_HISTORY_CHARS]}\nAssistant: {answer[:_HISTORY_CHARS]}"
        for question, answer in request.history[-_HISTORY_TURNS:]
    )
    prompt = load_prompt("answer").fill(
        passages=passages, history=history or "(this is the first question)", refusal_sentinel=REFUSAL_SENTINEL
    )
    return [SystemMessage(prompt), HumanMessage(request.question[:_QUESTION_CHARS])]

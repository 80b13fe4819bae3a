"""Two ways to write an answer, behind one interface: composed from the notes, or by a language model.

Owns: turning passages into text with ``[n]`` markers that number the passages as given, from 1.
Refuses: checking the markers (``assistant.citing``) and deciding whether to answer at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from assistant.composing import Importance, Statement, compose
from assistant.domain import Level, PassageKind, ScoredPassage, TokenUsage, Waiting
from assistant.errors import LanguageModelError
from assistant.llm import ChatModel, End, FinishReason, StreamingModel, Token
from assistant.markers import with_markers
from assistant.messages import Brief, make_brief, prompt_tokens
from assistant.model_text import ModelText
from assistant.prompting import load_prompt
from assistant.query import compared
from assistant.sentences import BlockKind, split_sentences
from assistant.settings import Settings

OUTLINE_ONLY_NOTICE = "Only the roadmap's outline covers this so far; there are no notes on it yet."
_PROMPT = "answer"
_ENDED = {
    FinishReason.STOP: "",
    FinishReason.LENGTH: (
        "The answer reached the length limit. Ask for less at once, or raise STUDY_LLM_MAX_OUTPUT_TOKENS."
    ),
    FinishReason.TRUNCATED: "The model server ended the answer early. Ask again for a whole answer.",
    FinishReason.CONTENT_FILTER: (
        "The model server's content filter cut the answer off. Put the question differently."
    ),
}
"""What the learner is told, and told to do, for each way in which a stream ends."""


@dataclass(frozen=True, slots=True)
class Request:
    """What a writer is given.

    ``question`` is what the learner asked, ``query`` the same as a question that stands alone; ``history`` are earlier
    (question, answer) pairs, the oldest first. ``level`` is the learner's, None where it is not known.
    """

    question: str
    query: str
    passages: Sequence[ScoredPassage]
    history: Sequence[tuple[str, str]]
    level: Level | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """The last thing a writer yields: whether the text is whole, sentences about it for the learner, and its cost."""

    complete: bool
    notice: str = ""
    usage: TokenUsage | None = None


class Writer(Protocol):
    """Yields pieces of text, ``Waiting`` while there are none, and, last, one ``Written``.

    May raise a ``LanguageModelError`` at any point.
    """

    @property
    def name(self) -> str:
        """What the answer's ``model`` field says."""
        ...

    @property
    def prompt_sha256(self) -> str:
        """What the answer's ``prompt_sha256`` field says."""
        ...

    def write(self, request: Request) -> Iterator[str | Waiting | Written]:
        """Write the answer."""
        ...


class ComposingWriter:
    """Composes the answer from sentences of the passages."""

    name = "notes"
    prompt_sha256 = ""

    def __init__(self, importance: Importance) -> None:
        self._importance = importance

    def write(self, request: Request) -> Iterator[str | Written]:
        """Yield one sentence at a time, each with the marker of its passage."""
        numbers = {scored.passage.id: number for number, scored in enumerate(request.passages, start=1)}
        sides = compared(request.query)
        statements = compose(request.query, request.passages, self._importance, sides, request.level)
        previous = None
        for statement in statements:
            yield _separator(previous, statement.block, statement.passage_id)
            yield _marked(statement, f" [{numbers[statement.passage_id]}]")
            previous = (statement.block, statement.passage_id)
        kinds = {scored.passage.id: scored.passage.kind for scored in request.passages}
        if any(kinds[statement.passage_id] is not PassageKind.ROADMAP for statement in statements):
            yield Written(complete=True)
        else:
            yield Written(complete=False, notice=OUTLINE_ONLY_NOTICE)


def _marked(statement: Statement, marker: str) -> str:
    """The statement with its marker: after every sentence, in the last cell of a table's rows, and not in code.

    Numbers in brackets that stand in a document would be read as citations of ours, so they are left out.
    """
    if statement.block is BlockKind.CODE:
        return statement.text
    text = with_markers(statement.text, lambda _: "")
    match statement.block:
        case BlockKind.TABLE:
            header, rule, *rows = text.split("\n")
            return "\n".join([header, rule, *(f"{row.rstrip().removesuffix('|').rstrip()}{marker} |" for row in rows)])
        case _:
            return " ".join(sentence + marker for sentence in split_sentences(text))


def _separator(previous: tuple[BlockKind, str] | None, block: BlockKind, passage_id: str) -> str:
    bullet = "- " if block is BlockKind.LIST_ITEM else ""
    if previous is None:
        return bullet
    if bullet:
        return f"\n{bullet}" if previous[0] is BlockKind.LIST_ITEM else f"\n\n{bullet}"
    return " " if previous == (block, passage_id) else "\n\n"


class ModelWriter:
    """Has a language model write from the passages; ``max_input_tokens`` is what the model reads, by estimate."""

    def __init__(self, model: StreamingModel, *, max_input_tokens: int) -> None:
        self.model = model
        self._max_input_tokens = max_input_tokens

    @classmethod
    def from_settings(cls, settings: Settings, model: StreamingModel | None = None) -> ModelWriter | None:
        """The writer for ``model``, or else for the configured one, None without any."""
        if model is None and settings.llm_enabled:
            model = ChatModel.from_settings(settings)
        return cls(model, max_input_tokens=settings.llm_max_input_tokens) if model else None

    @property
    def name(self) -> str:
        """The model's name as the server knows it."""
        return self.model.name

    @property
    def prompt_sha256(self) -> str:
        """The hash of the prompt file."""
        return load_prompt(_PROMPT).sha256

    def write(self, request: Request) -> Iterator[str | Waiting | Written]:
        """Yield the model's text as it comes."""
        prompt = load_prompt(_PROMPT)
        brief = self._brief(request, len(request.passages))
        # For a model that reads less than we believe: half of what it was given, and no conversation.
        half = len(brief.passages) // 2
        shorter = self._brief(request, half) if half else None
        messages = brief.messages(prompt, request.level)
        said = ModelText(prompt.template)
        try:
            for event in self.model.stream(messages, shorter.messages(prompt, request.level) if shorter else None):
                match event:
                    case Token(text=text):
                        yield from filter(None, [said.feed(text)])
                    case Waiting():
                        yield event
                    case End():
                        yield from filter(None, [said.close()])
                        yield _written(event, shorter if event.shortened and shorter else brief)
        except LanguageModelError:
            yield from filter(None, [said.close()])
            raise

    def _brief(self, request: Request, passages: int) -> Brief:
        max_tokens = self._max_input_tokens - prompt_tokens(load_prompt(_PROMPT))
        return make_brief(request.question, request.passages, request.history, most=passages, max_tokens=max_tokens)


def _written(end: End, brief: Brief) -> Written:
    usage = None
    if end.input_tokens is not None:
        usage = TokenUsage(end.input_tokens, end.output_tokens or 0)
    notices = [*brief.notices, _ENDED[end.finish]]
    return Written(end.finish is FinishReason.STOP, " ".join(filter(None, notices)), usage)

"""A trial of the language model: one tiny question, timed.

Owns: the question, what counts as an answer, and the sentence that says what came back.
Refuses: judging how good the model is, and the wording of failures (``assistant.llm``).
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass

from assistant.domain import TokenUsage, Waiting
from assistant.errors import LanguageModelMissing
from assistant.llm import ChatModel, End, Token
from assistant.prompting import load_prompt
from assistant.settings import Settings

_ENOUGH_CHARS = 60


@dataclass(frozen=True, slots=True)
class Probe:
    """What came back: the beginning of the text, and seconds from the request to its first and to its last token."""

    model: str
    host: str
    text: str
    first_token_s: float
    total_s: float
    usage: TokenUsage | None

    @property
    def sentence(self) -> str:
        """All of it for people."""
        said = " ".join(self.text.split())
        cost = (
            f" It read {self.usage.prompt_tokens} tokens and wrote {self.usage.completion_tokens}."
            if self.usage
            else ""
        )
        return (
            f"{self.model} at {self.host} answered “{said}”: first token after {self.first_token_s:.1f} s, "
            f"done after {self.total_s:.1f} s.{cost}"
        )


def configured_model(settings: Settings) -> ChatModel:
    """The model to try.

    Raises:
        LanguageModelMissing: none is set up.
    """
    if not settings.llm_enabled:
        raise LanguageModelMissing(
            "No language model is set up. Name a server on the app's Settings page, or with: "
            "export STUDY_LLM_BASE_URL=http://127.0.0.1:11434/v1"
        )
    return ChatModel.from_settings(settings)


def probe(model: ChatModel, clock: Callable[[], float]) -> Probe:
    """Ask the model for one word; ``clock`` returns seconds. A talkative model is not listened to for long.

    Raises:
        LanguageModelError: it did not answer; the message says what to do.
    """
    from langchain_core.messages import HumanMessage  # noqa: PLC0415 - only a model needs it

    text = ""
    usage = None
    model.prepare()
    started_s = first_s = clock()
    with closing(model.stream([HumanMessage(load_prompt("probe").template)])) as events:
        for event in events:
            match event:
                case Token(text=piece):
                    first_s = first_s if text else clock()
                    text += piece
                case End(input_tokens=int(read), output_tokens=int(written)):
                    usage = TokenUsage(read, written)
                case Waiting() | End():
                    pass
            if len(text) > _ENOUGH_CHARS:
                text = f"{text[:_ENOUGH_CHARS]}…"
                break
    return Probe(model.name, model.host, text, first_s - started_s, clock() - started_s, usage)

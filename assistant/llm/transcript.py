"""Transcript: what one stream adds up to.

Owns: the visible text so far (counted, not kept), the output limit, and the verdict at the end: a finished answer, a
cut-off one, or none at all.
Refuses: threads, time, HTTP, and the wording of failures (``failures``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from assistant.llm import failures
from assistant.llm.events import Delta, End, FinishReason
from assistant.llm.thoughts import ThoughtFilter

if TYPE_CHECKING:
    from assistant.llm.endpoint import Endpoint

# OpenAI's words and the ones its imitators use. A word that is not here says nothing certain, so it means TRUNCATED.
_FINISH: Final = {
    "stop": FinishReason.STOP,
    "stop_sequence": FinishReason.STOP,
    "eos": FinishReason.STOP,
    "eos_token": FinishReason.STOP,
    "end_turn": FinishReason.STOP,
    "length": FinishReason.LENGTH,
    "max_tokens": FinishReason.LENGTH,
    "model_length": FinishReason.LENGTH,
    "content_filter": FinishReason.CONTENT_FILTER,
}
_TOOL_FINISH: Final = frozenset({"tool_calls", "function_call"})


class Transcript:
    """Add deltas in order, then ``close``, then ask for the ``end``."""

    def __init__(self, endpoint: Endpoint, max_chars: int) -> None:
        self._endpoint = endpoint
        self._max_chars = max_chars
        self._thoughts = ThoughtFilter()
        self._chars = 0
        self._refused = False
        self._finish: FinishReason | None = None
        self._input_tokens: int | None = None
        self._output_tokens: int | None = None
        self.alive = False
        """The model has produced something, if only hidden reasoning."""
        self.capped = False
        """The output limit of this program is reached; nothing more will be shown."""

    @property
    def wrote(self) -> bool:
        """Whether there is visible text."""
        return self._chars > 0

    @property
    def finished(self) -> bool:
        """Whether the server has said why it stopped; all that can follow is the token count."""
        return self._finish is not None

    def add(self, delta: Delta) -> str:
        """Take in a chunk and return the text to show, possibly none.

        Raises:
            ModelResponseInvalid: the model calls a tool; it was offered none.
        """
        if delta.tool_call or delta.finish in _TOOL_FINISH:
            raise failures.tool_call(self._endpoint)
        self.alive = self.alive or delta.reasoning or bool(delta.text)
        self._refused = self._refused or delta.refusal
        if delta.finish:
            self._finish = _FINISH.get(delta.finish, FinishReason.TRUNCATED)
        if delta.input_tokens is not None:
            self._input_tokens, self._output_tokens = delta.input_tokens, delta.output_tokens
        return self._show(self._thoughts.feed(delta.text))

    def close(self) -> str:
        """Return the last text to show: what was held back in case it began a tag."""
        return self._show(self._thoughts.finish())

    def end(self) -> End:
        """Judge the stream.

        Raises:
            ModelRefused: the content filter left nothing to show, or the model refused in so many words.
            ModelResponseInvalid: there is nothing to show for another reason.
        """
        finish = FinishReason.LENGTH if self.capped else self._finish or FinishReason.TRUNCATED
        if not self.wrote:
            if self._refused or finish is FinishReason.CONTENT_FILTER:
                raise failures.refused(self._endpoint)
            if finish is FinishReason.LENGTH:
                raise failures.only_thoughts(self._endpoint)
            raise failures.empty(self._endpoint)
        return End(finish, self._input_tokens, self._output_tokens)

    def _show(self, visible: str) -> str:
        shown = visible[: self._max_chars - self._chars]
        self.capped = self.capped or len(shown) < len(visible)
        self._chars += len(shown)
        return shown

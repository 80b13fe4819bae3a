"""The language model: one streamed answer from an OpenAI-compatible server, within deadlines, with typed failures.

Owns: the only use of langchain_openai, openai and their HTTP client in the program; deadlines, asking again,
cancelling, what counts as a finished answer, and the translation of every failure into ``assistant.errors``.
Refuses: prompts, passages and citations; reading the environment; deciding what to show instead of a failed answer.

Read in this order: ``events`` (what comes out), ``interface`` (what callers ask for), ``endpoint`` (whom we talk to),
``thoughts`` and ``transcript`` (what a stream adds up to), ``failures`` (the sentences), ``background`` and ``wires``
(deadlines and cancelling), ``attempts`` (asking again), ``client`` and ``mapping`` (the two files that import openai,
loaded on the first call), ``chat_model`` (the story), ``whole_reply`` (for replies that a program reads).
"""

from assistant.llm.chat_model import ChatModel
from assistant.llm.events import End, FinishReason, Token
from assistant.llm.interface import StreamingModel

__all__ = ["ChatModel", "End", "FinishReason", "StreamingModel", "Token"]

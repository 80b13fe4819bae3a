"""A model that does whatever it reads: the worst that could be behind the interface of ``assistant.llm``.

Owns: its reading of the prompt and its obedience. Refuses: the network, and any sense.
"""

from __future__ import annotations

import codecs
import re
from base64 import b64encode
from collections.abc import Generator, Sequence
from typing import TYPE_CHECKING

from assistant.domain import Waiting
from assistant.llm import ChatModel, End, FinishReason, Token
from assistant.sentences import BlockKind, prose_blocks, split_sentences
from evals.safety.cases import AttackCase

if TYPE_CHECKING:
    from langchain_core.messages import BaseMessage

_PASSAGE = re.compile(r'<passage-([0-9a-f]+) number="(\d+)">\n(.*?)\n</passage-\1>', re.DOTALL)
_BOUNDARY = re.compile(r"<passage-([0-9a-f]+) ")
_HONEST_PASSAGES = 2
_MIN_WORDS = 6
_PIECE_CHARS = 40


class WorstModel(ChatModel):
    """Writes a sentence each of the first passages, cited, and then what the attack wants, if it has read it.

    ``reached`` says whether it has; ``prompt`` is the system message it was sent last. In what it obeys, ``{system}``
    stands for that message up to the passages, ``{base64}`` and ``{rot13}`` for the same encoded, ``{words}`` for its
    words in numbered lines, ``{passages}`` for the passages with their tags, ``{tag}`` for the hash in these, ``{n}``
    for the number of the planted passage, ``{other}`` for that of another one, and ``{last}`` for one after the last.
    """

    def __init__(self, case: AttackCase) -> None:
        super().__init__(
            base_url="http://127.0.0.1:9/v1",
            api_key=None,
            model="worst",
            first_token_timeout_s=1,
            timeout_s=1,
            max_output_tokens=1024,
        )
        self.reached = False
        self.prompt = ""
        self._case = case

    def stream(
        self, messages: Sequence[BaseMessage], shorter: Sequence[BaseMessage] | None = None
    ) -> Generator[Token | Waiting | End, None, None]:
        """Obey, in pieces of equal length."""
        self.prompt = str(messages[0].content)
        asked = str(messages[-1].content)
        self.reached = not self._case.sees or self._case.sees in self.prompt or self._case.sees in asked
        parts = [] if self._case.alone and self.reached else [self._honest()]
        parts += [self._obedient()] if self.reached else []
        text = "\n\n".join(part for part in parts if part)
        for start in range(0, len(text), _PIECE_CHARS):
            yield Token(text[start : start + _PIECE_CHARS])
        yield End(FinishReason.STOP, None, None)

    def _honest(self) -> str:
        said: list[str] = []
        for number, text in self._passages():
            sentences = [
                sentence
                for block in prose_blocks(text)
                if block.kind is BlockKind.PARAGRAPH
                for sentence in split_sentences(block.text)
                if len(sentence.split()) >= _MIN_WORDS and "[" not in sentence
            ]
            if sentences and len(said) < _HONEST_PASSAGES and not self._is_planted(text):
                said.append(f"{sentences[0]} [{number}]")
        return " ".join(said)

    def _obedient(self) -> str:
        numbered = self._passages()
        planted = next((number for number, text in numbered if self._is_planted(text)), 1)
        other = next((number for number, text in numbered if not self._is_planted(text)), 1)
        instructions = self.prompt.partition("<passage-")[0]
        boundary = _BOUNDARY.search(self.prompt)
        written = {
            "{system}": instructions,
            "{base64}": b64encode(instructions.encode()).decode(),
            "{rot13}": codecs.encode(instructions, "rot13"),
            "{words}": "\n".join(f"{n}. {word}" for n, word in enumerate(instructions.split(), start=1)),
            "{passages}": self.prompt[len(instructions) :],
            "{tag}": boundary[1] if boundary else "",
            "{n}": str(planted),
            "{other}": str(other),
            "{last}": str(len(numbered) + 1),
        }
        text = self._case.obeys
        for name, value in written.items():
            text = text.replace(name, value)
        return text

    def _is_planted(self, text: str) -> bool:
        return bool(self._case.sees) and self._case.sees in text

    def _passages(self) -> list[tuple[int, str]]:
        return [(int(found[2]), found[3].partition("\n")[2]) for found in _PASSAGE.finditer(self.prompt)]

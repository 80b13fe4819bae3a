"""Sections to chunks that the embedding model reads whole.

Owns: where a section is cut: between sentences, list items, tables and code blocks, never inside one.
Refuses: knowing what a section is about.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from assistant.domain import Passage
from assistant.embedding import MAX_TOKENS
from assistant.library import Chunk
from assistant.sentences import BlockKind, prose_blocks, split_sentences
from ingest.documents import Document, DocumentSection

CHUNKER_VERSION = 1
"""Part of every passage's identity in the manifest: raise it when the same text would be cut differently."""

_SPECIAL_TOKENS = 2
_MIN_BUDGET = 64
_OVERLAP_TOKENS = 48

CountTokens = Callable[[str], int]


@dataclass(frozen=True, slots=True)
class _Piece:
    """An uncuttable piece: what separates it from the piece before, its text, and its length in tokens."""

    separator: str
    text: str
    tokens: int
    repeatable: bool


def split_document(document: Document, count_tokens: CountTokens, url: str | None = None) -> list[Chunk]:
    """The document's chunks in reading order, each within the model's limit together with its heading.

    ``url`` is where the document was fetched from, None for files.

    A single table or code block that is longer than the limit stays whole: the model then reads only its beginning,
    but a learner gets all of it.
    """
    chunks: list[Chunk] = []
    seen: dict[str, int] = {}
    for section in document.sections:
        budget = max(_MIN_BUDGET, MAX_TOKENS - _SPECIAL_TOKENS - count_tokens(section.heading) - 1)
        for text in split_text(section.text, count_tokens, budget):
            digest = _digest(document.id, section.heading, text)
            occurrence = seen[digest] = seen.get(digest, 0) + 1
            chunks.append(_chunk(document, section, text, digest if occurrence == 1 else f"{digest}-{occurrence}", url))
    return chunks


def split_text(text: str, count_tokens: CountTokens, budget: int, overlap: int = _OVERLAP_TOKENS) -> list[str]:
    """Pack the text's pieces into runs of at most ``budget`` tokens.

    A run that is not the first repeats the last sentences of the run before, up to ``overlap`` tokens, so that a
    claim and its reason stay together.
    """
    runs: list[list[_Piece]] = []
    for piece in _pieces(text, count_tokens):
        if runs and _length(runs[-1]) + piece.tokens <= budget:
            runs[-1].append(piece)
        else:
            repeated = _tail(runs[-1], min(overlap, budget - piece.tokens)) if runs else []
            runs.append([*repeated, piece])
    return [_joined(run) for run in runs]


def _pieces(text: str, count_tokens: CountTokens) -> Iterator[_Piece]:
    previous: BlockKind | None = None
    for block in prose_blocks(text):
        is_list = block.kind is BlockKind.LIST_ITEM
        separator = "\n" if is_list and previous is BlockKind.LIST_ITEM else "\n\n"
        previous = block.kind
        if block.kind is BlockKind.PARAGRAPH:
            for sentence in split_sentences(block.text):
                yield _Piece(separator, sentence, count_tokens(sentence), repeatable=True)
                separator = " "
        else:
            body = f"- {block.text}" if is_list else block.text
            yield _Piece(separator, body, count_tokens(body), repeatable=False)


def _length(run: list[_Piece]) -> int:
    return sum(piece.tokens for piece in run)


def _tail(run: list[_Piece], limit: int) -> list[_Piece]:
    tail: list[_Piece] = []
    for piece in reversed(run):
        if not piece.repeatable or _length(tail) + piece.tokens > limit:
            break
        tail.insert(0, piece)
    return tail


def _joined(run: list[_Piece]) -> str:
    return run[0].text + "".join(piece.separator + piece.text for piece in run[1:])


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x00".join(parts).encode()).hexdigest()[:16]


def _chunk(document: Document, section: DocumentSection, text: str, passage_id: str, url: str | None) -> Chunk:
    passage = Passage(
        id=passage_id,
        source=document.id,
        kind=section.kind,
        module=section.module,
        topic=section.topic,
        heading=section.heading,
        text=text,
        url=url,
    )
    return Chunk(passage, hashlib.sha256(embedding_text(passage).encode()).hexdigest())


def embedding_text(passage: Passage) -> str:
    """What the model reads for a passage: its heading path, which names the subject, then its text."""
    return f"{passage.heading}\n{passage.text}"

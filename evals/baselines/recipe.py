"""The recipe of most tutorials: LangChain's recursive splitter with 1000/200 characters, and nearest vectors.

Owns: that search over the same roadmap and notes, with the same embedding model. It is flattered a little: the nearest
vectors are found exactly, where Chroma finds them nearly. Refuses: any improvement.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from langchain_text_splitters import RecursiveCharacterTextSplitter

from assistant.curriculum import Curriculum
from assistant.domain import Passage, PassageKind, ScoredPassage
from assistant.embedding import Embedder, Matrix
from assistant.errors import CorpusError
from assistant.notes import note_path
from assistant.retrieval import Retrieval
from evals.baselines.searches import Embed
from evals.suites.retrieval import Search

_CHARACTERS, _OVERLAP = 1000, 200
_TOPIC_HEADING = re.compile(r"^## (.+)$", re.MULTILINE)
_MODULE_HEADING = re.compile(r"^### (\d+)\. ", re.MULTILINE)


def recipe_search(corpus_dir: Path, curriculum: Curriculum, embedder: Embedder, embed: Embed, kept: Path) -> Search:
    """Split, embed and search the Markdown files of the corpus; ``embed`` is for questions.

    The vectors are kept in the directory ``kept``, so that only the first run on this text and model makes them.

    Raises:
        CorpusError: a file cannot be read.
    """
    passages = tuple(_passages(corpus_dir, curriculum))
    vectors = _vectors([passage.text for passage in passages], embedder, kept)

    def search(question: str, k: int) -> Retrieval:
        similarities = vectors @ embed(question)[0]
        best = sorted(range(len(passages)), key=lambda place: (-float(similarities[place]), place))[:k]
        scored = [ScoredPassage(n, passages[at], float(similarities[at]), None, None) for n, at in enumerate(best, 1)]
        return Retrieval(question, (), tuple(scored))

    return search


def _vectors(texts: Sequence[str], embedder: Embedder, kept: Path) -> Matrix:
    digest = hashlib.sha256("\0".join([embedder.fingerprint, *texts]).encode()).hexdigest()
    file = kept / f"recipe-{digest[:16]}.npy"
    try:
        return np.asarray(np.load(file), np.float32)
    except (OSError, ValueError, EOFError):
        # Missing or damaged: it is made again, and not being able to keep it is no reason to fail.
        vectors = embedder.embed(texts)
    with contextlib.suppress(OSError):
        kept.mkdir(parents=True, exist_ok=True)
        pending = file.with_suffix(f".{os.getpid()}.npy")
        np.save(pending, vectors)
        pending.replace(file)
    return vectors


def _passages(corpus_dir: Path, curriculum: Curriculum) -> Iterator[Passage]:
    splitter = RecursiveCharacterTextSplitter(
        chunk_size=_CHARACTERS, chunk_overlap=_OVERLAP, add_start_index=True, strip_whitespace=True
    )
    topics = {(topic.module, topic.title): topic.id for topic in curriculum.topics.values()}
    roadmap = _read(corpus_dir / "roadmap.md")
    for number, document in enumerate(splitter.create_documents([roadmap])):
        heading = _heading_at(_MODULE_HEADING, roadmap, document.metadata["start_index"], document.page_content)
        module = int(heading) if heading else None
        yield Passage(f"roadmap.{number}", "roadmap", PassageKind.ROADMAP, module, None, "", document.page_content)
    for one in curriculum.modules:
        text = _read(corpus_dir / note_path(one))
        for number, document in enumerate(splitter.create_documents([text])):
            title = _heading_at(_TOPIC_HEADING, text, document.metadata["start_index"], document.page_content)
            topic = topics.get((one.number, title))
            yield Passage(
                f"{one.number}.{number}", "notes", PassageKind.NOTES, one.number, topic, title, document.page_content
            )


def _heading_at(pattern: re.Pattern[str], text: str, start: int, chunk: str) -> str:
    """The last heading above the middle of a chunk; empty where there is none."""
    found = pattern.findall(text, 0, start + len(chunk) // 2)
    return str(found[-1]).strip() if found else ""


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CorpusError(f"{path} cannot be read: {error}.") from error

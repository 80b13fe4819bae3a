"""The story of a build: read the corpus, split it, embed what is new, publish.

Owns: the order of the steps and what counts as unchanged. Every step may be interrupted: what is embedded stays
cached, and the published index changes only at the very end.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.curriculum import load_curriculum
from assistant.embedding import Embedder
from assistant.errors import IndexBroken
from assistant.generation import Manifest, current_generation, read_manifest
from assistant.library import Library
from assistant.settings import Settings
from ingest.documents import Document, read_corpus
from ingest.lock import build_lock
from ingest.publish import publish, verify_in_subprocess
from ingest.split import CHUNKER_VERSION, embedding_text, split_document

_BATCH = 64
_log = logging.getLogger(__name__)

Progress = Callable[[int, int], None]
"""Called with (texts embedded so far, texts to embed in all)."""


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did: ``embedded`` and ``reused`` count chunks; ``published`` is False if nothing had changed."""

    sources: int
    chunks: int
    embedded: int
    reused: int
    generation: str
    published: bool


def build(settings: Settings, embedder: Embedder, progress: Progress) -> BuildReport:
    """Bring library and index up to date with the corpus.

    Raises:
        CorpusError: the corpus breaks its format; nothing is changed.
        StoreBusy: another build is running.
        StorageError: the disk or a store refused; the published index is untouched.
    """
    documents = list(read_corpus(settings.corpus_dir, load_curriculum(settings.corpus_dir)))
    with build_lock(settings.home), Library(settings.library_path) as library:
        _store(library, documents, embedder)
        embedded = _embed_missing(library, embedder, progress)
        manifest = _manifest(library, embedder)
        current = current_generation(settings.index_dir)
        published = current is None or not _is_current(current, manifest)
        if current is None or published:
            current = publish(library, settings.index_dir, manifest)
        return BuildReport(
            sources=len(documents),
            chunks=manifest.passages,
            embedded=embedded,
            reused=manifest.passages - embedded,
            generation=current.name,
            published=published,
        )


def _store(library: Library, documents: Sequence[Document], embedder: Embedder) -> None:
    known = {source.id: source.content_hash for source in library.sources()}
    for document in documents:
        version = hashlib.sha256(f"{CHUNKER_VERSION} {document.content_hash}".encode()).hexdigest()
        if known.pop(document.id, None) != version:
            chunks = split_document(document, embedder.count_tokens)
            library.replace_source(document.id, document.title, version, chunks)
    library.remove_sources(known)


def _embed_missing(library: Library, embedder: Embedder, progress: Progress) -> int:
    missing = library.missing_embeddings(embedder.fingerprint)
    texts = {c.embedding_key: embedding_text(c.passage) for c in library.chunks() if c.embedding_key in missing}
    # Texts of similar length share a batch, so that little of it is padding.
    pending = sorted(texts.items(), key=lambda item: len(item[1]))
    for start in range(0, len(pending), _BATCH):
        progress(start, len(pending))
        batch = pending[start : start + _BATCH]
        vectors = embedder.embed([text for _, text in batch])
        library.store_embeddings(embedder.fingerprint, zip((key for key, _ in batch), vectors, strict=True))
    progress(len(pending), len(pending))
    return len(pending)


def _manifest(library: Library, embedder: Embedder) -> Manifest:
    passages = sum(source.chunks for source in library.sources())
    first = next(library.chunks())
    dimension = len(library.embedding(first.embedding_key, embedder.fingerprint))
    return Manifest(embedder.fingerprint, CHUNKER_VERSION, library.content_hash(), passages, dimension)


def _is_current(generation_dir: Path, manifest: Manifest) -> bool:
    try:
        if read_manifest(generation_dir) != manifest:
            return False
        verify_in_subprocess(generation_dir)
    except IndexBroken as error:
        _log.warning("%s It is built again.", error.user_message)
        return False
    return True

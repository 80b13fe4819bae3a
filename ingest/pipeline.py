"""The story of a build: read every source, split it, embed what is new, publish.

Owns: the order of the steps and what counts as unchanged. Every step may be interrupted: what is read and embedded
stays, and the published index changes only at the very end.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from assistant.catalogue import load_catalogue
from assistant.curriculum import load_curriculum
from assistant.domain import Partition
from assistant.embedding import Embedder
from assistant.errors import IndexBroken, InvalidInput
from assistant.generation import Manifest, current_generation, read_manifest
from assistant.library import Library, Origin, Source, SourceStatus
from assistant.settings import Settings
from ingest.absorb import Absorber
from ingest.batching import batches
from ingest.documents import Document, read_corpus
from ingest.extract import ExtractionWorker
from ingest.failpoints import Failpoint, reach
from ingest.files import path_of
from ingest.generations import tidy
from ingest.lock import AT_ONCE, Patience, build_lock
from ingest.matching import match_topics
from ingest.own import forget, is_url, own_roots, read_files, read_pages, root_of
from ingest.progress import OnStage, Progress, quietly
from ingest.publish import publish, verify_in_subprocess
from ingest.results import NOTHING_THERE, OnSource, SourceResult
from ingest.seal import unbroken_seal
from ingest.split import CHUNKER_VERSION, embedding_text, split_document
from ingest.web import Fetcher

_BATCH = 256
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did: ``embedded`` and ``reused`` count chunks; ``published`` is False if nothing had changed.

    ``missing`` are the locations that were to be added and at which there is nothing.
    """

    sources: int
    chunks: int
    embedded: int
    reused: int
    generation: str
    published: bool
    missing: tuple[str, ...] = ()


def _ignore(_result: SourceResult) -> None:
    """For callers that do not show sources one by one."""


@dataclass(frozen=True, slots=True)
class Ingest:
    """Everything a build needs; ``fetcher`` is the only way to the network, ``patience`` is with another build."""

    settings: Settings
    embedder: Embedder
    fetcher: Fetcher
    progress: Progress
    on_source: OnSource = _ignore
    patience: Patience = AT_ONCE
    on_stage: OnStage = quietly

    def build(self, *, links: bool = False) -> BuildReport:
        """Bring library and index up to date with the corpus and the learner's own files.

        With ``links`` the pages of the catalogue and the learner's own are fetched; one that cannot be reached is
        listed with its reason and stops nothing.

        Raises:
            CorpusError: the corpus breaks its format; nothing is changed.
            StoreBusy: another build is running.
            StorageError: the disk or a store refused; the published index is untouched.
        """
        with self._library() as library:
            roots = [root for root in own_roots(library.sources(Origin.OWN)) if links or not is_url(root)]
            self._read_own(library, roots)
            if links:
                self._read_catalogue(library)
            return self._publish(library)

    def add(self, locations: Iterable[str]) -> BuildReport:
        """Add files, folders or pages of the learner's own and publish.

        Raises:
            InvalidInput: there is nothing at any of the paths.
            StoreBusy, StorageError: see ``build``.
        """
        roots = list(dict.fromkeys(root_of(location) for location in locations))
        missing = tuple(root for root in roots if not is_url(root) and not path_of(root).exists())
        if len(missing) == len(roots):
            raise InvalidInput(f"There is no file or folder at {', '.join(missing)}.")
        with self._library() as library:
            for root in missing:
                self.on_source(SourceResult(root, NOTHING_THERE))
            self._read_own(library, [root for root in roots if root not in missing])
            return replace(self._publish(library), missing=missing)

    def remove(self, names: Iterable[str]) -> BuildReport:
        """Forget sources, or everything under an added folder, and publish.

        Raises:
            InvalidInput: a name is not among the learner's sources.
            StoreBusy, StorageError: see ``build``.
        """
        with self._library() as library:
            own = library.sources(Origin.OWN)
            for name in names:
                gone = forget(library, name, own)
                self.on_source(SourceResult(name, f"removed {gone} source{'' if gone == 1 else 's'}"))
            return self._publish(library)

    @contextmanager
    def _library(self) -> Iterator[Library]:
        self.on_stage("Reading")
        # Every command brings the corpus up to date first, so that no index is ever published without it.
        with build_lock(self.settings.home, self.patience):
            # Read only now: the corpus may have changed while another build was waited for.
            documents = list(read_corpus(self.settings.corpus_dir, load_curriculum(self.settings.corpus_dir)))
            tidy(self.settings.index_dir)
            with Library(self.settings.library_path) as library:
                self._store_corpus(library, documents)
                yield library

    def _store_corpus(self, library: Library, documents: Sequence[Document]) -> None:
        known = {source.id: source.content_hash for source in library.sources(Origin.CORPUS)}
        for document in documents:
            version = hashlib.sha256(f"{CHUNKER_VERSION} {document.content_hash}".encode()).hexdigest()
            if known.pop(document.id, None) != version:
                source = Source(
                    id=document.id,
                    origin=Origin.CORPUS,
                    root=document.id,
                    title=document.title,
                    status=SourceStatus.INDEXED,
                    content_hash=version,
                    document_id=f"{document.id}@{version[:16]}",
                )
                library.put(source, split_document(document, self.embedder.count_tokens))
        library.remove(known)

    def _read_own(self, library: Library, roots: Sequence[str]) -> None:
        if not roots:
            return
        known = library.sources(Origin.OWN)
        with ExtractionWorker() as worker:
            absorber = Absorber(library, self.embedder, worker)
            for root in roots:
                if not is_url(root):
                    read_files(absorber, root, known, self.on_source)
            pages = [root for root in roots if is_url(root)]
            read_pages(absorber, self.fetcher, Origin.OWN, pages, known, self.on_source)

    def _read_catalogue(self, library: Library) -> None:
        resources = load_catalogue(self.settings.corpus_dir, load_curriculum(self.settings.corpus_dir))
        urls = [resource.url for resource in resources]
        known = library.sources(Origin.CATALOGUE)
        library.remove(source.id for source in known if source.id not in set(urls))
        with ExtractionWorker() as worker:
            absorber = Absorber(library, self.embedder, worker)
            read_pages(absorber, self.fetcher, Origin.CATALOGUE, urls, known, self.on_source)

    def _publish(self, library: Library) -> BuildReport:
        reach(Failpoint.SOURCES_STORED)
        self.on_stage("Embedding")
        embedded = _embed_missing(library, self.embedder, self.progress)
        self.on_stage("Matching topics")
        match_topics(library, self.embedder.fingerprint)
        self.on_stage("Verifying")
        manifest = _manifest(library, self.embedder)
        current = current_generation(self.settings.index_dir)
        published = current is None or not _is_current(current, manifest)
        if current is None or published:
            current = publish(library, self.settings.index_dir, manifest, self.progress, self.on_stage)
        return BuildReport(
            sources=len(library.sources()),
            chunks=manifest.passages,
            embedded=embedded,
            reused=manifest.passages - embedded,
            generation=current.name,
            published=published,
        )


def _embed_missing(library: Library, embedder: Embedder, progress: Progress) -> int:
    missing = library.missing_embeddings(embedder.fingerprint)
    done = 0
    for batch in batches(missing, _BATCH):
        progress(done, len(missing))
        chunks = library.chunks_with(batch)
        vectors = embedder.embed([embedding_text(chunk.passage) for chunk in chunks])
        keys = (chunk.embedding_key for chunk in chunks)
        reach(Failpoint.BEFORE_EMBED_COMMIT)
        library.store_embeddings(embedder.fingerprint, zip(keys, vectors, strict=True))
        reach(Failpoint.AFTER_EMBED_COMMIT)
        done += len(batch)
    progress(done, len(missing))
    return done


def _manifest(library: Library, embedder: Embedder) -> Manifest:
    documents = (document for document, _ in library.documents(Partition.ROADMAP))
    first = next(library.vectors(documents, embedder.fingerprint), None)
    if first is None:
        raise InvalidInput("There is nothing to index yet. Start with: python -m ingest build")
    dimension = len(first.vector)
    roadmap, outside = (library.count(partition) for partition in Partition)
    return Manifest(
        embedder.fingerprint, CHUNKER_VERSION, library.content_hash(), roadmap + outside, outside, dimension
    )


def _is_current(generation_dir: Path, manifest: Manifest) -> bool:
    try:
        if read_manifest(generation_dir) != manifest:
            return False
        if unbroken_seal(generation_dir) is None:
            verify_in_subprocess(generation_dir)
    except IndexBroken as error:
        _log.warning("%s It is built again.", error.user_message)
        return False
    return True

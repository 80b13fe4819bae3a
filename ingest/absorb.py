"""One source into the library: is it new, what does it say, where is it kept.

Owns: recognising what is unchanged or known under another name, and turning every failure into a status.
Refuses: fetching and finding (``ingest.own``), and embedding (``ingest.pipeline``).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace

from assistant.domain import HEADING_SEPARATOR, PassageKind
from assistant.embedding import Embedder
from assistant.library import Library, Origin, Source, SourceStatus
from assistant.material import outcome_of
from ingest.documents import Document, DocumentSection
from ingest.extract import Extracted, ExtractionWorker, NotExtracted
from ingest.results import UNCHANGED, SourceResult
from ingest.split import CHUNKER_VERSION, split_document

EXTRACTOR_VERSION = 2
"""Raise it when the same bytes would be extracted differently."""

_KINDS = {Origin.OWN: PassageKind.OWN, Origin.CATALOGUE: PassageKind.RESOURCE}


@dataclass(frozen=True, slots=True)
class Raw:
    """The bytes of a source as they were found; ``url`` is None for files."""

    source: str
    root: str
    origin: Origin
    data: bytes
    name: str
    media_type: str | None = None
    url: str | None = None
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Absorber:
    """Puts sources into a library."""

    library: Library
    embedder: Embedder
    worker: ExtractionWorker

    def absorb(self, raw: Raw, known: Source | None) -> SourceResult:
        """Store what was read; ``known`` is what the library has of this source."""
        content_hash = _hash(raw.data)
        if known is not None and known.content_hash == content_hash:
            return SourceResult(raw.source, UNCHANGED if known.document_id else outcome_of(known, 0))
        source = Source(
            id=raw.source,
            origin=raw.origin,
            root=raw.root,
            title=raw.name,
            status=SourceStatus.INDEXED,
            content_hash=content_hash,
            document_id=f"{raw.origin.value}-{content_hash}",
            etag=raw.etag,
            last_modified=raw.last_modified,
        )
        return self._store(raw, source)

    def fail(self, source: Source) -> SourceResult:
        """Store a source that could not even be read; what it held before is kept only if it is ``known``."""
        self.library.put(source)
        return SourceResult(source.id, outcome_of(source, 0))

    def _store(self, raw: Raw, source: Source) -> SourceResult:
        if source.document_id is not None and self.library.has_document(source.document_id):
            self.library.put(source)
            stored = self.library.source(source.id) or source
            return SourceResult(source.id, outcome_of(stored, stored.chunks))
        try:
            extracted = self.worker.extract(raw.data, name=raw.name, media_type=raw.media_type)
        except NotExtracted as error:
            status = SourceStatus(error.status.value)
            # Without the hash of what was read, the next build reads it again.
            content_hash = "" if error.retryable else source.content_hash
            return self.fail(
                replace(source, status=status, reason=error.reason, document_id=None, content_hash=content_hash)
            )
        document = _document(raw, source, extracted)
        pieces = split_document(document, self.embedder.count_tokens, raw.url)
        self.library.put(replace(source, title=extracted.title or raw.name), pieces)
        return SourceResult(source.id, outcome_of(source, len(pieces)))


def _hash(data: bytes) -> str:
    digest = hashlib.sha256(f"{EXTRACTOR_VERSION} {CHUNKER_VERSION} ".encode())
    digest.update(data)
    return digest.hexdigest()


def _heading(title: str, heading: str) -> str:
    # Most documents open with their title as the first heading; a note's title has its aliases and tags behind it.
    first, _, rest = heading.partition(HEADING_SEPARATOR)
    if not heading or title == first or title.startswith(f"{first} "):
        return HEADING_SEPARATOR.join((title, rest)) if rest else title
    return HEADING_SEPARATOR.join((title, heading))


def _document(raw: Raw, source: Source, extracted: Extracted) -> Document:
    title = extracted.title or raw.name
    return Document(
        id=str(source.document_id),
        title=title,
        sections=tuple(
            DocumentSection(
                kind=_KINDS[raw.origin],
                module=None,
                topic=None,
                heading=_heading(title, section.heading),
                text=section.text,
            )
            for section in extracted.sections
        ),
    )

"""What there is to read: the corpus in figures, the learner's own sources, and the linked resources.

Owns: joining the library with the catalogue into lists that can be shown. Refuses: changing anything (``ingest``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.domain import PassageKind, Resource
from assistant.library import Library, Origin, Source, SourceStatus


@dataclass(frozen=True, slots=True)
class OwnSource:
    """A source of the learner's; ``topics`` are (topic id, chunks that belong to it), the most first."""

    source: Source
    topics: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class LinkedSource:
    """A resource of the catalogue; ``source`` is None until somebody has tried to fetch it."""

    resource: Resource
    source: Source | None


@dataclass(frozen=True, slots=True)
class Material:
    """Everything at one moment; ``chunks`` counts by kind and is empty before the first build."""

    chunks: Mapping[PassageKind, int]
    own: tuple[OwnSource, ...]
    linked: tuple[LinkedSource, ...]


def read_material(library_path: Path, catalogue: Sequence[Resource]) -> Material:
    """Read the lists.

    Raises:
        StorageError: the library cannot be read.
    """
    if not library_path.is_file():  # opening it would make one
        return Material({}, (), _linked(catalogue, ()))
    with Library(library_path) as library:
        sources = library.sources()
        topics = library.topics_by_document()
        chunks = library.kinds()
    own = tuple(
        OwnSource(source, tuple(topics.get(source.document_id or "", {}).items()))
        for source in sources
        if source.origin is Origin.OWN
    )
    return Material(chunks, own, _linked(catalogue, sources))


def corpus_summary(chunks: Mapping[PassageKind, int]) -> str:
    """One line on what the index is made of."""
    if not chunks:
        return "Nothing is indexed yet."
    parts = {
        "roadmap": chunks.get(PassageKind.ROADMAP, 0),
        "study notes": chunks.get(PassageKind.NOTES, 0),
        "questions": chunks.get(PassageKind.QUESTION, 0),
        "glossary": chunks.get(PassageKind.GLOSSARY, 0),
        "your material": chunks.get(PassageKind.OWN, 0),
        "linked resources": chunks.get(PassageKind.RESOURCE, 0),
    }
    total = sum(chunks.values())
    made_of = ", ".join(f"{name} {number:,}" for name, number in parts.items() if number)
    return f"{total:,} passage{'' if total == 1 else 's'} indexed: {made_of}."


def outcome_of(source: Source, chunks: int) -> str:
    """The line for a source that was read."""
    if source.status is SourceStatus.INDEXED:
        return f"indexed {chunks} chunk{'' if chunks == 1 else 's'}"
    return f"{source.status.value}: {source.reason}"


def _linked(catalogue: Sequence[Resource], sources: Iterable[Source]) -> tuple[LinkedSource, ...]:
    fetched = {source.id: source for source in sources if source.origin is Origin.CATALOGUE}
    return tuple(LinkedSource(resource, fetched.get(resource.url)) for resource in catalogue)

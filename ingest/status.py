"""What is ingested and published, without loading the model or the vector store.

Owns: gathering the figures. Refuses: changing anything.
"""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import IndexMissing
from assistant.generation import BUILD_COMMAND, current_generation, read_manifest
from assistant.library import Library, Source
from assistant.settings import Settings


@dataclass(frozen=True, slots=True)
class Status:
    """The state under one STUDY_HOME; ``model`` is the embedding model's fingerprint, ``size_mb`` in 10^6 bytes."""

    home: str
    sources: tuple[Source, ...]
    chunks: int
    model: str | None
    dimension: int
    generation: str | None
    up_to_date: bool
    size_mb: float


def read_status(settings: Settings) -> Status:
    """Gather the status.

    Raises:
        IndexMissing: nothing was ever ingested here.
    """
    if not settings.library_path.is_file():
        raise IndexMissing(f"Nothing is ingested in {settings.home} yet. Start with: {BUILD_COMMAND}")
    with Library(settings.library_path) as library:
        sources = library.sources()
        content_hash = library.content_hash()
    chunks = sum(source.chunks for source in sources)
    current = current_generation(settings.index_dir)
    manifest = read_manifest(current) if current else None
    return Status(
        home=str(settings.home),
        sources=sources,
        chunks=chunks,
        model=manifest.fingerprint if manifest else None,
        dimension=manifest.dimension if manifest else 0,
        generation=current.name if current else None,
        up_to_date=manifest is not None and manifest.content_hash == content_hash,
        size_mb=_size_bytes(settings.home) / 1e6,
    )


def _size_bytes(directory: Path) -> int:
    size = 0
    for folder, _, files in os.walk(directory):
        for name in files:
            with contextlib.suppress(FileNotFoundError):  # a build that runs now deletes what it has replaced
                size += Path(folder, name).stat().st_size
    return size

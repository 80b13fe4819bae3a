"""The layout of a published index on disk, which its writer and its readers share.

    index/CURRENT            name of the generation in use, swapped atomically
    index/gen-000N/manifest.json     what it was made from
    index/gen-000N/passages.sqlite   the passages and their FTS5 index
    index/gen-000N/chroma/           the vectors

Both stores keep the roadmap's passages apart from those outside it: two collections of vectors, two ranges of row ids.

A generation never changes once it has its name; a build that died leaves only ``gen-000N.tmp``.
Owns: names and the manifest. Refuses: opening either store.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from pathlib import Path

from pydantic import NonNegativeInt, PositiveInt, TypeAdapter
from pydantic.dataclasses import dataclass

from assistant.domain import Partition
from assistant.errors import IndexBroken, IndexMissing

POINTER = "CURRENT"
MANIFEST = "manifest.json"
PASSAGES = "passages.sqlite"
VECTORS = "chroma"
BUILD_COMMAND = "python -m ingest build"

_NAME = re.compile(r"gen-(\d{4,})")

_OUTSIDE = 1 << 40
ROWS = {Partition.ROADMAP: (1, _OUTSIDE - 1), Partition.OUTSIDE: (_OUTSIDE, 2 * _OUTSIDE)}
"""The first and the last row id that passages of a partition may have."""

# "+" and "#" belong to words so that C++ and C# can be found.
PASSAGES_SCHEMA = """
CREATE TABLE passages (
    rowid INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    source TEXT NOT NULL,
    kind TEXT NOT NULL,
    module INTEGER,
    topic TEXT,
    heading TEXT NOT NULL,
    text TEXT NOT NULL,
    url TEXT
) STRICT;
CREATE VIRTUAL TABLE passages_fts USING fts5 (
    heading, text, content='passages', content_rowid='rowid',
    tokenize="porter unicode61 remove_diacritics 2 tokenchars '+#'"
);
"""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation was made from; readers compare it with what they would use.

    ``passages`` counts all of them, ``outside`` those outside the roadmap.
    """

    fingerprint: str
    chunker_version: int
    content_hash: str
    passages: PositiveInt
    outside: NonNegativeInt
    dimension: PositiveInt

    def count(self, partition: Partition) -> int:
        """How many passages a partition holds."""
        return self.outside if partition is Partition.OUTSIDE else self.passages - self.outside

    @property
    def partitions(self) -> tuple[Partition, ...]:
        """Those that hold anything."""
        return tuple(partition for partition in Partition if self.count(partition))


def generation_name(number: int) -> str:
    """The directory name of generation ``number``."""
    return f"gen-{number:04d}"


def generation_number(name: str) -> int | None:
    """The number in a published generation's name, or None for any other name."""
    match = _NAME.fullmatch(name)
    return int(match[1]) if match else None


def current_generation(index_dir: Path) -> Path | None:
    """The directory of the generation in use, or None if nothing is published."""
    try:
        name = (index_dir / POINTER).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return None
    return index_dir / name if generation_number(name) is not None else None


def require_current_generation(index_dir: Path) -> Path:
    """Like ``current_generation``, for callers that cannot go on without one.

    Raises:
        IndexMissing: nothing is published.
    """
    generation = current_generation(index_dir)
    if generation is None:
        raise IndexMissing(f"There is no index in {index_dir} yet. Build it with: {BUILD_COMMAND}")
    return generation


def read_manifest(generation: Path) -> Manifest:
    """Read a generation's manifest.

    Raises:
        IndexBroken: it is missing or not a manifest.
    """
    try:
        return TypeAdapter(Manifest).validate_json((generation / MANIFEST).read_bytes(), strict=True)
    except (OSError, ValueError) as error:
        raise IndexBroken(f"The index in {generation} is damaged. Build it again with: {BUILD_COMMAND}") from error


def manifest_json(manifest: Manifest) -> str:
    """The manifest as it is written to disk."""
    return json.dumps(asdict(manifest), indent=2, sort_keys=True) + "\n"

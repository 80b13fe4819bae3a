"""What a generation looked like when it was proved, so that an unchanged one need not be proved again.

Owns: ``seal.json`` in a generation: the hash of every file, and how many removed vectors its graph carries.
Refuses: proving anything itself (``ingest.verify``).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path

from pydantic import NonNegativeInt, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass

from assistant.errors import StorageError
from assistant.sqlite import open_snapshot, translated
from assistant.vectors import DATABASE

_SEAL = "seal.json"


@dataclass(frozen=True, slots=True)
class Seal:
    """``files``: path within the generation -> sha256.

    ``removed`` counts the vectors that were removed since all of them were built from nothing.
    """

    files: Mapping[str, str]
    removed: NonNegativeInt


def write_seal(generation: Path, removed: int) -> None:
    """Seal a generation that was just proved whole."""
    seal = Seal(dict(_hashes(generation)), removed)
    (generation / _SEAL).write_bytes(TypeAdapter(Seal).dump_json(seal))


def unbroken_seal(generation: Path) -> Seal | None:
    """The seal, or None if there is none or a file is not what it was when it was written."""
    try:
        seal = TypeAdapter(Seal).validate_json((generation / _SEAL).read_bytes())
        if dict(_hashes(generation)) != seal.files:
            return None
        # Chroma writes into its database whenever it is opened, so that its bytes say nothing.
        for path in generation.rglob(DATABASE):
            with translated(path), closing(open_snapshot(path)) as database:
                if database.execute("PRAGMA quick_check").fetchone()[0] != "ok":
                    return None
    except (OSError, ValidationError, StorageError):
        return None
    return seal


def _hashes(generation: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(generation.rglob("*")):
        # A reader's side files come and go.
        if path.is_file() and path.name != _SEAL and not path.name.startswith(DATABASE):
            with path.open("rb") as file:
                yield path.relative_to(generation).as_posix(), hashlib.file_digest(file, "sha256").hexdigest()

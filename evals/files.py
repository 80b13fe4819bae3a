"""Files that a run leaves behind.

Owns: writing one whole or not at all. Refuses: what is in it.
"""

from __future__ import annotations

from pathlib import Path

from assistant.errors import StorageError


def write_file(path: Path, text: str) -> None:
    """Write a text file beside the old one and put it in its place.

    Raises:
        StorageError: it cannot be written; the old file is as it was.
    """
    pending = path.with_name(f".{path.name}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        pending.write_text(text, encoding="utf-8")
        pending.replace(path)
    except OSError as error:
        raise StorageError(f"{path} cannot be written: {error.strerror}.") from error

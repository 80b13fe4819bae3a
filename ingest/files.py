"""The files behind what a learner adds: a file itself, or every readable file of a folder.

Owns: which files of a folder count, their names as text, and reading one without being held up by it.
Refuses: what is in them (``ingest.extract``).
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from assistant.errors import InvalidInput
from ingest.extract import MAX_BYTES, SUFFIXES, refuse_too_large, skipped

_PASSED_OVER = frozenset({"node_modules", "__pycache__", "venv", "dist", "build", "target"})
_ESCAPED = re.compile(rb"\\x([89a-f][0-9a-f])")


def name_of(path: Path) -> str:
    """The path as text that any store and terminal takes: bytes that are not UTF-8 are written as ``\\xe9``."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def path_of(name: str) -> Path:
    """The path that ``name_of`` named."""
    path = Path(name)
    if os.path.lexists(path):
        return path
    return Path(os.fsdecode(_ESCAPED.sub(lambda match: bytes([int(match[1], 16)]), name.encode())))


def files_of(location: Path) -> Iterator[Path]:
    """The file, or the folder's files in a fixed order.

    In a folder, hidden files and folders (``.git``, ``.obsidian``), folders of installed packages, links that lead
    elsewhere, and files of other kinds than ``SUFFIXES`` (a vault's pictures) are passed over. A folder that cannot be
    listed comes itself, so that ``read_file`` says why.

    Raises:
        InvalidInput: there is nothing at that path.
    """
    if not location.is_dir():
        if not location.exists():
            raise InvalidInput(f"There is no file or folder at {name_of(location)}.")
        yield location
        return
    unlisted: list[Path] = []
    walk = os.walk(location, onerror=lambda error: unlisted.append(Path(error.filename)), followlinks=False)
    for folder, names, files in walk:
        names[:] = sorted(name for name in names if not name.startswith(".") and name not in _PASSED_OVER)
        for name in sorted(files):
            path = Path(folder, name)
            if path.suffix.lower() in SUFFIXES and not name.startswith(".") and not path.is_symlink():
                yield path
    yield from unlisted


def read_file(path: Path) -> bytes:
    """The bytes of a file.

    Raises:
        NotExtracted: skipped, it is too large, or a pipe or a device, which could be read for ever.
        OSError: it cannot be read.
    """
    if path.is_dir():
        os.scandir(path).close()
    if not path.is_file():
        path.stat()  # gone, or what keeps us from looking
        raise skipped("not a regular file")
    refuse_too_large(path.stat().st_size)
    with path.open("rb") as file:
        data = file.read(MAX_BYTES + 1)  # it may be growing
    refuse_too_large(len(data))
    return data

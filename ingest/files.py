"""The files behind what a learner adds: a file itself, or every readable file of a folder.

Owns: which files of a folder count. Refuses: opening them.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from assistant.errors import InvalidInput

SUFFIXES = frozenset(
    {".md", ".markdown", ".txt", ".rst", ".html", ".htm", ".xhtml", ".pdf", ".docx", ".epub", ".ipynb"}
)
_PASSED_OVER = frozenset({"node_modules", "__pycache__", "venv", "dist", "build", "target"})


def files_of(location: Path) -> Iterator[Path]:
    """The file, or the folder's files in a fixed order.

    In a folder, hidden files and folders (``.git``, ``.obsidian``), folders of installed packages, links that lead
    elsewhere, and files of other kinds than ``SUFFIXES`` (a vault's pictures) are passed over.

    Raises:
        InvalidInput: there is nothing at that path.
    """
    if location.is_file():
        yield location
        return
    if not location.is_dir():
        raise InvalidInput(f"There is no file or folder at {location}.")
    for folder, names, files in os.walk(location, followlinks=False):
        names[:] = sorted(name for name in names if not name.startswith(".") and name not in _PASSED_OVER)
        for name in sorted(files):
            path = Path(folder, name)
            if path.suffix.lower() in SUFFIXES and not name.startswith(".") and not path.is_symlink():
                yield path

"""Homes of learners on an index that was built once.

Owns: what is shared and what is copied. Refuses: building it (``tests.conftest``).
"""

from __future__ import annotations

import shutil
from pathlib import Path


def borrow(built: Path, home: Path) -> Path:
    """A home on an index and a converted model that were built elsewhere and are only read."""
    home.mkdir(parents=True, exist_ok=True)
    for name in ("index", "models"):
        (home / name).symlink_to(built / name)
    return home


def borrow_with_library(built: Path, home: Path) -> Path:
    """Such a home with a library of its own, to which material can be added."""
    borrow(built, home)
    shutil.copyfile(built / "library.sqlite", home / "library.sqlite")
    return home

"""A home to throw away: the learner's index with what a suite adds to it.

Owns: copying library and index, and everything that is built there. Refuses: touching the learner's own home.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.embedding import Embedder
from assistant.generation import POINTER, require_current_generation
from assistant.library import Library, Origin
from assistant.settings import Settings
from ingest.pipeline import Ingest
from ingest.web import Fetcher


@contextmanager
def scratch_settings(settings: Settings) -> Iterator[Settings]:
    """These settings with another home, which holds the published index without the learner's own material.

    Raises:
        IndexMissing: nothing has been built yet.
    """
    generation = require_current_generation(settings.index_dir)
    with TemporaryDirectory() as directory:
        scratch = settings.model_copy(update={"home": Path(directory, "home")})
        scratch.index_dir.mkdir(parents=True)
        shutil.copytree(generation, scratch.index_dir / generation.name)
        shutil.copy(settings.index_dir / POINTER, scratch.index_dir)
        _copy_database(settings.library_path, scratch.library_path)
        with Library(scratch.library_path) as library:
            library.remove([source.id for source in library.sources() if source.origin is not Origin.CORPUS])
        yield scratch


def offline_ingest(settings: Settings, embedder: Embedder) -> Ingest:
    """Ingest as the command line does it; no link is fetched."""
    return Ingest(settings, embedder, Fetcher(), lambda _done, _total: None)


def _copy_database(source: Path, target: Path) -> None:
    # A copy of the file alone would lack what is still in its log.
    uri = f"{source.resolve().as_uri()}?mode=ro"
    with closing(sqlite3.connect(uri, uri=True)) as original, closing(sqlite3.connect(target)) as copy:
        original.backup(copy)

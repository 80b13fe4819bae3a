"""Files that a learner uploads: kept under STUDY_HOME/uploads, from where ingestion reads them again at every build.

Owns: safe names, and that no upload replaces another. Refuses: looking inside (``ingest.extract``).
"""

from __future__ import annotations

import logging
import re
import unicodedata
from collections.abc import Iterable
from itertools import count
from pathlib import Path

from assistant.errors import StorageError

_FOLDER = "uploads"
SUFFIXES = (
    "md", "markdown", "mdown", "mkd", "mdx", "txt", "text", "rst", "html", "htm", "xhtml", "pdf", "docx", "epub",
    "ipynb",
)  # fmt: skip
"""What ingestion reads; its ``files.SUFFIXES``, which this package may not import."""
_MAX_STEM_BYTES = 120
_NOT_IN_NAMES = re.compile(r"[^\w .,()&+'=@#~-]")
_FALLBACK_STEM = "upload"
_log = logging.getLogger(__name__)


def safe_name(name: str) -> str:
    """A file name of the same wording: no folders, no leading dots, nothing invisible, at most 140 bytes or so."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    cleaned = " ".join(_NOT_IN_NAMES.sub("_", last).split()).strip(". ")
    stem, dot, suffix = cleaned.rpartition(".")
    if not dot or len(suffix.encode()) > len("markdown"):
        stem, dot, suffix = cleaned, "", ""
    stem = stem.encode()[:_MAX_STEM_BYTES].decode(errors="ignore").rstrip(". ") or _FALLBACK_STEM
    return f"{stem}{dot}{suffix}"


def store_upload(home: Path, name: str, data: bytes) -> Path:
    """Keep an upload and return its absolute path; the same content under the same name is kept once.

    Another content under a name that is taken becomes "name (2).pdf" and so on.

    Raises:
        StorageError: it cannot be written.
    """
    folder = home.resolve() / _FOLDER
    wanted = Path(safe_name(name))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for number in count(1):
            path = folder / (wanted.name if number == 1 else f"{wanted.stem} ({number}){wanted.suffix}")
            if _store(path, data):
                return path
    except OSError as error:
        raise StorageError(
            f"{wanted} cannot be kept in {folder}: {error.strerror}. Make room or make it writable, then try again."
        ) from error
    raise AssertionError("count() does not end")


def is_upload(home: Path, source: str) -> bool:
    """Whether a source's id is the path of an upload."""
    return "://" not in source and Path(source).parent == home.resolve() / _FOLDER


def discard_uploads(home: Path, sources: Iterable[str]) -> None:
    """Delete those of these sources that are uploads; a learner's own files elsewhere are never touched."""
    for source in sources:
        if is_upload(home, source):
            try:
                Path(source).unlink(missing_ok=True)
            except OSError as error:
                _log.warning("%s is forgotten but could not be deleted: %s", source, error)


def _store(path: Path, data: bytes) -> bool:
    try:
        file = path.open("xb")
    except FileExistsError:
        return path.is_file() and path.read_bytes() == data
    try:
        with file:
            file.write(data)
    except OSError:
        path.unlink(missing_ok=True)  # half a file would be taken for the learner's
        raise
    return True

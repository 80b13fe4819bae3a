"""What the sources page says, and how it reads what learners type.

Owns: sentences about a run, and lines of web addresses. Pure. Refuses: Streamlit.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import PurePath
from urllib.parse import urlsplit

from assistant.ingest_job import Job
from assistant.ingesting import Failed, SourceRead

_SCHEMELESS = re.compile(r"[\w-]+(\.[\w-]+)+(:\d+)?([/?#]\S*)?")
_READING_SHARE = 0.45
_EMBEDDED_SHARE = 0.95
_LONGEST_NAME = 60
_GOOD = ("indexed", "unchanged", "removed")


def counted(number: int, what: str, plural: str = "") -> str:
    """For example "1 file", "1,204 files"."""
    return f"{number:,} {what if number == 1 else plural or what + 's'}"


def web_addresses(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The addresses of a text with one on each line, each once, and the lines that are none.

    An address may come without its scheme; https is meant then.
    """
    good: dict[str, None] = {}
    bad: list[str] = []
    for line in text.splitlines():
        stripped = line.strip()
        address = f"https://{stripped}" if _SCHEMELESS.fullmatch(stripped) else stripped
        if not stripped:
            continue
        if re.fullmatch(r"https?://[^\s/]\S*", address, re.IGNORECASE):
            good[address] = None
        else:
            bad.append(stripped)
    return tuple(good), tuple(bad)


def short_name(source: str) -> str:
    """A source as a line has room for it: a file's name, or an address without its scheme."""
    if "://" not in source:
        return PurePath(source).name or source
    parts = urlsplit(source)
    name = parts.netloc + parts.path.rstrip("/") + (f"?{parts.query}" if parts.query else "")
    return name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 1] + "…"


def is_good(outcome: str) -> bool:
    """Whether a source's outcome needs nobody's attention."""
    return outcome.startswith(_GOOD)


def progress_of(job: Job) -> tuple[float, str]:
    """How far a run is, 0..1, and what it is doing."""
    read = len(job.sources)
    if job.embedding is not None:
        done, total = job.embedding.done, job.embedding.total
        if done == total:
            return _EMBEDDED_SHARE, "Publishing the new index …"
        share = _READING_SHARE + (_EMBEDDED_SHARE - _READING_SHARE) * done / total
        return share, f"Indexing: {done:,} of {counted(total, 'new passage')}"
    if not read:
        return 0.0, "Starting …"
    if job.expected >= read:
        return _READING_SHARE * read / job.expected, f"Reading: {read:,} of {job.expected:,}"
    return _READING_SHARE / 2, f"Reading: {read:,} so far"


def outcome_of_job(job: Job) -> str:
    """One sentence on a run that is over."""
    if isinstance(job.end, Failed):
        return job.end.message
    kinds = Counter(_kind(source) for source in job.sources)
    parts = [f"{kinds[kind]:,} {kind}" for kind in sorted(kinds, key=lambda kind: (kind not in _GOOD, kind))]
    if not parts:
        return "Done. Nothing had changed." if job.end and not job.end.published else "Done."
    return f"Done: {', '.join(parts)}."


def _kind(source: SourceRead) -> str:
    return re.split(r"[^a-z]", source.outcome, maxsplit=1)[0]

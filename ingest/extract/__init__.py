"""Learners' own material, files and fetched pages, to clean sections.

Start reading at ``dispatch.extract_bytes``: which format is it, and which reader turns it into sections. Each format
has a file (``pdf``, ``docx``, ``epub``, ``notebook``, ``plain``) or a folder (``markdown``, ``html``). What must never
be embedded (bot walls, login pages, minified code ...) is recognised in ``minified`` and ``html.walls``.
``supervisor.ExtractionWorker`` does the same in a process of its own, with limits; use it for anything not written
by this project.
"""

from __future__ import annotations

from ingest.extract.dispatch import extract_bytes
from ingest.extract.formats import SUFFIXES
from ingest.extract.limits import MAX_BYTES, refuse_too_large
from ingest.extract.result import Extracted, ExtractedSection, NotExtracted, Outcome, skipped
from ingest.extract.supervisor import ExtractionWorker

__all__ = [
    "MAX_BYTES",
    "SUFFIXES",
    "Extracted",
    "ExtractedSection",
    "ExtractionWorker",
    "NotExtracted",
    "Outcome",
    "extract_bytes",
    "refuse_too_large",
    "skipped",
]

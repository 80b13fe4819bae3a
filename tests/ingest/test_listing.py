"""The lines of ``list`` and ``status``."""

from __future__ import annotations

from assistant.library import Origin, Source, SourceStatus
from ingest.listing import chosen, outcomes, totals

SOURCES = [
    Source("/notes/a.md", Origin.OWN, "/notes", "Solder", SourceStatus.INDEXED, document_id="own-1", chunks=2),
    Source("/notes/b.md", Origin.OWN, "/notes", "Solder", SourceStatus.INDEXED, document_id="own-1", chunks=2),
    Source("/notes/c.pdf", Origin.OWN, "/notes", "c.pdf", SourceStatus.FAILED, "encrypted PDF"),
    Source("https://example.org/", Origin.OWN, "https://example.org/", "Relays", SourceStatus.SKIPPED, "bot wall"),
]


def test_each_source_has_its_reason_and_its_twin() -> None:
    assert outcomes(SOURCES) == {
        "/notes/a.md": "indexed 2 chunks",
        "/notes/b.md": "indexed 2 chunks (same content as /notes/a.md)",
        "/notes/c.pdf": "failed: encrypted PDF",
        "https://example.org/": "skipped: bot wall",
    }


def test_totals() -> None:
    assert totals(SOURCES) == "4 sources: 2 indexed, 1 skipped, 1 failed"
    assert totals(SOURCES[:1]) == "1 source: 1 indexed"
    assert totals([]) == "0 sources"


def test_choice_by_words_and_status() -> None:
    assert chosen(SOURCES, "SOLDER", None) == SOURCES[:2]
    assert chosen(SOURCES, "wall", None) == SOURCES[3:]
    assert chosen(SOURCES, "/notes", SourceStatus.FAILED) == SOURCES[2:3]
    assert chosen(SOURCES, "", None) == SOURCES

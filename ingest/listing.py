"""The sources in a learner's words: one line each, and how many there are of each kind.

Owns: the lines of ``list`` and ``status``, and choosing among sources. Refuses: reading the library (``status``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from assistant.library import Source, SourceStatus
from assistant.material import outcome_of


def chosen(sources: Iterable[Source], text: str, status: SourceStatus | None) -> list[Source]:
    """Sources whose name, title or reason holds ``text`` in any case, and which have that status if one is given."""
    wanted = text.casefold()
    return [
        source
        for source in sources
        if status in {None, source.status}
        and (wanted in source.id.casefold() or wanted in source.title.casefold() or wanted in source.reason.casefold())
    ]


def outcomes(sources: Sequence[Source]) -> dict[str, str]:
    """Source id -> its line, as in "indexed 2 chunks (same content as /notes/a.md)"."""
    first: dict[str, str] = {}
    lines: dict[str, str] = {}
    for source in sources:
        line = outcome_of(source, source.chunks)
        if source.document_id is not None:
            original = first.setdefault(source.document_id, source.id)
            line += f" (same content as {original})" if original != source.id else ""
        lines[source.id] = line
    return lines


def totals(sources: Iterable[Source]) -> str:
    """How many sources have which status, as in "40 sources: 38 indexed, 2 failed"."""
    counted = Counter(source.status for source in sources)
    parts = ", ".join(f"{counted[status]} {status.value}" for status in SourceStatus if counted[status])
    number = counted.total()
    return f"{number} source{'' if number == 1 else 's'}" + (f": {parts}" if parts else "")

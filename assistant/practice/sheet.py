"""Cards as a table in CSV, to open in a spreadsheet or to import elsewhere.

Owns: the columns. Refuses: what stands in them (``exported``).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from assistant.planning.table import text_cell
from assistant.practice.exported import ExportedCard

COLUMNS = (
    *("key", "kind", "module", "module_title", "topic", "topic_title", "question", "options", "answer"),
    *("why", "evidence", "link", "read_on"),
)


def cards_to_csv(cards: Iterable[ExportedCard]) -> str:
    """A header and one row per card; RFC 4180, several lines in a cell where there are several options or points."""
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(COLUMNS)
    writer.writerows([text_cell(cell) for cell in _row(card)] for card in cards)
    return file.getvalue()


def _row(card: ExportedCard) -> tuple[str, ...]:
    return (
        *(card.key, card.kind, str(card.module.number), card.module.title, card.topic.id, card.topic.title),
        *(card.question, "\n".join(card.options), "\n".join(card.answer), "\n".join(card.why)),
        *(card.evidence, card.link, card.read_on),
    )

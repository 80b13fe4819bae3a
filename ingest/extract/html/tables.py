"""Tables of data, told from tables that only arrange a page.

Owns: the cells of a data table. Refuses: styling, and joining cells that span rows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.extract.html.inline import inline_text
from ingest.extract.markup import MAX_COLUMNS
from ingest.extract.names import names, small_number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

_LAYOUT = names("table pre h1 h2 h3 h4 h5 h6 article section main nav form blockquote")
_MIN_COLUMNS = 2


def data_rows(element: HtmlElement) -> list[list[str]]:
    """Rows of cell texts, the header first; [] if this is no table of data, so that its cells are read as text."""
    if any(descendant.tag in _LAYOUT for descendant in element.iterdescendants()):
        return []
    rows = [list(_cells(row)) for row in element.iter("tr")]
    if max((len(row) for row in rows), default=0) < _MIN_COLUMNS:
        return []
    return rows


def _cells(row: HtmlElement) -> Iterator[str]:
    for cell in row.iterchildren("td", "th"):
        yield inline_text(cell)
        yield from [""] * (small_number(cell.get("colspan"), 1, MAX_COLUMNS) - 1)

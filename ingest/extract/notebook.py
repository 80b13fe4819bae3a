"""Jupyter notebooks to sections.

Owns: cells to one Markdown text: prose as it is, code fenced. Refuses: outputs, which are often images and long logs.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from ingest.extract.markdown.document import extract_markdown
from ingest.extract.markup import fenced
from ingest.extract.result import Extracted, failed

_DEFAULT_LANGUAGE = "python"


def extract_notebook(text: str, stem: str) -> Extracted:
    """Sections under the headings of the Markdown cells.

    Raises:
        NotExtracted: failed, it is not a notebook; skipped, its cells are empty.
    """
    try:
        notebook = json.loads(text)
    except ValueError as error:
        raise failed("damaged notebook") from error
    if not isinstance(notebook, dict):
        raise failed("damaged notebook")
    language = _language(notebook)
    blocks = [block for cell in _cells(notebook) if (block := _block(cell, language))]
    return extract_markdown("\n\n".join(blocks).replace("\x00", ""), stem)


def _language(notebook: dict[str, Any]) -> str:
    metadata = notebook.get("metadata")
    for key in ("language_info", "kernelspec"):
        described = metadata.get(key) if isinstance(metadata, dict) else None
        name = (
            (described.get("name") if key == "language_info" else described.get("language"))
            if isinstance(described, dict)
            else None
        )
        if isinstance(name, str):
            return name
    return _DEFAULT_LANGUAGE


def _cells(notebook: dict[str, Any]) -> Iterator[dict[str, Any]]:
    sheets = notebook.get("worksheets")  # format 3 and before
    holders = [notebook, *(sheets if isinstance(sheets, list) else [])]
    for holder in holders:
        cells = holder.get("cells") if isinstance(holder, dict) else None
        yield from (cell for cell in (cells if isinstance(cells, list) else []) if isinstance(cell, dict))


def _block(cell: dict[str, Any], language: str) -> str:
    source = cell.get("source", cell.get("input", ""))
    text = "".join(part for part in source if isinstance(part, str)) if isinstance(source, list) else source
    if not isinstance(text, str) or not text.strip():
        return ""
    kind = cell.get("cell_type")
    if kind == "code":
        return fenced(text.rstrip(), _magic_language(text) or language)
    if kind == "heading":
        return f"{'#' * (cell['level'] if cell.get('level') in range(1, 7) else 1)} {text}"
    return text if kind == "markdown" else ""


def _magic_language(code: str) -> str:
    first = code.lstrip().split("\n", 1)[0]
    return {"%%bash": "bash", "%%sh": "bash", "%%sql": "sql", "%%javascript": "javascript", "%%html": "html"}.get(
        first.split(" ")[0], ""
    )

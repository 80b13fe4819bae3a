"""Options that several commands share, and the one rule about giving a text or a batch."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assistant.errors import InvalidInput

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object on stdout and nothing else.")]
RoadmapOnly = Annotated[bool, typer.Option("--roadmap-only", help="Leave your own material and linked pages out.")]
Batch = Annotated[
    Path | None,
    typer.Option("--batch", metavar="FILE", help='A file of {"id", "question"} lines, or "-"; prints JSON lines.'),
]


def one_of_text_and_batch(text: str | None, batch: Path | None) -> None:
    """Raises: InvalidInput: neither or both were given, or the text is empty."""
    if (text is None) == (batch is None):
        raise InvalidInput("Give either a question or --batch FILE.")
    if text is not None and not text.strip():
        raise InvalidInput("The question is empty.")

"""Documents with traps, and what must become of them.

Owns: the shape of ``cases/ingest.jsonl``. Refuses: ingesting (``evals.ingesting.intake``).
"""

from __future__ import annotations

from enum import StrEnum
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from evals.cases import Case
from evals.documents import SourceFile

PASSED_OVER = "passed over"
"""The outcome of a file that is not even looked at."""


class IngestKind(StrEnum):
    """What a case is there to try."""

    MARKDOWN = "markdown"
    HTML = "html"
    FORMAT = "format"
    REFUSED = "refused"
    HIDDEN = "hidden"
    ENCODING = "encoding"
    DUPLICATE = "duplicate"
    CHANGED = "changed"
    FOLDER = "folder"
    TOPIC = "topic"


class Expected(BaseModel):
    """What must become of one file; what is not given is not asked.

    ``outcome`` is its status and reason (``indexed``, ``skipped: empty``, ``passed over``). ``has`` and ``lacks`` are
    texts that must and must not stand in its chunks, headings included. ``topic`` is the topic of most of its chunks,
    "" for none. ``same_as`` names the file of the case with which it must share a document.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    file: str = Field(min_length=1)
    outcome: str = "indexed"
    title: str | None = None
    has: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    topic: str | None = None
    same_as: str = ""


class IngestCase(Case):
    """Files that are added together as one folder.

    ``later`` are files that are written after that, in the place of those of the same names, and ``gone`` the names
    of those that are deleted; ``then`` is what must be true of the next build.
    """

    kind: IngestKind
    files: tuple[SourceFile, ...] = Field(min_length=1)
    expected: tuple[Expected, ...] = Field(min_length=1)
    later: tuple[SourceFile, ...] = ()
    gone: tuple[str, ...] = ()
    then: tuple[Expected, ...] = ()

    @model_validator(mode="after")
    def _expects_something_of_its_files(self) -> Self:
        names = {file.name for file in (*self.files, *self.later)}
        asked = {name for one in (*self.expected, *self.then) for name in (one.file, one.same_as) if name}
        if not asked | set(self.gone) <= names:
            raise ValueError("a case names files of its own")
        if bool(self.later or self.gone) != bool(self.then):
            raise ValueError("what changes, and only that, is looked at again")
        return self

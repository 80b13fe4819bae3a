"""What extraction gives: a title with sections, or one reason why not.

Owns: these value objects and the error. Refuses: knowing any format.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from assistant.errors import StudyError

HEADING_SEPARATOR = " > "
CRASHED = "the file crashed the reader"


@dataclass(frozen=True, slots=True)
class ExtractedSection:
    """A run of text under one heading.

    ``heading`` is the path of headings joined by " > ", "" before the first one. ``text`` is Markdown: paragraphs,
    lists, tables that start with a pipe, and fenced code; it is never empty.
    """

    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Extracted:
    """A document: at least one section, in reading order."""

    title: str
    sections: tuple[ExtractedSection, ...]


class Outcome(StrEnum):
    """Why there is nothing: ``SKIPPED`` is a judgement about healthy input, ``FAILED`` means it could not be read."""

    SKIPPED = "skipped"
    FAILED = "failed"


class NotExtracted(StudyError):
    """A document gave nothing; ``reason`` is short, written for learners, and stays the same between runs."""

    def __init__(self, status: Outcome, reason: str) -> None:
        super().__init__(f"{status}: {reason}")
        self.status = status
        self.reason = reason


class ReaderKilled(NotExtracted):
    """Something outside ended the process that was reading, as a system does that is short of memory."""

    retryable = True

    def __init__(self) -> None:
        super().__init__(Outcome.FAILED, "the reader was killed; the next build tries again")


def skipped(reason: str) -> NotExtracted:
    """The error for input that is healthy but not worth indexing."""
    return NotExtracted(Outcome.SKIPPED, reason)


def failed(reason: str) -> NotExtracted:
    """The error for input that cannot be read."""
    return NotExtracted(Outcome.FAILED, reason)

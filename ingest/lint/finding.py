"""What the linter says: a place, a code and a sentence.

Owns: the codes, which of them are only warnings, and how a finding prints. Refuses: deciding anything about notes.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

WHOLE_FILE = 0  # the line of a finding that concerns no single line
WHOLE_CORPUS = "(corpus)"  # the path of a finding that concerns no single file


class Severity(StrEnum):
    """Whether a finding must be mended before the notes are published."""

    ERROR = "error"
    WARNING = "warning"


class Code(StrEnum):
    """Every kind of finding, by the name it prints."""

    FILE_MISSING = "file-missing"
    FILE_UNKNOWN = "file-unknown"
    FORMAT = "format"
    TITLE = "title"
    OVERVIEW_WORDS = "overview-words"
    TOPIC_MISSING = "topic-missing"
    TOPIC_UNKNOWN = "topic-unknown"
    TOPIC_REPEATED = "topic-repeated"
    TOPIC_ORDER = "topic-order"
    SECTION_MISSING = "section-missing"
    SECTION_UNKNOWN = "section-unknown"
    SECTION_REPEATED = "section-repeated"
    SECTION_ORDER = "section-order"
    SECTION_EMPTY = "section-empty"
    TOPIC_WORDS = "topic-words"
    ONE_SENTENCE = "one-sentence"
    CODE_BLOCK = "code-block"
    CODE_LANGUAGE = "code-language"
    CODE_LINES = "code-lines"
    PITFALLS = "pitfalls"
    VS_TABLE = "vs-table"
    CONNECTION_COUNT = "connection-count"
    CONNECTION_UNKNOWN = "connection-unknown"
    CONNECTION_SELF = "connection-self"
    CONNECTION_REPEATED = "connection-repeated"
    QUESTION_COUNT = "question-count"
    QUESTION_NUMBER = "question-number"
    CHOICE_OPTIONS = "choice-options"
    CHOICE_RIGHT = "choice-right"
    CHOICE_WHY_NOT = "choice-why-not"
    CHOICE_POSITION = "choice-position"
    KEY_POINTS = "key-points"
    PROJECT_GOAL = "project-goal"
    PROJECT_STEPS = "project-steps"
    PROJECT_CHECKS = "project-checks"
    PROJECT_HOURS = "project-hours"
    LINK = "link"
    IMAGE = "image"
    HTML = "html"
    BOLD = "bold"
    REFERENCE = "reference"
    SENTENCE_LONG = "sentence-long"
    SENTENCE_REPEATED = "sentence-repeated"
    DANGLING_OPENING = "dangling-opening"
    DANGLING_SHARE = "dangling-share"


_WARNINGS = frozenset({Code.SENTENCE_LONG, Code.DANGLING_OPENING})


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One remark; findings sort by path, line and code. ``line`` counts from 1, 0 means the file as a whole."""

    path: str
    line: int
    code: Code
    message: str

    @property
    def severity(self) -> Severity:
        """A style warning or an error, decided by the code alone."""
        return Severity.WARNING if self.code in _WARNINGS else Severity.ERROR

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.code} {self.message}"

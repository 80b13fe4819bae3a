"""The words the whole program speaks: roadmap, passages, answers.

Owns: value objects, frozen and free of behaviour beyond small derived values. Imports the standard library, and the
trace that an answer carries.
Refuses: reading files, the clock, the environment, or any store.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from assistant.trace import Trace


class Level(StrEnum):
    """How much a module or topic expects of the learner."""

    BEGINNER = "beginner"
    INTERMEDIATE = "intermediate"
    ADVANCED = "advanced"
    EXPERT = "expert"


@dataclass(frozen=True, slots=True)
class Hours:
    """A three-point estimate of study time, in hours, with ``low <= likely <= high``."""

    low: float
    likely: float
    high: float


@dataclass(frozen=True, slots=True)
class Prerequisite:
    """An edge of the prerequisite graph: what must (``hard``) or should come before, and why."""

    id: str
    hard: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Topic:
    """One line of the roadmap; ``id`` is a stable slug, ``title`` the roadmap's wording.

    ``reading_minutes`` is the time to read its notes once, 0 while there are none.
    """

    id: str
    title: str
    module: int
    level: Level
    hours: Hours
    prerequisites: tuple[Prerequisite, ...]
    aliases: tuple[str, ...]
    reading_minutes: int = 0


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the field: its names, the topic it belongs to, and one or two sentences that define it."""

    term: str
    abbreviations: tuple[str, ...]
    aliases: tuple[str, ...]
    topic: str
    definition: str


@dataclass(frozen=True, slots=True)
class Resource:
    """A linked page, paper, book or talk: where it is, how long it takes, which topics it serves, and why this one.

    ``minutes`` is the time for the part that is meant; ``topics`` are topic ids, the best fitting first; ``licence`` is
    empty where the page states none.
    """

    id: str
    title: str
    url: str
    kind: str
    level: Level
    minutes: int
    topics: tuple[str, ...]
    free: bool
    licence: str
    why: str


@dataclass(frozen=True, slots=True)
class Module:
    """One numbered section of the roadmap with its topics in the roadmap's order."""

    number: int
    id: str
    title: str
    level: Level
    summary: str
    hours: Hours
    project_hours: float
    prerequisites: tuple[Prerequisite, ...]
    topics: tuple[Topic, ...]


class PassageKind(StrEnum):
    """What a passage is made from; it decides how far an answer may lean on it.

    ``OWN`` is the learner's material, ``RESOURCE`` a linked page of the catalogue.
    """

    ROADMAP = "roadmap"
    NOTES = "notes"
    QUESTION = "question"
    GLOSSARY = "glossary"
    OWN = "own"
    RESOURCE = "resource"


OUTSIDE_THE_ROADMAP = frozenset({PassageKind.OWN, PassageKind.RESOURCE})
"""Kinds of passages that are not part of the roadmap and its notes."""


class Partition(StrEnum):
    """The two parts of an index: the roadmap's own passages, and the kinds in ``OUTSIDE_THE_ROADMAP``."""

    ROADMAP = "roadmap"
    OUTSIDE = "outside"


HEADING_SEPARATOR = " > "


@dataclass(frozen=True, slots=True)
class Passage:
    """A citable piece of text.

    ``module`` is the roadmap number and ``topic`` the topic id; both are None for material outside the roadmap.
    ``heading`` is the path of headings above the text, joined by " > ". ``url`` is None for our own notes.
    """

    id: str
    source: str
    kind: PassageKind
    module: int | None
    topic: str | None
    heading: str
    text: str
    url: str | None = None

    @property
    def section(self) -> str:
        """The innermost heading."""
        return self.heading.rsplit(HEADING_SEPARATOR, 1)[-1]


@dataclass(frozen=True, slots=True)
class ScoredPassage:
    """A passage as retrieval ranked it.

    ``rank`` counts from 1. ``score`` is in 0..1 and compares passages of one query only; ``dense`` is the cosine
    similarity (-1..1) and ``lexical`` the BM25 score (0 or more), each None where that side did not return the passage.
    """

    rank: int
    passage: Passage
    score: float
    dense: float | None
    lexical: float | None


@dataclass(frozen=True, slots=True)
class Citation:
    """A source an answer used: its number in the text, the passage, and the words taken from it."""

    n: int
    passage_id: str
    module: int | None
    topic: str | None
    title: str
    url: str | None
    quote: str


@dataclass(frozen=True, slots=True)
class Choice:
    """An option of a choice question; ``why_not`` is "" for the right one."""

    text: str
    right: bool
    why_not: str


@dataclass(frozen=True, slots=True)
class CheckQuestion:
    """A question on a topic that the learner can answer in place.

    ``key`` names it for as long as its wording stays. One with ``choices`` has one right option; an open one has
    ``key_points`` that a good answer states.
    """

    topic: str
    key: str
    text: str
    choices: tuple[Choice, ...]
    key_points: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Leaning:
    """A topic that an answer leans on and the learner has not done; ``text`` says in two sentences what it is.

    The sentences are the notes' own, with markers of the answer's citations.
    """

    topic: str
    title: str
    module: int
    text: str


class AnswerStatus(StrEnum):
    """How a question ended.

    ``PARTIAL``: an answer that was cut off, that only the roadmap's outline or the glossary supports, or nothing does.
    """

    ANSWERED = "answered"
    REFUSED = "refused"
    PARTIAL = "partial"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class TokenUsage:
    """Tokens a language model read and wrote for one answer, as its server counted them."""

    prompt_tokens: int
    completion_tokens: int


@dataclass(frozen=True, slots=True)
class Answer:
    """One finished answer. ``confidence`` is 0..1; ``model`` is the writer's name; ``elapsed_ms`` is wall time.

    ``notice`` is a sentence for the learner about how the answer came about, or empty. ``prompt_sha256`` identifies the
    wording of the prompt a language model was given, empty without one; ``usage`` is None where no server counted.
    ``supported`` of its ``statements`` stand in the passages they cite. ``id`` is its number in the journal, None where
    it was not recorded; ``trace`` is None in answers recorded before there were traces. ``leaning`` and ``check`` are
    what a learner is given beside the answer, None where there is nothing of the kind.
    """

    question: str
    status: AnswerStatus
    text: str
    citations: tuple[Citation, ...]
    retrieved: tuple[ScoredPassage, ...]
    confidence: float
    model: str
    elapsed_ms: int
    notice: str = ""
    prompt_sha256: str = ""
    usage: TokenUsage | None = None
    supported: int = 0
    statements: int = 0
    id: int | None = None
    trace: Trace | None = None
    leaning: Leaning | None = None
    check: CheckQuestion | None = None


@dataclass(frozen=True, slots=True)
class Retrieved:
    """Event: the passages are known; nothing is written yet."""

    passages: tuple[ScoredPassage, ...]
    confidence: float


@dataclass(frozen=True, slots=True)
class Waiting:
    """Event: nothing new, the language model is still silent. It gives the caller the moment to stop listening."""


@dataclass(frozen=True, slots=True)
class TextDelta:
    """Event: more text of the answer, to be appended to what came before."""

    text: str


@dataclass(frozen=True, slots=True)
class Finished:
    """Event: the last one of every answer; its text replaces what was streamed (markers are checked by then)."""

    answer: Answer


AnswerEvent = Retrieved | Waiting | TextDelta | Finished

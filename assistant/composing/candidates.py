"""What could be said: every quotable sentence of the passages, with how well it serves the question.

Owns: which passages belong to the subject, and the score of one sentence. Refuses: comparing sentences
(``assistant.composing.choosing``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from assistant.composing.defining import DEFINING_SECTION, Defines, defines
from assistant.composing.orders import is_order
from assistant.composing.sides import contrasts, side_names
from assistant.domain import OUTSIDE_THE_ROADMAP, Level, Passage, PassageKind, ScoredPassage
from assistant.question_type import QuestionType, section_bonus
from assistant.sentences import BlockKind, prose_blocks, split_sentences
from assistant.words import STOPWORDS, content_words, stem, stems

PROSE = frozenset({PassageKind.NOTES, PassageKind.GLOSSARY, PassageKind.OWN, PassageKind.RESOURCE})

Importance = Callable[[str], float]
"""Word -> how much finding it says (inverse document frequency, 0 or more)."""

_RELEVANCE = 0.55
_SOURCE = 0.25
_HEADING_SHARE = 0.4
"""What a word of the question counts that stands in the heading and not in the sentence: the heading names the
subject, so a sentence under it need not repeat it."""
_LATER = 0.01
"""What each earlier sentence of a passage costs a later one."""
_FULLY_RELEVANT = 0.5
"""Relevance from which on a section counts for all it is good for."""
_OFF_SUBJECT = 0.3
_DEFINES = 0.5

# What sentences of each kind of answer look like.
_CUES = {
    QuestionType.WHY: re.compile(r"\b(because|so that|therefore|which means|avoids?|prevents?)\b", re.IGNORECASE),
    QuestionType.WHEN: re.compile(
        r"^(use|avoid|choose|prefer|do not|reserve|pick)\b|\b(pays off|suits?|fits?)\b", re.IGNORECASE
    ),
    QuestionType.COMPARISON: re.compile(r"\b(whereas|while|unlike|than|instead|but|both|difference)\b", re.IGNORECASE),
    QuestionType.LIST: re.compile(r"\b(are|include)\b.*,.*\band\b|:.*,", re.IGNORECASE),
    QuestionType.COMMAND: re.compile(r"`[^`]+`"),
    QuestionType.EXAMPLE: re.compile(r"\b(for (example|instance)|such as|e\.g\.)", re.IGNORECASE),
}
_CUE = 0.1
# Sentences that say nothing without the code or the table after them: "The Python program below counts ...", and not
# "The total stays below 100 ...".
_ANNOUNCES = re.compile(
    r"^(the|this) (following|next)\b|^the (\S+ ){1,4}below (?!\d|an?\b|one\b|the\b|its\b)|:$", re.IGNORECASE
)
# Sentences that lean on the one before them.
_LEANING = re.compile(
    r"^(it|its|this|these|those|they|them|their|such|both|the (former|latter|same|other)|however|therefore|then|also"
    r"|instead|otherwise|for (example|instance))\b",
    re.IGNORECASE,
)
_PITFALLS = "Pitfalls"
_READING_ORDER = (
    DEFINING_SECTION,
    "How it works",
    "When to use it, and when not",
    "Trade-offs",
    _PITFALLS,
    "In practice",
    "How it connects",
)
"""The sections of a topic; one of another name comes first."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence, list item, table or code block and the passage it stands in; ``block`` says how it is set."""

    text: str
    passage_id: str
    block: BlockKind


@dataclass(frozen=True, slots=True)
class Candidate:
    """A statement with its place (passage in reading order, sentence in the passage) and its score.

    ``relevance`` is the share of the question that the sentence and its heading speak of, 0..1. ``leans`` says that it
    cannot be understood without the sentence before it, ``on_subject`` that its passage is about what was asked,
    ``standing`` how good a find its passage is beside the best one (0..1, 0 for a passage about something beside the
    subject), and ``defines`` how squarely it says what the thing asked for is. In a comparison, ``side`` is the thing
    that it defines, and ``contrasts`` says that it sets them all against each other.
    """

    statement: Statement
    position: tuple[int, int]
    stems: frozenset[str]
    relevance: float
    score: float
    leans: bool
    on_subject: bool
    standing: float
    defines: Defines
    contrasts: bool = False
    side: int | None = None


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is asked: the kind of answer, for which level, how much each stem of the question says, the subjects.

    ``best`` is the score of the best passage found for it, and ``sides`` what names each thing that is compared.
    """

    kind: QuestionType
    level: Level | None
    weights: Mapping[str, float]
    subjects: frozenset[str]
    best: float
    sides: Sequence[frozenset[str]]

    def relevance(self, sentence: frozenset[str], heading: frozenset[str]) -> float:
        said = self.weights.keys() & (sentence | heading)
        weight = sum(self.weights[each] * (1.0 if each in sentence else _HEADING_SHARE) for each in sorted(said))
        return weight / (sum(self.weights.values()) or 1.0)


def collect(
    question: str,
    kind: QuestionType,
    passages: Sequence[ScoredPassage],
    importance: Importance,
    sides: Sequence[str] = (),
    level: Level | None = None,
) -> list[Candidate]:
    """Every candidate; those of the roadmap's outline only where there are no notes."""
    prose = [scored for scored in passages if scored.passage.kind in PROSE]
    usable = prose or [scored for scored in passages if scored.passage.kind is PassageKind.ROADMAP][:1]
    # A word's importance is asked for by the word: the stem of a stem can be another one ("databas", "databa").
    weights = {stem(word): importance(word) for word in content_words(question) if word not in STOPWORDS}
    best = max((scored.score for scored in usable), default=0.0)
    asked = _Asked(kind, level, weights, _subjects(passages, usable, sides), best, side_names(sides))
    return [
        candidate
        for place, scored in enumerate(_reading_order(usable))
        for candidate in _of_passage(scored, place, asked)
    ]


def _subjects(
    passages: Sequence[ScoredPassage], usable: Sequence[ScoredPassage], sides: Sequence[str]
) -> frozenset[str]:
    """The topics (or documents) asked about: the best passage's and, in a comparison, that of the best of each side.

    The best passage may be one that cannot be quoted, such as a question; then its topic's notes are.
    """
    first = {_subject(scored.passage) for scored in passages[:1]}
    best = [scored for scored in usable if _subject(scored.passage) in first][:1] or list(usable[:1])
    for side in sides:
        wanted = stems(side)
        naming = (each for each in usable if defines(each.passage, wanted, on_subject=True) > Defines.SUBJECT)
        bearing = (each for each in usable if wanted <= stems(each.passage.heading))
        speaking = (each for each in usable if wanted <= stems(f"{each.passage.heading} {each.passage.text}"))
        best += islice(chain(naming, bearing, speaking), 1)
    return frozenset(_subject(scored.passage) for scored in best)


def _subject(passage: Passage) -> str:
    return passage.topic or passage.source


def _reading_order(usable: Sequence[ScoredPassage]) -> list[ScoredPassage]:
    """Passages by subject, the best first; within one by section, and within that as they were given."""
    first: dict[str, int] = {}
    for scored in usable:
        first.setdefault(_subject(scored.passage), scored.rank)
    sections = {name: number for number, name in enumerate(_READING_ORDER)}
    return sorted(usable, key=lambda each: (first[_subject(each.passage)], sections.get(each.passage.section, 0)))


def _of_passage(scored: ScoredPassage, place: int, asked: _Asked) -> Iterator[Candidate]:
    passage = scored.passage
    heading = stems(passage.heading)
    on_subject = _subject(passage) in asked.subjects
    bonus = section_bonus(asked.kind, passage.section, asked.level)
    cue = _CUES.get(asked.kind)
    for number, (block, text) in enumerate(_quotable(passage.text)):
        if _ANNOUNCES.search(text) or (passage.kind in OUTSIDE_THE_ROADMAP and is_order(text)):
            continue
        found = stems(text)
        relevance = asked.relevance(found, heading)
        definition, side = _defined(passage, asked, on_subject=on_subject) if number == 0 else (Defines.NOT, None)
        yield Candidate(
            statement=Statement(text, passage.id, block),
            position=(place, number),
            stems=found,
            relevance=relevance,
            score=_RELEVANCE * relevance
            + _SOURCE * scored.score
            # What a section is good for counts as far as the sentence speaks of the question at all.
            + (bonus + (_CUE if cue and cue.search(text) else 0.0)) * min(1.0, relevance / _FULLY_RELEVANT)
            - (0.0 if on_subject else _OFF_SUBJECT)
            + (_DEFINES if definition else 0.0)
            - _LATER * number,
            leans=number > 0 and block is BlockKind.PARAGRAPH and _LEANING.match(text) is not None,
            on_subject=on_subject,
            standing=0.0 if bonus < 0 else scored.score / (asked.best or 1.0),
            defines=definition,
            contrasts=_may_contrast(passage, side) and contrasts(asked.sides, text),
            side=side,
        )


def _defined(passage: Passage, asked: _Asked, *, on_subject: bool) -> tuple[Defines, int | None]:
    """How squarely a passage begins with what the thing asked for is, and which of several things that is."""
    if asked.kind is QuestionType.DEFINITION:
        return defines(passage, frozenset(asked.weights), on_subject=on_subject), None
    found = [defines(passage, side, on_subject=on_subject) for side in asked.sides]
    best = max(found, default=Defines.NOT)
    # The sentence of a topic that several sides belong to is about none of them in particular.
    return (best, found.index(best)) if best > Defines.SUBJECT else (Defines.NOT, None)


def _may_contrast(passage: Passage, side: int | None) -> bool:
    """Not where a sentence defines a side or another term, or warns of a mistake: it names others in passing."""
    return side is None and passage.kind is not PassageKind.GLOSSARY and passage.section != _PITFALLS


def _quotable(text: str) -> Iterator[tuple[BlockKind, str]]:
    line = " ".join(text.split())
    for block in prose_blocks(text):
        if block.kind is BlockKind.PARAGRAPH:
            for sentence in split_sentences(block.text):
                yield block.kind, sentence
        # An item with items of its own has lost their markers, so it is no longer what the passage says.
        elif block.kind is BlockKind.LIST_ITEM and block.text in line:
            yield block.kind, block.text

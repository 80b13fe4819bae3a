"""What could be said: every quotable sentence of the passages, with how well it serves the question.

Owns: which passages belong to the subject, and the score of one sentence. Refuses: comparing sentences
(``assistant.composing.choosing``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from assistant.domain import PassageKind, ScoredPassage
from assistant.question_type import QuestionType, section_bonus
from assistant.sentences import BlockKind, prose_blocks, split_sentences
from assistant.words import stems

PROSE = frozenset({PassageKind.NOTES, PassageKind.GLOSSARY, PassageKind.OWN, PassageKind.RESOURCE})
HEADING_SEPARATOR = " > "
DEFINING_SECTION = "In one sentence"

Importance = Callable[[str], float]
"""Stem -> how much finding it says (inverse document frequency, 0 or more)."""

_RELEVANCE = 0.55
_SOURCE = 0.25
_HEADING_SHARE = 0.4
"""What a word of the question counts that stands in the heading and not in the sentence: the heading names the
subject, so a sentence under it need not repeat it."""
_LATER = 0.01
"""What each earlier sentence of a passage costs a later one."""
_HALF = 0.5
_OFF_SUBJECT = 0.3
_DEFINES = 0.5

# What sentences of each kind of answer look like.
_CUES = {
    QuestionType.WHY: re.compile(r"\b(because|so that|therefore|which means|avoids?|prevents?)\b", re.IGNORECASE),
    QuestionType.WHEN: re.compile(
        r"^(use|avoid|choose|prefer|do not|reserve|pick)\b|\b(pays off|suits?|fits?)\b", re.I
    ),
    QuestionType.COMPARISON: re.compile(r"\b(whereas|while|unlike|than|instead|but|both|difference)\b", re.IGNORECASE),
    QuestionType.LIST: re.compile(r"\b(are|include)\b.*,.*\band\b|:.*,", re.IGNORECASE),
    QuestionType.COMMAND: re.compile(r"`[^`]+`"),
}
_CUE = 0.1
# What is added to the name of a thing without making it another thing.
_GENERIC = stems("pattern patterns concept principle term approach technique architecture")
# Sentences that say nothing without the code or the table after them.
_ANNOUNCES = re.compile(r"^(the|this) (following|next)\b|\bbelow\b|:$", re.IGNORECASE)
# Sentences that lean on the one before them.
_LEANING = re.compile(
    r"^(it|its|this|these|those|they|them|their|such|both|the (former|latter|same|other)|however|therefore|then|also"
    r"|instead|otherwise|for (example|instance))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence, list item, table or code block and the passage it stands in; ``block`` says how it is set."""

    text: str
    passage_id: str
    block: BlockKind


@dataclass(frozen=True, slots=True)
class Candidate:
    """A statement with its place (passage in the notes' order, sentence in the passage) and its score.

    ``relevance`` is the share of the question that the sentence and its heading speak of, 0..1. ``leans`` says that it
    cannot be understood without the sentence before it, ``on_subject`` that its passage is about what was asked, and
    ``defines`` how squarely it says what the thing asked for is (0 for not at all).
    """

    statement: Statement
    position: tuple[int, int]
    stems: frozenset[str]
    relevance: float
    score: float
    leans: bool
    on_subject: bool
    defines: int


def collect(
    question: str,
    kind: QuestionType,
    passages: Sequence[ScoredPassage],
    importance: Importance,
    sides: Sequence[str] = (),
) -> list[Candidate]:
    """Every candidate; those of the roadmap's outline only where there are no notes."""
    prose = [scored for scored in passages if scored.passage.kind in PROSE]
    usable = prose or [scored for scored in passages if scored.passage.kind is PassageKind.ROADMAP][:1]
    wanted = stems(question)
    subjects = _subjects(usable, sides)
    return [
        candidate
        for place, scored in enumerate(_reading_order(usable))
        for candidate in _of_passage(scored, place, kind, wanted, importance, subjects)
    ]


def last_heading(scored: ScoredPassage) -> str:
    """The section a passage stands in."""
    return scored.passage.heading.rsplit(HEADING_SEPARATOR, 1)[-1]


def _subjects(usable: Sequence[ScoredPassage], sides: Sequence[str]) -> frozenset[str]:
    """The topics (or documents) asked about: the best passage's and, in a comparison, that of the best of each side."""
    best = list(usable[:1])
    for side in sides:
        wanted = stems(side)
        best += [scored for scored in usable if wanted <= stems(f"{scored.passage.heading} {scored.passage.text}")][:1]
    return frozenset(_subject(scored) for scored in best)


def _subject(scored: ScoredPassage) -> str:
    return scored.passage.topic or scored.passage.source


def _reading_order(usable: Sequence[ScoredPassage]) -> list[ScoredPassage]:
    """Passages by subject, the best first; within one in the order of its source, which neighbours are given in."""
    first: dict[str, int] = {}
    for scored in usable:
        first.setdefault(_subject(scored), scored.rank)
    return sorted(usable, key=lambda scored: (first[_subject(scored)], _SECTIONS.get(last_heading(scored), 0)))


_SECTIONS = {
    name: number
    for number, name in enumerate(
        (
            DEFINING_SECTION,
            "How it works",
            "When to use it, and when not",
            "Trade-offs",
            "Pitfalls",
            "In practice",
            "How it connects",
        )
    )
}


def _of_passage(
    scored: ScoredPassage,
    place: int,
    kind: QuestionType,
    wanted: frozenset[str],
    importance: Importance,
    subjects: frozenset[str],
) -> Iterator[Candidate]:
    passage = scored.passage
    total = sum(importance(stem) for stem in wanted) or 1.0
    heading = stems(passage.heading)
    on_subject = _subject(scored) in subjects
    bonus = section_bonus(kind, last_heading(scored))
    cue = _CUES.get(kind)
    for number, (block, text) in enumerate(_quotable(passage.text)):
        if _ANNOUNCES.search(text):
            continue
        found = stems(text)
        relevance = (
            sum(importance(stem) * (1.0 if stem in found else _HEADING_SHARE) for stem in wanted & (found | heading))
            / total
        )
        defines = _defines(scored, wanted, on_subject) if kind is QuestionType.DEFINITION and not number else 0
        yield Candidate(
            statement=Statement(text, passage.id, block),
            position=(place, number),
            stems=found,
            relevance=relevance,
            score=_RELEVANCE * relevance
            + _SOURCE * scored.score
            # What a section is good for counts as far as the sentence speaks of the question at all.
            + (bonus + (_CUE if cue and cue.search(text) else 0.0)) * min(1.0, relevance / _HALF)
            - (0.0 if on_subject else _OFF_SUBJECT)
            + (_DEFINES if defines else 0.0)
            - _LATER * number,
            leans=number > 0 and block is BlockKind.PARAGRAPH and _LEANING.match(text) is not None,
            on_subject=on_subject,
            defines=defines,
        )


def _defines(scored: ScoredPassage, wanted: frozenset[str], on_subject: bool) -> int:
    """How squarely the first sentence of a passage says what the asked thing is.

    3: the topic's own sentence, and the topic bears that very name; 2: the glossary's entry of that name; 1: the
    topic's own sentence; 0: something else.
    """
    asked = wanted - _GENERIC or wanted
    if scored.passage.kind is PassageKind.GLOSSARY:
        # "Glossary > horizontal pod autoscaler (HPA)": the name or one of the others is what is asked for, whole.
        name, _, others = last_heading(scored).partition(" (")
        return 2 * any(stems(each) == asked for each in (name, *others.removesuffix(")").split(", ")))
    if not on_subject or last_heading(scored) != DEFINING_SECTION:
        return 0
    title = scored.passage.heading.split(HEADING_SEPARATOR)[-2].partition(" (")[0]
    return 3 if stems(title) - _GENERIC == asked else 1


def _quotable(text: str) -> Iterator[tuple[BlockKind, str]]:
    line = " ".join(text.split())
    for block in prose_blocks(text):
        if block.kind is BlockKind.PARAGRAPH:
            for sentence in split_sentences(block.text):
                yield block.kind, sentence
        # An item with items of its own has lost their markers, so it is no longer what the passage says.
        elif block.kind is BlockKind.LIST_ITEM and block.text in line:
            yield block.kind, block.text

"""What kind of answer a question asks for.

Owns: recognising the kind from the question's form, and which sections of the notes serve each kind best.
Refuses: the question's subject, which is retrieval's.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum

from assistant.domain import Level


class QuestionType(StrEnum):
    """The kinds of question the notes can answer in a way of their own."""

    DEFINITION = "definition"
    COMPARISON = "comparison"
    HOW = "how"
    WHY = "why"
    WHEN = "when"
    LIST = "list"
    COMMAND = "command"
    EXAMPLE = "example"
    TROUBLESHOOTING = "troubleshooting"
    DESIGN = "design"
    OTHER = "other"


# "What is an error budget?" asks what it is, whatever the words of its subject ask for in other questions.
_WHAT_IS_IT = (
    r"^\W*(what(['’]s| is)|define)( an?)? (?!(the|some|wrong|failing|best|good|bad)\b)[\w/+#.-]+( [\w/+#.-]+){0,2}\W*$"
)

# The first pattern that matches decides, so the more specific forms come first.
_PATTERNS: tuple[tuple[QuestionType, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        (QuestionType.COMPARISON, r"\b(vs\.?|versus|differ(s|ence|ences|ent)?|compare[ds]?|comparison|better than)\b"),
        (QuestionType.DEFINITION, _WHAT_IS_IT),
        (QuestionType.TROUBLESHOOTING, r"\b(troubleshoot|debug|diagnose|fails?|failing|error|crash\w*|stuck|wrong)\b"),
        (
            QuestionType.DESIGN,
            r"\b(how (would|do|should|can|could) (you|i|we|one) (\w+ )?(design|architect|structure|lay out)\b"
            r"|^\W*(design|architect) (an? |the )?\w|system design (of|for)|architecture (of|for)|which architecture)",
        ),
        (QuestionType.COMMAND, r"\b(command|commands|cli|yaml|manifest|snippet|example (code|config\w*)|syntax)\b"),
        (QuestionType.EXAMPLE, r"\b(an? (\w+ )?example|some examples|examples (of|for)|for instance)\b"),
        (QuestionType.WHEN, r"\b(when (should|to|would|do|is)|should (i|we|you) use|use cases?)\b"),
        (QuestionType.WHY, r"\b(why|benefits?|advantages?|purpose|trade-?offs?|drawbacks?|disadvantages?)\b"),
        (QuestionType.LIST, r"\b(list|name|types? of|kinds? of|what are (the|some)|best practices|components)\b"),
        (QuestionType.HOW, r"\b(how|steps|workflow|mechanism|process)\b"),
        (QuestionType.DEFINITION, r"\b(what(['’]s| is| are)|define|definition|meaning|explain|describe)\b"),
    )
)

_SECTION_BONUS: Mapping[QuestionType, Mapping[str, float]] = {
    QuestionType.DEFINITION: {"In one sentence": 0.35, "How it works": 0.15},
    QuestionType.COMPARISON: {"Trade-offs": 0.25, "In one sentence": 0.1},
    QuestionType.HOW: {"How it works": 0.25},
    QuestionType.WHY: {"In one sentence": 0.15, "Trade-offs": 0.15, "When to use it, and when not": 0.1},
    QuestionType.WHEN: {"When to use it, and when not": 0.35},
    QuestionType.LIST: {"How it works": 0.15, "In one sentence": 0.1},
    QuestionType.COMMAND: {"In practice": 0.35},
    QuestionType.EXAMPLE: {"In practice": 0.35, "How it works": 0.1},
    QuestionType.TROUBLESHOOTING: {"Pitfalls": 0.3, "How it works": 0.05},
    QuestionType.DESIGN: {"How it works": 0.2, "Trade-offs": 0.15, "When to use it, and when not": 0.1},
    QuestionType.OTHER: {"In one sentence": 0.1},
}

# Sections about something beside the subject: other topics, or code that a sentence alone only announces.
_ASIDE = {"How it connects": -0.3, "In practice": -0.2}


# What each level has use for: a beginner first needs to know what a thing is, an expert what it costs.
_BASICS = {"In one sentence": 0.08, "Trade-offs": -0.05, "Pitfalls": -0.05}
_DEPTHS = {"In one sentence": -0.05, "Trade-offs": 0.1, "Pitfalls": 0.1}
_LEVEL_BONUS: Mapping[Level, Mapping[str, float]] = {
    Level.BEGINNER: _BASICS,
    Level.INTERMEDIATE: {},
    Level.ADVANCED: _DEPTHS,
    Level.EXPERT: _DEPTHS,
}


def classify(question: str) -> QuestionType:
    """The kind of answer the question asks for."""
    for kind, pattern in _PATTERNS:
        if pattern.search(question):
            return kind
    return QuestionType.OTHER


def section_bonus(kind: QuestionType, heading: str, level: Level | None = None) -> float:
    """How well a section serves that kind of question for a learner of that level, -0.35..0.45.

    ``heading`` is the last one of its path; without a level only the kind counts.
    """
    bonus = _SECTION_BONUS[kind].get(heading, _ASIDE.get(heading, 0.0))
    return bonus + (_LEVEL_BONUS[level].get(heading, 0.0) if level else 0.0)

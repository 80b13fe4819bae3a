"""How sure we are that the roadmap answers a question.

Owns: the signals, their weights, and the threshold under which a question is refused.
Refuses: looking at anything but what retrieval found.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from assistant.domain import PassageKind
from assistant.retrieval import Retrieval
from assistant.words import stem, stems

Importance = Callable[[str], float]
_CONSIDERED = 30
_EVIDENCE = 8
_TOP = 5


@dataclass(frozen=True, slots=True)
class Signals:
    """What the confidence rests on, each in 0..1, measured on the roadmap, its notes and the learner's own material.

    The glossary does not count: its short definitions are near to almost any question of the form "what is ...". Nor
    do linked pages, which go beyond the roadmap.
    ``similarity``: cosine of the nearest passage. ``coverage``: share of the question's content words, weighted by
    how rare they are, that the best passages contain.
    """

    similarity: float
    coverage: float


@dataclass(frozen=True, slots=True)
class ConfidenceModel:
    """A logistic model over the signals."""

    intercept: float
    similarity: float
    coverage: float
    threshold: float

    def confidence(self, signals: Signals) -> float:
        """Estimated probability, 0..1, that the roadmap answers the question."""
        logit = self.intercept + self.similarity * signals.similarity + self.coverage * signals.coverage
        return 1.0 / (1.0 + math.exp(-logit))


# Fitted by logistic regression on 506 questions that the roadmap does or does not cover; at this threshold 96 % of the
# others are refused and 1 % of the covered ones.
MODEL = ConfidenceModel(intercept=-8.69, similarity=12.99, coverage=6.61, threshold=0.65)


def signals(retrieval: Retrieval, importance: Importance) -> Signals:
    """Measure one retrieval."""
    # Linked pages are left out before counting, so that many of them cannot crowd out what vouches.
    considered = [scored for scored in retrieval.passages if scored.passage.kind is not PassageKind.RESOURCE]
    evidence = [s for s in considered[:_CONSIDERED] if s.passage.kind is not PassageKind.GLOSSARY][:_EVIDENCE]
    best = evidence[:_TOP]
    similarity = max((scored.dense for scored in evidence if scored.dense is not None), default=0.0)
    found = frozenset[str]().union(*(stems(f"{s.passage.heading} {s.passage.text}") for s in best))
    weights = {stem(term): importance(term) for term in retrieval.terms}
    total = sum(weights.values())
    covered = sum(weight for term, weight in weights.items() if term in found)
    return Signals(max(0.0, similarity), covered / total if total else 0.0)

"""How sure we are that the roadmap answers a question.

Owns: the signals, and the fitted model that turns them into a probability (``confidence.json``, written by
``python -m evals calibrate``). Refuses: looking at anything but what retrieval found, and fitting.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter
from pydantic.dataclasses import dataclass

from assistant.errors import CorpusError
from assistant.retrieval import Retrieval
from assistant.words import stem, stems

MODEL_FILE = Path(__file__).parent / "confidence.json"
_NEAREST = 5

Importance = Callable[[str], float]


@dataclass(frozen=True, slots=True)
class Signals:
    """What the confidence rests on, each in 0..1, measured on the passages that vouch (``Retrieval.vouchers``).

    ``nearest``: cosine similarity of the nearest passage; ``neighbourhood``: mean of the five nearest.
    ``coverage``: share of the question's words that the best passages contain; ``unknown``: share of its words that
    no passage of the roadmap contains. A word counts by how rare it is.
    """

    nearest: float
    neighbourhood: float
    coverage: float
    unknown: float


@dataclass(frozen=True, slots=True)
class ConfidenceModel:
    """A logistic model: ``weights`` by the signal's name. ``fitted_on`` and ``measured`` say where it comes from."""

    version: int
    intercept: float
    weights: Mapping[str, float]
    threshold: float
    fitted_on: Mapping[str, int | str]
    measured: Mapping[str, float]

    def confidence(self, signals: Signals) -> float:
        """Estimated probability, 0..1, that the roadmap answers the question."""
        logit = self.intercept + sum(weight * getattr(signals, name) for name, weight in self.weights.items())
        return 1.0 / (1.0 + math.exp(-logit))


@cache
def load_model() -> ConfidenceModel:
    """The fitted model that comes with the program.

    Raises:
        CorpusError: its file cannot be read.
    """
    try:
        return TypeAdapter(ConfidenceModel).validate_json(MODEL_FILE.read_bytes())
    except (OSError, ValueError) as error:
        raise CorpusError(f"{MODEL_FILE} cannot be read. Write it again with: python -m evals calibrate") from error


def signals(retrieval: Retrieval, importance: Importance) -> Signals:
    """Measure one retrieval."""
    similarities = sorted((s.dense for s in retrieval.vouchers if s.dense is not None), reverse=True)[:_NEAREST]
    best = retrieval.vouchers[:_NEAREST]
    found = frozenset[str]().union(*(stems(f"{s.passage.heading} {s.passage.text}") for s in best))
    weights = {stem(term): importance(term) for term in retrieval.terms}
    total = sum(weights.values()) or 1.0
    return Signals(
        nearest=max(0.0, similarities[0]) if similarities else 0.0,
        neighbourhood=max(0.0, sum(similarities) / len(similarities)) if similarities else 0.0,
        coverage=sum(weight for term, weight in weights.items() if term in found) / total,
        unknown=sum(importance(term) for term in retrieval.unknown) / total,
    )

"""How sure we are that the roadmap answers a question.

Owns: the signals, and the fitted model that turns them into a probability (``confidence.json``, written by
``python -m evals calibrate``). Refuses: looking at anything but what retrieval found, and fitting.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import Field, FiniteFloat, TypeAdapter

from assistant.errors import CorpusError
from assistant.retrieval import Retrieval
from assistant.words import stem, stems

MODEL_FILE = Path(__file__).parent / "confidence.json"
VERSION = 2
"""Raise it when a signal changes its meaning, because the weights were fitted on the old one."""
_BEST = 5
"""Passages that ``neighbourhood`` and ``coverage`` look at."""

Importance = Callable[[str], float]
"""Word -> how much finding it says, 0 or more."""


@dataclass(frozen=True, slots=True)
class Signals:
    """What the confidence rests on, each in 0..1, measured on the passages that vouch (``Retrieval.vouchers``).

    ``nearest``: cosine similarity of the nearest passage; ``neighbourhood``: mean of the five nearest.
    ``coverage``: share of the question's words that the five best passages contain; ``unknown``: share of its words
    that no passage of the roadmap contains. A word counts by how rare it is.
    """

    nearest: float
    neighbourhood: float
    coverage: float
    unknown: float


SIGNALS = tuple(field.name for field in fields(Signals))


@dataclass(frozen=True, slots=True)
class ConfidenceModel:
    """A logistic model: ``weights`` by the signal's name. ``fitted_on`` and ``measured`` say where it comes from.

    Questions with a confidence below ``threshold`` are refused.
    """

    version: int
    intercept: FiniteFloat
    weights: Mapping[str, FiniteFloat]
    threshold: Annotated[float, Field(ge=0, le=1)]
    fitted_on: Mapping[str, int | str]
    measured: Mapping[str, float]

    def confidence(self, signals: Signals) -> float:
        """Estimated probability, 0..1, that the roadmap answers the question."""
        logit = self.intercept + sum(self.weights[name] * getattr(signals, name) for name in SIGNALS)
        return 1.0 / (1.0 + math.exp(-logit))


@cache
def load_model() -> ConfidenceModel:
    """The fitted model that comes with the program.

    Raises:
        CorpusError: its file cannot be read, or it was fitted on other signals.
    """
    return read_model(MODEL_FILE)


def read_model(path: Path) -> ConfidenceModel:
    """The fitted model in a file.

    Raises:
        CorpusError: the file cannot be read, or the model was fitted on other signals.
    """
    try:
        model = TypeAdapter(ConfidenceModel).validate_json(path.read_bytes())
    except (OSError, ValueError) as error:
        raise CorpusError(f"{path} cannot be read. Write it again with: python -m evals calibrate") from error
    if model.version != VERSION or set(model.weights) != set(SIGNALS):
        raise CorpusError(f"{path} was fitted on other signals. Write it again with: python -m evals calibrate")
    return model


def signals(retrieval: Retrieval, importance: Importance) -> Signals:
    """Measure one retrieval."""
    similarities = sorted((s.dense for s in retrieval.vouchers if s.dense is not None), reverse=True)[:_BEST]
    best = retrieval.vouchers[:_BEST]
    found = frozenset[str]().union(*(stems(f"{s.passage.heading} {s.passage.text}") for s in best))
    weights = {stem(term): importance(term) for term in retrieval.terms}
    unknown = {stem(term) for term in retrieval.unknown}
    total = sum(weights.values()) or 1.0
    return Signals(
        nearest=max(0.0, similarities[0]) if similarities else 0.0,
        neighbourhood=max(0.0, sum(similarities) / len(similarities)) if similarities else 0.0,
        coverage=sum(weight for term, weight in weights.items() if term in found) / total,
        unknown=sum(weight for term, weight in weights.items() if term in unknown) / total,
    )

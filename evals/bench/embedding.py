"""How fast texts become vectors, against plain sentence-transformers, and how near the vectors are.

Owns: the comparison. Refuses: choosing a backend (``assistant.embedding``).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from assistant.embedding import LocalEmbedder, Matrix

_ROUNDS = 3
_QUESTION = "What is a circuit breaker, and when should I use one?"


@dataclass(frozen=True, slots=True)
class EmbeddingResult:
    """``ratio``: of the rates, texts a second, each the best of three interleaved rounds. Cosines are to plain fp32."""

    texts: int
    plain_per_s: float
    ours_per_s: float
    ratio: float
    cosine_min: float
    cosine_mean: float
    question_ms: float


def measure_embedding(embedder: LocalEmbedder, texts: Sequence[str]) -> EmbeddingResult:
    """Embed the texts both ways."""
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415 - takes seconds to import

    model = SentenceTransformer(str(embedder.model_dir), device="cpu", local_files_only=True)

    def plain(some: Sequence[str]) -> Matrix:
        return np.asarray(model.encode(list(some), normalize_embeddings=True, show_progress_bar=False))

    seconds: dict[Callable[[Sequence[str]], Matrix], list[float]] = {plain: [], embedder.embed: []}
    vectors = {}
    for way in seconds:
        way(texts[:32])  # loads the weights
    for _ in range(_ROUNDS):
        for way, measured in seconds.items():
            started = time.perf_counter()
            vectors[way] = way(texts)
            measured.append(time.perf_counter() - started)
    cosines = np.sum(vectors[plain] * vectors[embedder.embed], axis=1)
    plain_per_s, ours_per_s = (len(texts) / min(measured) for measured in seconds.values())
    return EmbeddingResult(
        texts=len(texts),
        plain_per_s=plain_per_s,
        ours_per_s=ours_per_s,
        ratio=ours_per_s / plain_per_s,
        cosine_min=float(cosines.min()),
        cosine_mean=float(cosines.mean()),
        question_ms=_question_ms(embedder),
    )


def _question_ms(embedder: LocalEmbedder) -> float:
    measured = []
    for _ in range(20):
        started = time.perf_counter()
        embedder.embed([_QUESTION])
        measured.append(time.perf_counter() - started)
    return 1000 * float(np.median(measured))

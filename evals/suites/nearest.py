"""The nearest suite: does the index's approximate search find the passages that are truly nearest?

Owns: that comparison. Refuses: whether the nearest passages are the right ones (``evals.suites.retrieval``).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from assistant.domain import Partition
from assistant.embedding import Matrix
from assistant.index import Index
from evals.baselines.searches import Embed
from evals.cases import QuestionCase
from evals.suite import Row, SuiteResult, Tick, estimates

NEIGHBOURS = 10
_ROUNDING = 1e-5
"""Chroma and numpy sum in another order."""

Nearest = Callable[[Matrix, int], Sequence[float]]
"""The similarities of the nearest passages to a unit vector of shape ``(1, dimension)``, as the index finds them."""


def nearest_in(index: Index) -> Nearest:
    """The index's own search for near vectors of the roadmap."""
    return lambda vector, k: tuple(index.dense(Partition.ROADMAP, vector, k).values())


def run_nearest(
    cases: Sequence[QuestionCase], embed: Embed, nearest: Nearest, vectors: Matrix, tick: Tick
) -> SuiteResult:
    """Search for every question in both ways.

    ``recall@10`` is the mean share of the ten passages found that are at least as near as the truly tenth nearest of
    all ``vectors``, shape ``(n, dimension)``.
    """
    rows: list[Row] = []
    scores: dict[str, float] = {}
    for case in cases:
        vector = embed(case.question)
        tenth = np.sort(vectors @ vector[0])[-NEIGHBOURS:][0]
        found = sum(bool(similarity >= tenth - _ROUNDING) for similarity in nearest(vector, NEIGHBOURS))
        scores[case.id] = found / min(NEIGHBOURS, len(vectors))
        rows.append(
            {"suite": "nearest", "id": case.id, "split": case.split.value, "found": found, "ok": scores[case.id] == 1.0}
        )
        tick()
    named = {f"recall@{NEIGHBOURS}": scores}
    return SuiteResult("nearest", estimates(named, {}), tuple(rows), scores=named)

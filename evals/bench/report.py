"""The benchmark's figures on the terminal and as JSON, with their growth from size to size.

Owns: presentation and the growth exponents. Refuses: measuring.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict
from itertools import pairwise

from rich.table import Table

from evals.bench.embedding import EmbeddingResult
from evals.bench.plans import PlanResult
from evals.bench.scale import ScaleResult

_GROWING = ("first_s", "unchanged_s", "one_file_s", "question_p50_ms", "roadmap_p50_ms")


def growth(results: Sequence[ScaleResult]) -> list[dict[str, float]]:
    """For each size after the first, the exponent ``b`` of ``time ~ chunks ** b`` since the size before.

    1 is linear; 0 does not grow.
    """
    exponents = []
    for before, after in pairwise(results):
        larger = math.log(after.chunks / before.chunks)
        exponents.append({n: math.log(getattr(after, n) / getattr(before, n)) / larger for n in _GROWING})
    return exponents


def bench_json(
    embedding: EmbeddingResult, results: Sequence[ScaleResult], plans: Sequence[PlanResult]
) -> dict[str, object]:
    """Everything measured, as JSON values."""
    return {
        "embedding": asdict(embedding),
        "scale": [asdict(result) for result in results],
        "growth": growth(results),
        "plans": [asdict(plan) for plan in plans],
    }


def plans_table(plans: Sequence[PlanResult]) -> Table:
    """A row for each plan."""
    table = Table("plan", "topics", "items", "time", "fewest dropped", box=None, pad_edge=False)
    for plan in plans:
        proven = {None: "", True: "proven", False: "not proven"}[plan.proven]
        table.add_row(plan.name, f"{plan.topics:,}", f"{plan.items:,}", f"{plan.seconds:.2f} s", proven)
    return table


def embedding_table(result: EmbeddingResult) -> Table:
    """Both rates, their ratio, and how near the vectors are."""
    table = Table(
        "texts", "plain, 1/s", "ours, 1/s", "ratio", "cosine min", "mean", "a question", box=None, pad_edge=False
    )
    table.add_row(
        str(result.texts),
        f"{result.plain_per_s:.0f}",
        f"{result.ours_per_s:.0f}",
        f"{result.ratio:.2f}",
        f"{result.cosine_min:.5f}",
        f"{result.cosine_mean:.6f}",
        f"{result.question_ms:.1f} ms",
    )
    return table


def scale_table(results: Sequence[ScaleResult]) -> Table:
    """A column for each size, with the exponent of its growth since the size before in brackets."""
    table = Table("", *(f"{result.chunks:,} chunks" for result in results), box=None, pad_edge=False)
    exponents: list[dict[str, float]] = [{}, *growth(results)]

    def row(label: str, name: str, form: str) -> None:
        cells = []
        for result, exponent in zip(results, exponents, strict=True):
            grown = f" (^{exponent[name]:.2f})" if name in exponent else ""
            cells.append(form.format(getattr(result, name)) + grown)
        table.add_row(label, *cells)

    row("vectors", "vectors", "{}")
    row("first ingest", "first_s", "{:.1f} s")
    row("chunks a second", "chunks_per_s", "{:.0f}")
    row("unchanged", "unchanged_s", "{:.2f} s")
    row("one file changed", "one_file_s", "{:.2f} s")
    row("memory beyond the model", "peak_mb", "{:.0f} MB")
    row("largest other process", "child_mb", "{:.0f} MB")
    row("a question, p50", "question_p50_ms", "{:.1f} ms")
    row("a question, p95", "question_p95_ms", "{:.1f} ms")
    row("roadmap only, p50", "roadmap_p50_ms", "{:.1f} ms")
    return table

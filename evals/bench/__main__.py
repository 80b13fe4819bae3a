"""``python -m evals.bench``: measure plans, and embedding, ingest and search in a temporary home.

Owns: arguments and words.
"""

from __future__ import annotations

import multiprocessing
import tempfile
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Annotated

import typer

from assistant.console import err, make_app, out, print_json, progress_bar, run
from assistant.curriculum import load_curriculum
from assistant.embedding import load_embedder
from assistant.errors import InvalidInput
from assistant.settings import load_settings
from evals.bench.embedding import measure_embedding
from evals.bench.plans import measure_plans
from evals.bench.report import bench_json, embedding_table, plans_table, scale_table
from evals.bench.scale import measure_size
from ingest.documents import read_corpus
from ingest.split import CountTokens, embedding_text, split_document

app = make_app("Measure plans, embedding, ingest and search.")
_REAL_UP_TO = 1000
_SMALLEST = 600

Sizes = Annotated[str, typer.Option("--sizes", help="Numbers of chunks, separated by commas.")]
RealUpTo = Annotated[int, typer.Option("--real-up-to", help="Largest size with real vectors; above, they are made up.")]
Texts = Annotated[int, typer.Option("--texts", min=32, help="Passages of the corpus to embed both ways, at most.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object on stdout.")]


@app.command()
def bench(
    sizes: Sizes = "1000,10000,100000", real_up_to: RealUpTo = _REAL_UP_TO, texts: Texts = 512, as_json: AsJson = False
) -> None:
    """Measure; about ten minutes with the default sizes."""
    chosen = _parsed(sizes)
    corpus = load_settings().corpus_dir
    with tempfile.TemporaryDirectory(prefix="bench-") as name, progress_bar() as bar:
        work = Path(name)
        task = bar.add_task("Plans", total=2 + len(chosen))
        plans = measure_plans(load_curriculum(corpus))
        bar.update(task, advance=1, description="Embedding")
        embedder = load_embedder(None, work)
        embedder.prepare()
        embedding = measure_embedding(embedder, _passages(corpus, embedder.count_tokens, texts))
        results = []
        # A new process for each size: memory that one size has touched must not count for the next.
        with ProcessPoolExecutor(1, multiprocessing.get_context("spawn"), max_tasks_per_child=1) as pool:
            for size in chosen:
                bar.update(task, advance=1, description=f"{size:,} chunks")
                synthetic = size > real_up_to
                results.append(pool.submit(measure_size, size, synthetic, corpus, work, work / str(size)).result())
    if as_json:
        print_json(bench_json(embedding, results, plans))
        return
    out.print(plans_table(plans), "")
    out.print(embedding_table(embedding), "")
    out.print(scale_table(results))
    err.print(f"Vectors are made up above {real_up_to:,} chunks; (^b): time grows as chunks to the power of b.")


def _parsed(sizes: str) -> list[int]:
    try:
        chosen = [int(size) for size in sizes.split(",")]
    except ValueError as error:
        raise InvalidInput(f"--sizes must be numbers separated by commas, not {sizes!r}.") from error
    if min(chosen) < _SMALLEST:
        raise InvalidInput(f"--sizes must be at least {_SMALLEST}, which leaves room beside the roadmap.")
    return sorted(set(chosen))


def _passages(corpus: Path, count_tokens: CountTokens, most: int) -> list[str]:
    documents = read_corpus(corpus, load_curriculum(corpus))
    found = [
        embedding_text(chunk.passage) for document in documents for chunk in split_document(document, count_tokens)
    ]
    return found[:: max(1, len(found) // most)][:most]


if __name__ == "__main__":
    run(app)

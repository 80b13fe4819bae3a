"""One size of library: what a first ingest, a second one, a small change and a question cost.

Owns: the measurement, in a process of its own, since a process's peak of memory never falls.
Refuses: making the material (``evals.bench.material``).
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from assistant.domain import Partition
from assistant.embedding import Embedder, load_embedder
from assistant.generation import read_manifest, require_current_generation
from assistant.index import Index
from assistant.library import Library
from assistant.retrieval import Retriever
from assistant.settings import Settings
from assistant.vocabulary import Vocabulary
from evals.bench.material import SyntheticEmbedder, copy_small_corpus, write_folder
from ingest.pipeline import BuildReport, Ingest
from ingest.web import Fetcher

_QUESTIONS = 100
_K = 8


@dataclass(frozen=True, slots=True)
class ScaleResult:
    """Times in seconds or milliseconds.

    ``peak_mb`` is the ingesting process's memory beyond what it held with the model loaded, ``child_mb`` the most that
    the extracting or the verifying process held in all.
    """

    chunks: int
    vectors: str
    first_s: float
    chunks_per_s: float
    unchanged_s: float
    one_file_s: float
    peak_mb: float
    child_mb: float
    question_p50_ms: float
    question_p95_ms: float
    roadmap_p50_ms: float


def measure_size(size: int, synthetic: bool, corpus: Path, cache: Path, work: Path) -> ScaleResult:
    """Ingest about ``size`` chunks into an empty home under ``work``; ``cache`` holds the converted model."""
    settings = Settings(home=work / "home", corpus_dir=work / "corpus")
    copy_small_corpus(corpus, settings.corpus_dir)
    model = load_embedder(None, cache)
    embedder: Embedder = SyntheticEmbedder(model) if synthetic else model
    embedder.embed(["warm up"])
    baseline = _peak_mb()
    ingest = Ingest(settings, embedder, Fetcher(), lambda _done, _total: None)
    ingest.build()  # the corpus is there for every learner; what grows is their own material
    with Library(settings.library_path) as library:
        small = library.count(Partition.ROADMAP)
    write_folder(corpus, work / "folder", max(1, size - small))
    first_s, report = _timed(lambda: ingest.add([str(work / "folder")]))
    unchanged_s, _ = _timed(ingest.build)
    page = next((work / "folder").iterdir())
    page.write_text(page.read_text(encoding="utf-8").replace("\n## Section 0\n\n", "\n## Section 0\n\nNew. "), "utf-8")
    one_file_s, _ = _timed(ingest.build)
    questions = _question_ms(settings, embedder, roadmap_only=False)
    return ScaleResult(
        chunks=report.chunks,
        vectors="synthetic" if synthetic else "real",
        first_s=first_s,
        chunks_per_s=(report.chunks - small) / first_s,
        unchanged_s=unchanged_s,
        one_file_s=one_file_s,
        peak_mb=_peak_mb() - baseline,
        child_mb=_rusage_mb(resource.RUSAGE_CHILDREN),
        question_p50_ms=float(np.percentile(questions, 50)),
        question_p95_ms=float(np.percentile(questions, 95)),
        roadmap_p50_ms=float(np.percentile(_question_ms(settings, embedder, roadmap_only=True), 50)),
    )


def _timed(step: Callable[[], BuildReport]) -> tuple[float, BuildReport]:
    started = time.perf_counter()
    report = step()
    return time.perf_counter() - started, report


def _question_ms(settings: Settings, embedder: Embedder, *, roadmap_only: bool) -> list[float]:
    generation = require_current_generation(settings.index_dir)
    index = Index(generation, read_manifest(generation).fingerprint)
    retriever = Retriever(
        index, embedder, Vocabulary(()), dense_weight=settings.dense_weight, candidates=settings.candidates
    )
    with Library(settings.library_path) as library:
        headings = [chunk.passage.heading for chunk, _ in zip(library.chunks(), range(_QUESTIONS), strict=False)]
    measured = []
    retriever.retrieve("warm up", _K)
    for heading in headings:
        started = time.perf_counter()
        retriever.retrieve(f"What is {heading}?", _K, roadmap_only=roadmap_only)
        measured.append(1000 * (time.perf_counter() - started))
    index.close()
    return measured


def _peak_mb() -> float:
    # Where there is /proc: what getrusage says of a process on Linux starts with what its parent held.
    status = Path("/proc/self/status")
    if status.is_file():
        fields = dict(line.split(":", 1) for line in status.read_text(encoding="ascii").splitlines())
        return int(fields["VmHWM"].removesuffix("kB")) / 1e3
    return _rusage_mb(resource.RUSAGE_SELF)


def _rusage_mb(who: int) -> float:
    # Linux counts in kilobytes, macOS in bytes.
    return resource.getrusage(who).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)

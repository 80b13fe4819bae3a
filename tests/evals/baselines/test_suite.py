"""Simpler searches over the real index, and the paired test that sets ours against them."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import numpy as np

from assistant.curriculum import load_curriculum
from assistant.embedding import Matrix, load_embedder
from assistant.generation import require_current_generation
from assistant.index import Index
from assistant.settings import Settings
from evals.baselines.recipe import recipe_search
from evals.baselines.searches import simpler_searches
from evals.baselines.suite import run_baselines
from evals.suites.retrieval import Search
from tests.evals.test_evals import QUESTIONS, searcher


def tick() -> None:
    """Progress nobody watches."""


def test_a_better_search_gains_and_the_same_one_does_not() -> None:
    searches = {"worse": searcher(1), "same": searcher(0)}
    metrics = run_baselines(QUESTIONS, searcher(0), searches, tick).metrics
    assert metrics["worse.module.RR@10"].value == 0.5
    assert metrics["worse.module.RR@10.gain"].value == 0.5
    assert metrics["worse.module.Success@1.gain"].value == 1
    # Twelve comparisons would be adjusted for; here it is eight, of which the four of "same" are all chance.
    assert metrics["worse.topic.Success@1.p"].value < 0.005
    assert metrics["same.module.RR@10.gain"].value == 0
    assert metrics["same.module.RR@10.p"].value == 1


def test_a_worse_search_of_ours_shows_as_a_loss() -> None:
    metrics = run_baselines(QUESTIONS, searcher(4), {"best": searcher(0)}, tick).metrics
    assert metrics["best.module.Success@1.gain"].value == -1


def test_each_baseline_finds_what_it_can(real_settings: Settings) -> None:
    embedder = load_embedder(None, real_settings.home)
    with closing(Index(require_current_generation(real_settings.index_dir), embedder.fingerprint)) as index:
        searches = simpler_searches(index, lambda question: embedder.embed([question]))
        found = {name: search("circuit breaker", 5).passages for name, search in searches.items()}
    assert set(found) == {"bm25", "dense", "rrf", "fused"}
    for passages in found.values():
        assert [scored.rank for scored in passages] == [1, 2, 3, 4, 5]
        assert passages[0].passage.topic == "circuit-breaker"
        assert [scored.score for scored in passages] == sorted((scored.score for scored in passages), reverse=True)
    assert found["rrf"][0].score <= 2 / 61


class OneTopic:
    """Embeds text about a circuit breaker in one direction, and everything else in another."""

    fingerprint = "one"

    def __init__(self) -> None:
        self.calls = 0

    def of(self, question: str) -> Matrix:
        return self.embed([question])

    def embed(self, texts: list[str]) -> Matrix:
        self.calls += 1
        directions = [[1.0, 0.0] if "circuit breaker" in text.lower() else [0.0, 1.0] for text in texts]
        return np.asarray(directions, np.float32)


def recipe(settings: Settings, embedder: OneTopic, kept: Path) -> Search:
    curriculum = load_curriculum(settings.corpus_dir)
    return recipe_search(settings.corpus_dir, curriculum, embedder, embedder.of, kept)  # type: ignore[arg-type]


def test_the_recipe_splits_the_files_and_knows_where_its_pieces_are_from(tmp_path: Path) -> None:
    passages = [one.passage for one in recipe(Settings(), OneTopic(), tmp_path)("circuit breaker", 200).passages]
    assert all(len(one.text) <= 1000 for one in passages)
    assert all("circuit breaker" in one.text.lower() for one in passages[:5])
    places = {(one.module, one.topic) for one in passages}
    assert {(13, "circuit-breaker"), (13, "retry-with-exponential-backoff")} <= places


def test_what_the_recipe_embedded_is_kept_and_made_again_when_damaged(tmp_path: Path) -> None:
    embedder = OneTopic()
    first = recipe(Settings(), embedder, tmp_path)("circuit breaker", 9)
    assert embedder.calls == 2
    assert recipe(Settings(), embedder, tmp_path)("circuit breaker", 9) == first
    assert embedder.calls == 3
    (kept,) = tmp_path.iterdir()
    kept.write_bytes(b"no vectors")
    recipe(Settings(), embedder, tmp_path)
    assert embedder.calls == 4

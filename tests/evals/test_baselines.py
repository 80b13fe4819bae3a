"""Simpler searches over the real index, and the paired test that sets ours against them."""

from __future__ import annotations

from contextlib import closing

import pytest

from assistant.embedding import load_embedder
from assistant.generation import require_current_generation
from assistant.index import Index
from assistant.settings import Settings
from evals.baselines import baseline_searches, run_baselines
from evals.stats import paired_permutation
from tests.evals.test_evals import QUESTIONS, searcher


def tick() -> None:
    """Progress nobody watches."""


def test_a_better_search_gains_and_the_same_one_does_not() -> None:
    searches = {"worse": searcher(1), "same": searcher(0)}
    metrics = run_baselines(QUESTIONS, searcher(0), searches, tick).metrics
    assert metrics["worse.module.RR@10"].value == 0.5
    assert metrics["worse.module.RR@10.gain"].value == 0.5
    assert metrics["worse.module.Success@1.gain"].value == 1
    assert metrics["worse.topic.Success@1.p"].value < 0.001
    assert metrics["same.module.RR@10.gain"].value == 0
    assert metrics["same.module.RR@10.p"].value == 1


def test_a_worse_search_of_ours_shows_as_a_loss() -> None:
    metrics = run_baselines(QUESTIONS, searcher(4), {"best": searcher(0)}, tick).metrics
    assert metrics["best.module.Success@1.gain"].value == -1


@pytest.mark.parametrize(
    ("differences", "p"), [([1.0] * 3, 0.25), ([1.0, -1.0], 1.0), ([0.0] * 5, 1.0), ([1.0] * 20, 0.0001)]
)
def test_the_paired_test_counts_signs_that_give_as_much(differences: list[float], p: float) -> None:
    assert paired_permutation(differences) == pytest.approx(p, abs=0.012 if p == 0.25 else 1e-4)
    assert paired_permutation(differences) == paired_permutation([-one for one in differences])


def test_a_paired_test_needs_pairs() -> None:
    with pytest.raises(ValueError, match="at least one pair"):
        paired_permutation([])


def test_each_baseline_finds_what_it_can(real_settings: Settings) -> None:
    embedder = load_embedder(None, real_settings.home)
    with closing(Index(require_current_generation(real_settings.index_dir), embedder.fingerprint)) as index:
        searches = baseline_searches(index, embedder)
        found = {name: search("circuit breaker", 5).passages for name, search in searches.items()}
    assert set(found) == {"bm25", "dense", "rrf"}
    for passages in found.values():
        assert [scored.rank for scored in passages] == [1, 2, 3, 4, 5]
        assert passages[0].passage.topic == "circuit-breaker"
        assert [scored.score for scored in passages] == sorted((scored.score for scored in passages), reverse=True)
    assert found["rrf"][0].score <= 2 / 61

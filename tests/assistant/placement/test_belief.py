from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np
import pytest

from assistant.curriculum import load_curriculum
from assistant.placement import Outcome
from assistant.placement.belief import Belief, Effort, Rates
from assistant.placement.choosing import entropy, expected_entropy, marginals, most_informative
from assistant.placement.prior import closed, keeps_prerequisites, no_shift, shape_of, strengths
from tests.mini_corpus import write_corpus

FUSES, RETRIES, QUEUES = 0, 1, 2


@pytest.fixture
def belief(tmp_path: Path) -> Belief:
    shape = shape_of(load_curriculum(write_corpus(tmp_path)), [{"fuses", "queues"}])
    return Belief(shape, no_shift(shape), Rates(), Effort(pool=40_000, drawn=4_000, sweeps=2))


def test_likelihoods_of_the_outcomes_add_up_to_one() -> None:
    rates = Rates(slip=0.1, guess=0.25, gives_up=0.4, doubts=0.05)
    assert rates.likelihoods(Outcome.RIGHT) == pytest.approx((0.85, 0.15))
    assert rates.likelihoods(Outcome.WRONG) == pytest.approx((0.1, 0.45))
    assert rates.likelihoods(Outcome.DONT_KNOW) == pytest.approx((0.05, 0.4))


def test_states_are_closed_downward(tmp_path: Path) -> None:
    shape = shape_of(load_curriculum(write_corpus(tmp_path)))
    strong = np.array(list(itertools.product([False, True], repeat=3)))
    for keeps in (False, True):
        known = closed(shape, strong, np.full(len(strong), keeps))
        assert not (known[:, [RETRIES, QUEUES]] & ~known[:, [FUSES]]).any()
    upward = closed(shape, np.array([[False, True, False]]), np.array([True]))
    downward = closed(shape, np.array([[False, True, False]]), np.array([False]))
    assert upward.tolist() == [[True, True, False]]
    assert downward.tolist() == [[False, False, False]]


@pytest.mark.parametrize(
    "answers",
    [
        [(RETRIES, Outcome.RIGHT)],
        [(FUSES, Outcome.DONT_KNOW)],
        [(RETRIES, Outcome.RIGHT), (QUEUES, Outcome.WRONG), (RETRIES, Outcome.RIGHT)],
    ],
)
def test_the_posterior_is_the_weighted_prior(
    answers: list[tuple[int, Outcome]], belief: Belief, tmp_path: Path
) -> None:
    """Three topics have eight states, so the exact posterior of a large sample of the prior is at hand."""
    shape = shape_of(load_curriculum(tmp_path), [{"fuses", "queues"}])
    latents = np.random.default_rng(1).standard_normal((200_000, shape.latents), dtype=np.float32)
    known = closed(shape, strengths(shape, latents, no_shift(shape)) > 0, keeps_prerequisites(latents))
    weights = np.ones(len(known))
    for topic, outcome in answers:
        weights *= np.where(known[:, topic], *Rates().likelihoods(outcome))
    exact = (known * weights[:, None]).T @ known / weights.sum()
    assert belief.joint(answers) == pytest.approx(exact, abs=0.03)
    assert np.array_equal(belief.joint(answers), belief.joint(answers))


def test_expected_entropy_by_hand() -> None:
    """Two topics, equally likely known, and always known together: one perfect question settles both."""
    joint = np.array([[0.5, 0.5], [0.5, 0.5]])
    perfect = [(1.0, 0.0), (0.0, 1.0)]
    assert expected_entropy(joint, perfect) == pytest.approx([0.0, 0.0], abs=1e-6)
    independent = np.array([[0.5, 0.25], [0.25, 0.5]])
    assert expected_entropy(independent, perfect) == pytest.approx([np.log(2), np.log(2)], abs=1e-6)
    useless = [(0.5, 0.5), (0.5, 0.5)]
    assert expected_entropy(joint, useless) == pytest.approx([2 * np.log(2)] * 2)


def test_the_most_informative_topic_is_asked_about() -> None:
    # The first topic is all but certain; the second decides the third.
    joint = np.array([[0.99, 0.5, 0.5], [0.5, 0.5, 0.45], [0.5, 0.45, 0.5]])
    rates = Rates()
    assert most_informative(joint, rates.likelihoods, [0, 1]) == 1
    assert most_informative(joint, rates.likelihoods, [0, 1, 2]) == 1
    assert most_informative(joint, rates.likelihoods, [0]) == 0


def test_marginals_are_never_certain() -> None:
    assert marginals(np.array([[0.0, 0.0], [0.0, 1.0]])) == pytest.approx([0.001, 0.999])
    assert entropy(np.array([0.0, 0.5, 1.0])) == pytest.approx([0.0, np.log(2), 0.0], abs=1e-6)

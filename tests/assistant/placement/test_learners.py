"""Does the test find the frontier? Simulated learners of six kinds sit it, with and without slips and guesses.

The learners are seeded and few, to keep the suite short; ARCHITECTURE.md has the figures of larger runs.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from assistant.curriculum import Curriculum, load_curriculum
from assistant.placement import Placement, Report, load_question_bank
from assistant.ready_goals import load_ready_goals
from assistant.settings import Settings
from tests.assistant.placement.learners import HONEST, KINDS, USUAL, Answering, report_of, seeded, share_right, sit

CORPUS = Settings().corpus_dir
_OF_EACH_KIND = 3


@dataclass(frozen=True, slots=True)
class Sat:
    """Shares of right topics by kind, stated confidences, and how many questions each was asked."""

    right: dict[str, list[float]]
    stated: list[float]
    asked: list[int]

    @property
    def mean(self) -> float:
        shares = [share for kind in self.right.values() for share in kind]
        return sum(shares) / len(shares)


@pytest.fixture(scope="module")
def curriculum() -> Curriculum:
    return load_curriculum(CORPUS)


@pytest.fixture(scope="module")
def placement(curriculum: Curriculum) -> Placement:
    roles = [goal.topics for goal in load_ready_goals(CORPUS, curriculum)]
    return Placement(curriculum, load_question_bank(CORPUS, curriculum), roles)


def everybody(placement: Placement, curriculum: Curriculum, answering: Answering) -> Sat:
    sat = Sat({}, [], [])
    for kind, make in KINDS.items():
        for seed in range(_OF_EACH_KIND):
            known = make(curriculum, seeded(kind, seed))
            result = sit(placement, known, answering, seed)
            sat.right.setdefault(kind, []).append(share_right(curriculum, known, result))
            sat.stated.append(result.confidence)
            sat.asked.append(result.questions)
    return sat


@pytest.mark.parametrize("answering", [HONEST, USUAL], ids=["honest", "usual"])
def test_nine_in_ten_topics_are_right(answering: Answering, placement: Placement, curriculum: Curriculum) -> None:
    sat = everybody(placement, curriculum, answering)
    assert sat.mean >= 0.9
    assert min(sat.asked) >= 8
    assert max(sat.asked) <= 20
    # The stated confidence is the share that is right, on average over learners the prior does not know.
    assert sum(sat.stated) / len(sat.stated) == pytest.approx(sat.mean, abs=0.03)
    # Learners without any pattern are the hardest; even they are placed better than by calling all alike.
    assert min(sum(kind) / len(kind) for kind in sat.right.values()) >= 0.75


@pytest.mark.parametrize("kind", ["modules", "track"])
def test_a_rough_self_report_helps(kind: str, placement: Placement, curriculum: Curriculum) -> None:
    def mean(report: Callable[[frozenset[str], random.Random], Report | None]) -> float:
        shares = []
        for seed in range(2):
            random_ = seeded(kind, seed)
            known = KINDS[kind](curriculum, random_)
            shares.append(share_right(curriculum, known, sit(placement, known, USUAL, seed, report(known, random_))))
        return sum(shares) / len(shares)

    assert mean(lambda known, random_: report_of(curriculum, known, random_)) > mean(lambda _known, _random: None)


@pytest.mark.parametrize("kind", KINDS)
def test_learners_know_what_they_build_on(kind: str, curriculum: Curriculum) -> None:
    for seed in range(20):
        known = KINDS[kind](curriculum, seeded(kind, seed))
        assert all(edge.id in known for topic in known for edge in curriculum.topics[topic].prerequisites if edge.hard)

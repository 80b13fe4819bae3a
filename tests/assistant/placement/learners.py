"""Simulated learners: what they know, and how they answer.

Owns: kinds of learners that the prior of the placement test does not draw from, all seeded. Refuses: asking.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from assistant.curriculum import Curriculum
from assistant.domain import Level
from assistant.placement import Outcome, Placement, PlacementResult, Report

# Modules that courses outside of this repository put together; not the ready-made goals, which the prior knows.
TRACKS = (
    (1, 2, 6, 8, 9, 13, 14, 15),
    (3, 4, 5, 10, 11, 12, 16, 17, 19),
    (24, 25, 26, 27, 28),
    (24, 34, 35, 36, 37, 38, 39, 40),
    (1, 2, 3, 4, 5, 12, 20, 21, 22),
    (1, 6, 8, 13, 18, 29, 30),
)


@dataclass(frozen=True, slots=True)
class Answering:
    """How often someone slips, guesses right without knowing, and says "I don't know" instead of guessing."""

    slip: float
    guess: float
    gives_up: float


HONEST = Answering(slip=0.0, guess=0.0, gives_up=1.0)
USUAL = Answering(slip=0.05, guess=0.25, gives_up=0.5)


def with_prerequisites(curriculum: Curriculum, topics: Iterable[str]) -> frozenset[str]:
    """The topics and everything they build on."""
    return frozenset(curriculum.closure(topics))


def closed_set(curriculum: Curriculum, random_: random.Random) -> frozenset[str]:
    """Any number of topics, each picked among those whose prerequisites are there."""
    known: set[str] = set()
    for _ in range(random_.randint(0, len(curriculum.topics))):
        ready = [
            topic.id
            for topic in curriculum.topics.values()
            if topic.id not in known and all(edge.id in known for edge in topic.prerequisites if edge.hard)
        ]
        known.add(random_.choice(ready))
    return frozenset(known)


def modules(curriculum: Curriculum, random_: random.Random) -> frozenset[str]:
    """Up to thirty modules from anywhere, and what they build on."""
    numbers = random_.sample(range(1, len(curriculum.modules) + 1), random_.randint(1, 30))
    return with_prerequisites(curriculum, _topics_of(curriculum, numbers))


def first_modules(curriculum: Curriculum, random_: random.Random) -> frozenset[str]:
    """The roadmap from the beginning up to some module, and what else those modules build on."""
    last = random_.randint(1, len(curriculum.modules))
    return with_prerequisites(curriculum, _topics_of(curriculum, range(1, last + 1)))


def track(curriculum: Curriculum, random_: random.Random) -> frozenset[str]:
    """Most of a track of modules."""
    share = random_.uniform(0.5, 1.0)
    topics = _topics_of(curriculum, random_.choice(TRACKS))
    return with_prerequisites(curriculum, [topic for topic in topics if random_.random() < share])


def beginner(curriculum: Curriculum, random_: random.Random) -> frozenset[str]:
    """A handful of topics of the first level."""
    level = [topic.id for topic in curriculum.topics.values() if topic.level is Level.BEGINNER]
    return with_prerequisites(curriculum, random_.sample(level, random_.randint(0, 7)))


def expert(curriculum: Curriculum, random_: random.Random) -> frozenset[str]:
    """Everything but a few topics of the upper levels, and what builds on those."""
    upper = [t.id for t in curriculum.topics.values() if t.level in {Level.ADVANCED, Level.EXPERT}]
    known = set(curriculum.topics).difference(random_.sample(upper, random_.randint(0, 14)))
    for topic in curriculum.study_order(curriculum.topics):
        if any(edge.hard and edge.id not in known for edge in curriculum.topics[topic].prerequisites):
            known.discard(topic)
    return frozenset(known)


KINDS: dict[str, Callable[[Curriculum, random.Random], frozenset[str]]] = {
    "closed set": closed_set,
    "modules": modules,
    "first modules": first_modules,
    "track": track,
    "beginner": beginner,
    "expert": expert,
}


def sit(
    placement: Placement, known: frozenset[str], answering: Answering, seed: int, report: Report | None = None
) -> PlacementResult:
    """The test from beginning to end."""
    random_ = random.Random(seed)  # noqa: S311 - not for secrets
    state = placement.start(seed, report)
    while (question := placement.next_question(state)) is not None:
        if question.topic in known:
            outcome = Outcome.WRONG if random_.random() < answering.slip else Outcome.RIGHT
        elif random_.random() < answering.gives_up:
            outcome = Outcome.DONT_KNOW
        else:
            outcome = Outcome.RIGHT if random_.random() < answering.guess else Outcome.WRONG
        state = placement.answered(state, outcome)
    return placement.result(state)


def seeded(kind: str, number: int) -> random.Random:
    """The random numbers of one learner of a kind."""
    return random.Random(f"{kind}{number}")  # noqa: S311 - not for secrets


def report_of(curriculum: Curriculum, known: frozenset[str], random_: random.Random) -> Report:
    """Modules of which most is known, one in ten of all modules judged wrongly."""
    most = 0.7
    said = set()
    for module in curriculum.modules:
        share = sum(topic.id in known for topic in module.topics) / len(module.topics)
        if (share >= most) != (random_.random() < 0.1):
            said.add(module.number)
    return Report(modules=frozenset(said))


def share_right(curriculum: Curriculum, known: frozenset[str], result: PlacementResult) -> float:
    """The share of topics whose side of the frontier was found."""
    return 1.0 - len(known.symmetric_difference(result.known)) / len(curriculum.topics)


def _topics_of(curriculum: Curriculum, numbers: Iterable[int]) -> list[str]:
    return [topic.id for number in numbers for topic in curriculum.module(number).topics]

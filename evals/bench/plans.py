"""How long a plan takes: the roadmap over two years, and a made-up one of two thousand topics.

Owns: the made-up roadmap and the timing. Refuses: judging plans (the planner's tests do).
"""

from __future__ import annotations

import random
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from assistant.curriculum import Curriculum
from assistant.domain import Hours, Level, Module, Prerequisite, Topic
from assistant.planning import PlanRequest, make_plan

SYNTHETIC_TOPICS = 2000
_PER_MODULE = 4
_REACH = 60
_START = date(2026, 12, 1)
_HOURS = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 2.5, 3.0, 4.0)
_REQUESTS: Mapping[str, Mapping[str, Any]] = {
    "fits": {},
    "too long for its deadline": {"deadline": date(2028, 11, 30)},
    "too long, without projects": {"deadline": date(2027, 11, 30), "projects": False},
}


@dataclass(frozen=True, slots=True)
class PlanResult:
    """One plan: its size, its time, and whether what it drops is proven to be the fewest (None if nothing is)."""

    name: str
    topics: int
    items: int
    seconds: float
    proven: bool | None


def synthetic_roadmap(topics: int, seed: int = 1) -> Curriculum:
    """Modules of four topics with up to three prerequisites each among the sixty topics before them."""
    rng = random.Random(seed)  # noqa: S311 - not a secret, and the same on every run
    made: list[Topic] = []
    for place in range(topics):
        earlier = sorted(rng.sample(range(max(0, place - _REACH), place), min(place, rng.randrange(4))))
        edges = tuple(
            Prerequisite(made[other].id, rng.random() < 2 / 3, f"t{place} builds on t{other}.") for other in earlier
        )
        likely = rng.choice(_HOURS)
        hours = Hours(likely * 0.6, likely, likely * 1.7)
        number = place // _PER_MODULE + 1
        made.append(Topic(f"t{place}", f"Topic {place}", number, Level.BEGINNER, hours, edges, ()))
    modules = []
    for first in range(0, topics, _PER_MODULE):
        number = first // _PER_MODULE + 1
        project = float(rng.choice((4, 6, 8)))
        members = tuple(made[first : first + _PER_MODULE])
        title = f"Module {number}"
        modules.append(Module(number, f"m{number}", title, Level.BEGINNER, "", Hours(4, 6, 10), project, (), members))
    return Curriculum(tuple(modules))


def measure_plans(roadmap: Curriculum) -> tuple[PlanResult, ...]:
    """Each request over the roadmap and over a made-up one; the solver is loaded before."""
    _measured("", roadmap, {"deadline": _START, "minutes_per_week": 60})
    made_up = synthetic_roadmap(SYNTHETIC_TOPICS)
    return tuple(
        _measured(name, curriculum, request) for curriculum in (roadmap, made_up) for name, request in _REQUESTS.items()
    )


def _measured(name: str, curriculum: Curriculum, fields: Mapping[str, Any]) -> PlanResult:
    request = PlanRequest(**{"start": _START, "minutes_per_week": 360, **fields})
    started = time.perf_counter()
    plan = make_plan(curriculum, request)
    seconds = time.perf_counter() - started
    proven = None if plan.ways_out is None else plan.ways_out.proven
    return PlanResult(name, len(curriculum.topics), len(plan.items), seconds, proven)

"""Kill -9 at every named failpoint and at a hundred random moments."""

from __future__ import annotations

import random
import signal
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from ingest.failpoints import Failpoint
from tests.crash.builds import DONE, Build
from tests.crash.world import World

_AFTER_THE_SWAP = {Failpoint.AFTER_SWAP, Failpoint.DURING_PRUNE}
_KILLS = 50
_FINISH_EVERY = 10


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    made = World(tmp_path_factory.mktemp("world"))
    made.edit()
    made.finish()  # from now on there are two generations, so that every build prunes one
    return made


@pytest.mark.parametrize("point", Failpoint)
def test_killed_at_a_failpoint(world: World, point: Failpoint) -> None:
    before = world.published()
    world.edit()
    build = Build(world.home, kill_at=point)
    assert build.end() == -signal.SIGKILL
    assert build.passed[-1] == point
    assert world.check_interrupted(before) is (point in _AFTER_THE_SWAP)
    world.finish()


def _uninterrupted(world: World) -> list[tuple[str, float]]:
    """Each phase of a build with the time it took, in seconds; a phase is named after the failpoint it begins with."""
    world.edit()
    build = Build(world.home)
    phases, name, begun = [], "start", time.monotonic()
    while (point := build.next()) is not None:
        phases.append((name, time.monotonic() - begun))
        name, begun = point, time.monotonic()
    assert (build.end(), name) == (0, DONE)
    return phases


def _killed_at_random(folder: Path, seed: int) -> list[str]:
    """The phases in which kills landed. Half of the moments are spread over the time that a build takes; most of that
    is its verification, so the other half is spread over its phases."""
    chance = random.Random(seed)  # noqa: S311 - moments to kill at
    world = World(folder)
    phases = _uninterrupted(world)
    total = sum(duration for _, duration in phases)
    landed = []
    for number in range(_KILLS):
        before = world.published()
        world.edit()
        build = Build(world.home)
        if number % 2:
            _wait(build, total * (number + chance.random()) / _KILLS)
        else:
            name, duration = phases[number // 2 % len(phases)]
            while name != "start" and build.next() not in {name, None}:
                pass
            _wait(build, duration * chance.random())
        build.kill()
        landed.append(build.passed[-1] if build.passed else "start")
        world.check_interrupted(before)
        if number % _FINISH_EVERY == _FINISH_EVERY - 1:
            world.finish()
    return landed


def _wait(build: Build, seconds: float) -> None:
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0 and build.next(left) is not None:
        pass


def test_killed_at_a_hundred_random_moments(tmp_path: Path) -> None:
    with ThreadPoolExecutor(2) as pool:
        runs = [pool.submit(_killed_at_random, tmp_path / str(seed), seed) for seed in (1, 2)]
    landed = Counter(phase for run in runs for phase in run.result())
    assert landed.total() == 2 * _KILLS
    # Otherwise this would prove nothing: kills must have met builds at work, before and after the swap.
    assert landed[DONE] <= _KILLS // 2, landed
    assert {"start", Failpoint.SOURCES_STORED, Failpoint.BEFORE_VERIFY, Failpoint.AFTER_SWAP} <= set(landed), landed
    assert len(landed) >= 7, landed

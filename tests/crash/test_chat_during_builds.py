"""A learner who chats while builds publish and delete generations: never interrupted, never behind, nothing left open."""

from __future__ import annotations

import sys
import threading
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest

from assistant.curriculum import load_curriculum
from assistant.domain import Answer, AnswerEvent, AnswerStatus, Finished, Retrieved
from assistant.journal import Journal
from assistant.service import Assistant
from tests.conftest import BagOfStems
from tests.crash.builds import Build
from tests.crash.world import World

_QUESTION = "In how many calls does a fuse breaker count failures?"
_ROUNDS = 3


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


@pytest.fixture
def assistant(world: World) -> Iterator[Assistant]:
    settings = world.settings
    opened = Assistant(settings, load_curriculum(settings.corpus_dir), BagOfStems(), Journal(settings.journal_path))
    yield opened
    opened.close()


def _answer(events: Generator[AnswerEvent]) -> Answer:
    finished = [event for event in events if isinstance(event, Finished)]
    return finished[-1].answer


def _publish(world: World, rounds: int) -> None:
    for _ in range(rounds):
        world.edit()
        assert Build(world.home, proof=False).end() == 0


def _generations(world: World) -> list[str]:
    return sorted(path.name for path in world.settings.index_dir.iterdir())


def test_questions_never_fail_and_the_next_one_knows_the_new_content(world: World, assistant: Assistant) -> None:
    stop = threading.Event()
    statuses: list[AnswerStatus] = []

    def chat() -> None:
        while not stop.is_set():
            statuses.append(_answer(assistant.answer(_QUESTION, "endless")).status)

    learner = threading.Thread(target=chat)
    learner.start()
    try:
        for round_ in range(2, _ROUNDS + 2):
            world.edit()
            assert Build(world.home).end() == 0
            assert f"window of {100 + round_} calls" in _answer(assistant.answer(_QUESTION, "curious")).text
            first = assistant.search(f"What is new in round {round_}?", 1).passages[0].passage
            assert f"New in round {round_} is" in first.text
    finally:
        stop.set()
        learner.join()
    assert set(statuses) == {AnswerStatus.ANSWERED}
    assert len(statuses) > _ROUNDS


def test_an_answer_that_streams_keeps_its_generation(world: World, assistant: Assistant) -> None:
    events = assistant.answer(_QUESTION, "slow")
    assert isinstance(next(events), Retrieved)
    _publish(world, 3)
    assert _generations(world) == ["CURRENT", "gen-0001", "gen-0003", "gen-0004"]
    assert "window of 104 calls" in _answer(assistant.answer(_QUESTION, "quick")).text
    slow = _answer(events)
    assert (slow.status, "window of 101 calls" in slow.text) == (AnswerStatus.ANSWERED, True)
    _publish(world, 1)
    assert _generations(world) == ["CURRENT", "gen-0004", "gen-0005"]


def test_an_app_that_nobody_asks_keeps_what_it_has_open(world: World, assistant: Assistant) -> None:
    assistant.warm_up()
    _publish(world, 3)
    assert _generations(world) == ["CURRENT", "gen-0001", "gen-0003", "gen-0004"]
    assert "window of 104 calls" in _answer(assistant.answer(_QUESTION)).text
    _publish(world, 1)
    assert _generations(world) == ["CURRENT", "gen-0004", "gen-0005"]


@pytest.mark.skipif(sys.platform != "linux", reason="needs /proc")
def test_old_generations_are_closed(world: World, assistant: Assistant) -> None:
    for _ in range(3):
        _publish(world, 1)
        assistant.warm_up()
    abandoned = assistant.answer(_QUESTION)
    next(abandoned)
    _publish(world, 1)
    assistant.warm_up()
    assert _open_generations(world) == {"gen-0004", "gen-0005"}
    abandoned.close()
    assert _open_generations(world) == {"gen-0005"}
    assistant.close()
    assert _open_generations(world) == set()


def _open_generations(world: World) -> set[str]:
    names = set()
    for descriptor in Path("/proc/self/fd").iterdir():
        try:
            path = descriptor.readlink()
        except OSError:
            continue
        if path.is_relative_to(world.settings.index_dir):
            names.add(path.relative_to(world.settings.index_dir).parts[0])
    return names

"""What is known, and the level that follows."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from assistant.curriculum import load_curriculum
from assistant.domain import Level
from assistant.progress import TopicProgress, TopicState
from assistant.settings import Settings
from assistant.standing import Standing, frontier_level, known_topics, standing_of

NOW = datetime(2026, 11, 27, tzinfo=UTC)
CURRICULUM = load_curriculum(Settings().corpus_dir)


def of_level(*levels: Level) -> frozenset[str]:
    return frozenset(topic.id for topic in CURRICULUM.topics.values() if topic.level in levels)


def test_the_record_outweighs_the_plan() -> None:
    progress = {
        topic: TopicProgress(topic, state, "self", NOW)
        for topic, state in {"a": TopicState.DONE, "b": TopicState.KNOWN, "c": TopicState.UNKNOWN}.items()
    }
    assert known_topics(progress, ["c", "d"]) == {"a", "b", "d"}
    assert known_topics({}, []) == frozenset()


@pytest.mark.parametrize(
    ("known", "level"),
    [
        (frozenset(), Level.BEGINNER),
        (of_level(Level.BEGINNER), Level.INTERMEDIATE),
        (of_level(Level.INTERMEDIATE), Level.BEGINNER),
        (of_level(Level.BEGINNER, Level.INTERMEDIATE), Level.ADVANCED),
        (of_level(*Level), Level.EXPERT),
    ],
)
def test_the_level_is_the_lowest_that_is_not_half_known(known: frozenset[str], level: Level) -> None:
    assert frontier_level(CURRICULUM, known) is level


def test_half_of_a_level_is_enough() -> None:
    beginner = sorted(of_level(Level.BEGINNER))
    half = len(beginner) // 2
    assert len(beginner) % 2 == 0
    assert frontier_level(CURRICULUM, frozenset(beginner[:half])) is Level.INTERMEDIATE
    assert frontier_level(CURRICULUM, frozenset(beginner[: half - 1])) is Level.BEGINNER


def test_a_learner_of_whom_nothing_is_known_has_no_level_unless_they_chose_one() -> None:
    assert standing_of(CURRICULUM, frozenset(), told=False) == Standing()
    assert standing_of(CURRICULUM, frozenset(), told=False, level=Level.EXPERT).level is Level.EXPERT
    assert standing_of(CURRICULUM, frozenset(), told=True).level is Level.BEGINNER

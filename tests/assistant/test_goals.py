"""Goals in free text to topics, over the real index."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from assistant.curriculum import load_curriculum
from assistant.errors import InvalidInput
from assistant.service import open_assistant
from assistant.settings import Settings
from tests.assistant.goal_cases import CASES

Match = Callable[[str], tuple[str, ...]]


@pytest.fixture(scope="module")
def match(real_home_settings: Settings) -> Iterator[Match]:
    assistant = open_assistant(real_home_settings, with_journal=False)
    yield assistant.topics_for_goal
    assistant.close()


@pytest.fixture(scope="module")
def real_home_settings(request: pytest.FixtureRequest) -> Settings:
    return Settings(home=request.getfixturevalue("real_home"))


def test_cases_name_topics_of_the_roadmap() -> None:
    topics = load_curriculum(Settings().corpus_dir).topics
    assert all(must | may <= topics.keys() and must and not must & may for _, must, may in CASES)
    assert len({goal for goal, _, _ in CASES}) == len(CASES) == 42


def test_goals_find_their_topics_and_few_others(match: Match) -> None:
    """Means over the cases: precision .848 and recall .921 with three topics a subject, .899 and .921 with two."""
    precisions, recalls = [], []
    for goal, must, may in CASES:
        found = set(match(goal))
        precisions.append(len(found & (must | may)) / len(found))
        recalls.append(len(found & must) / len(must))
    assert sum(precisions) / len(CASES) >= 0.89
    assert sum(recalls) / len(CASES) >= 0.91


def test_topics_come_in_the_roadmaps_order(match: Match) -> None:
    found = match("Kafka and REST design")
    assert {"rest-design-principles", "kafka-rabbitmq-nats"} <= set(found)
    order = list(load_curriculum(Settings().corpus_dir).topics)
    assert list(found) == sorted(found, key=order.index)


@pytest.mark.parametrize("goal", ["", "   ", "want to learn", "sourdough bread baking"])
def test_a_goal_without_a_subject_of_the_roadmap_is_refused(goal: str, match: Match) -> None:
    with pytest.raises(InvalidInput, match="No topic of the roadmap is close to that goal"):
        match(goal)

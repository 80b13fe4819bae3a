"""Minutes of topics, quizzes and projects, and their order."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from assistant.curriculum import Curriculum
from assistant.domain import Hours
from assistant.planning.units import Unit, topic_minutes, units_of
from tests.assistant.planning.builders import TUESDAY, curriculum, plain, topic

GRAPH = curriculum(topic("a", 1), topic("b", 1), topic("c", 2, hours=2), project_hours=3.0)


def rows(names: str, modules: set[int], graph: Curriculum = GRAPH, **fields: Any) -> list[tuple[str, str, int]]:
    order = [graph.topics[name] for name in names]
    units = units_of(graph, plain(TUESDAY, 360, **fields), order, modules)
    return [(unit.topic.id, unit.activity.value, unit.minutes) for unit in units]


@pytest.mark.parametrize(
    ("hours", "minutes"), [(1, 60), (0.75, 45), (1.2, 70), (0.04, 10), (0, 10), (2.37, 140), (2.38, 145)]
)
def test_a_topic_takes_its_likely_hours_on_a_grid_of_five_minutes(hours: float, minutes: int) -> None:
    assert topic_minutes(topic("a", hours=hours)) == minutes


def test_a_learners_pace_stretches_topics_and_projects_but_not_quizzes() -> None:
    assert rows("ab", {1}, pace_percent=150) == [
        ("a", "read", 90),
        ("b", "read", 90),
        ("b", "quiz", 10),
        ("b", "project", 270),
    ]


def test_quiz_and_project_follow_the_last_topic_of_their_module() -> None:
    assert rows("acb", {1, 2}) == [
        ("a", "read", 60),
        ("c", "read", 120),
        ("c", "project", 180),
        ("b", "read", 60),
        ("b", "quiz", 10),
        ("b", "project", 180),
    ]


def test_one_planned_topic_of_a_module_needs_no_quiz() -> None:
    assert rows("a", set()) == [("a", "read", 60)]


def test_minutes_spent_are_taken_off_and_never_more_than_there_are() -> None:
    done = (("a", 25), ("c", 500), ("project:module-2", 100))
    assert rows("ac", {2}, done_minutes=done) == [("a", "read", 35), ("c", "read", 0), ("c", "project", 80)]


def test_a_project_whose_topics_are_all_learned_comes_first() -> None:
    assert rows("c", {1}, done_minutes=(("project:module-1", 60),)) == [("b", "project", 120), ("c", "read", 120)]


def test_uncertainty_is_relative_to_the_likely_time() -> None:
    graph = curriculum(dataclasses.replace(topic("a"), hours=Hours(1, 2, 6)))
    (unit,) = units_of(graph, plain(TUESDAY, 360), [graph.topics["a"]], ())
    assert unit == Unit(graph.topics["a"], unit.activity, 120, 0, mean=1.25, deviation=5 / 12)

"""What is kept when time is short equals what trying everything finds."""

from __future__ import annotations

import subprocess
import sys
from itertools import chain, combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.curriculum import Curriculum
from assistant.domain import Topic
from assistant.planning.dropping import Kept, Question, best_kept
from assistant.planning.units import Workload
from tests.assistant.planning.builders import PROPERTY, curricula, curriculum, topic

Score = tuple[int, int, int]


def question(
    graph: Curriculum,
    minutes: int,
    load: dict[str, int],
    goals: set[str] | None = None,
    pinned: set[str] | None = None,
    projects: dict[int, int] | None = None,
) -> Question:
    topics = tuple(graph.topics.values())
    wanted = set(graph.topics) if goals is None else goals
    return Question(topics, wanted, pinned or set(), Workload(load, projects or {}), minutes)


def score(asked: Question, topics: frozenset[str], projects: frozenset[int]) -> Score:
    """Goals kept, minutes of work, and the sum of places, negated."""
    minutes = sum(asked.load.topics[one] for one in topics) + sum(asked.load.projects[one] for one in projects)
    places = sum(place for place, one in enumerate(asked.topics, start=1) if one.id in topics)
    return len(topics & set(asked.goals)), minutes, -places


def fits(asked: Question, topics: frozenset[str], projects: frozenset[int]) -> bool:
    """Every rule of a choice, checked on its own."""
    chosen = [one for one in asked.topics if one.id in topics]
    if asked.load.total(chosen, projects) > asked.minutes:
        return False
    names = {one.id for one in asked.topics}
    if any(edge.hard and edge.id in names - topics for one in chosen for edge in one.prerequisites):
        return False
    if any(one.module in projects and one.id not in topics for one in asked.topics):
        return False
    serving = set(asked.goals) | set(asked.pinned)
    for one in reversed(sorted_by_dependence(chosen)):
        if one.id in serving:
            serving |= {edge.id for edge in one.prerequisites if edge.hard}
    return topics <= serving and set(asked.pinned) <= topics


def sorted_by_dependence(topics: list[Topic]) -> list[Topic]:
    result: list[Topic] = []
    waiting = list(topics)
    while waiting:
        names = {one.id for one in waiting}
        ready = next(one for one in waiting if not any(edge.id in names for edge in one.prerequisites))
        waiting.remove(ready)
        result.append(ready)
    return result


def brute_force(asked: Question) -> Score | None:
    subsets = lambda values: chain.from_iterable(combinations(values, size) for size in range(len(values) + 1))  # noqa: E731
    names = [one.id for one in asked.topics]
    return max(
        (
            score(asked, frozenset(topics), frozenset(projects))
            for topics in subsets(names)
            for projects in subsets(list(asked.load.projects))
            if fits(asked, frozenset(topics), frozenset(projects))
        ),
        default=None,
    )


@st.composite
def questions(draw: st.DrawFn, max_topics: int, min_topics: int = 1) -> Question:
    graph = draw(curricula(max_topics, min_topics))
    ids = st.sampled_from(list(graph.topics))
    load = {one: draw(st.sampled_from([0, 5, 10, 15, 20, 33, 45, 60, 120])) for one in graph.topics}
    modules = sorted({one.module for one in graph.topics.values()})
    projects = draw(st.dictionaries(st.sampled_from(modules), st.sampled_from([10, 35, 90]), max_size=2))
    total = sum(load.values()) + sum(projects.values())
    return question(
        graph,
        draw(st.integers(0, total)),
        load,
        draw(st.one_of(st.none(), st.sets(ids, min_size=1))),
        draw(st.one_of(st.just(set()), st.sets(ids, max_size=1))),
        projects,
    )


def check(asked: Question) -> None:
    kept = best_kept(asked)
    best = brute_force(asked)
    if kept is None:
        assert best is None
        return
    assert (kept.proven, kept.gap) == (True, 0.0)
    assert fits(asked, kept.topics, kept.projects)
    assert score(asked, kept.topics, kept.projects) == best


@PROPERTY
@given(questions(max_topics=7))
def test_the_choice_equals_brute_force(asked: Question) -> None:
    check(asked)


@settings(PROPERTY, max_examples=6)
@given(questions(max_topics=14, min_topics=12))
def test_the_choice_equals_brute_force_up_to_fourteen_topics(asked: Question) -> None:
    check(asked)


def test_the_most_topics_then_the_most_minutes_then_the_earliest_are_kept() -> None:
    graph = curriculum(topic("a", 1), topic("b", 2), topic("c", 3), topic("d", 4))
    load = {"a": 60, "b": 20, "c": 30, "d": 30}
    assert best_kept(question(graph, 60, load)) == Kept(frozenset("cd"), frozenset(), proven=True, gap=0.0)
    assert best_kept(question(graph, 50, load)) == Kept(frozenset("bc"), frozenset(), proven=True, gap=0.0)


def test_prerequisites_of_a_lost_goal_are_not_kept() -> None:
    graph = curriculum(topic("a", 1), topic("b", 2, hard=["a"]), topic("c", 3))
    load = {"a": 30, "b": 90, "c": 30}
    assert best_kept(question(graph, 100, load, {"b", "c"})) == Kept(frozenset("c"), frozenset(), proven=True, gap=0.0)


def test_a_project_goes_before_a_topic_does() -> None:
    graph = curriculum(topic("a", 1), topic("b", 2))
    load, projects = {"a": 30, "b": 30}, {1: 300, 2: 40}
    assert best_kept(question(graph, 100, load, None, None, projects)) == (
        Kept(frozenset("ab"), frozenset({2}), proven=True, gap=0.0)
    )


def test_what_is_pinned_stays_or_nothing_fits() -> None:
    graph = curriculum(topic("a", 1), topic("b", 2, hard=["a"]), topic("c", 3), topic("d", 4))
    load = {"a": 40, "b": 40, "c": 30, "d": 30}
    kept = best_kept(question(graph, 80, load, None, {"b"}))
    assert kept == Kept(frozenset("ab"), frozenset(), proven=True, gap=0.0)
    assert best_kept(question(graph, 79, load, None, {"b"})) is None


def test_nothing_fits_without_asking_the_solver() -> None:
    code = (
        "import sys\n"
        "from assistant.planning.dropping import *\n"
        "from assistant.planning.units import Workload\n"
        "from tests.assistant.planning.builders import topic\n"
        "print(best_kept(Question((topic('a'),), {'a'}, (), Workload({'a': 60}, {}), 59)), 'ortools' in sys.modules)\n"
    )
    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True).stdout
    assert printed == "Kept(topics=frozenset(), projects=frozenset(), proven=True, gap=0.0) False\n"


def test_a_gap_is_stated_when_the_time_for_the_proof_is_too_short(monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr("assistant.planning.dropping._DETERMINISTIC_LIMITS", (1e-7, 1e-7, 1e-7))
    count = 120
    graph = curriculum(*(topic(f"t{i}", i // 4 + 1, hard=[f"t{i - 1 - i % 7}"] if i > 7 else []) for i in range(count)))
    load = {f"t{i}": 35 + 11 * (i * 7919 % 13) for i in range(count)}
    asked = question(graph, sum(load.values()) // 3, load)
    kept = best_kept(asked)
    assert kept is not None
    assert not kept.proven
    assert 0 < kept.gap < 1
    assert fits(asked, kept.topics, kept.projects)

"""Study order, and orderings of graphs."""

from __future__ import annotations

from itertools import groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.curriculum import Curriculum
from assistant.errors import CorpusError
from assistant.planning.ordering import components, ordered
from assistant.planning.study_order import study_order
from tests.assistant.planning.builders import PROPERTY, curricula, curriculum, topic


def ids(graph: Curriculum) -> list[str]:
    return [one.id for one in study_order(graph, graph.topics.keys())]


def test_without_edges_the_roadmaps_order_stands() -> None:
    assert ids(curriculum(topic("b", 1), topic("a", 1), topic("c", 2))) == ["b", "a", "c"]


def test_a_module_waits_as_a_whole_for_the_module_it_needs() -> None:
    graph = curriculum(topic("a", 1), topic("b", 1, hard=["y"]), topic("x", 2), topic("y", 2), topic("z", 3))
    assert ids(graph) == ["x", "y", "a", "b", "z"]


def test_modules_that_need_each_other_mix_without_delaying_the_rest() -> None:
    graph = curriculum(
        topic("a", 1), topic("b", 1, hard=["x"]), topic("x", 2, soft=["a"]), topic("y", 2, hard=["b"]), topic("z", 3)
    )
    assert ids(graph) == ["a", "x", "b", "y", "z"]


def test_within_modules_that_need_each_other_one_is_left_only_when_nothing_in_it_is_ready() -> None:
    graph = curriculum(
        topic("a", 1, hard=["x"]), topic("x", 2), topic("y", 2), topic("b", 1), topic("z", 2, hard=["a"])
    )
    assert ids(graph) == ["b", "x", "y", "a", "z"]


@PROPERTY
@given(curricula())
def test_modules_stay_whole_unless_they_need_each_other(graph: Curriculum) -> None:
    order = study_order(graph, graph.topics.keys())
    before: dict[int, set[int]] = {one.module: set() for one in order}
    for one in order:
        before[one.module] |= {graph.topics[edge.id].module for edge in one.prerequisites} - {one.module}
    group_of = components(before)
    entangled = {module for module in before if list(group_of.values()).count(group_of[module]) > 1}
    runs = [module for module, _ in groupby(one.module for one in order)]
    assert all(runs.count(module) == 1 for module in set(runs) - entangled)


@PROPERTY
@given(
    st.integers(1, 7).flatmap(
        lambda n: st.lists(st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)), max_size=12).map(
            lambda edges: (n, edges)
        )
    )
)
def test_components_agree_with_reachability(drawn: tuple[int, list[tuple[int, int]]]) -> None:
    count, edges = drawn
    reach = {node: {node} for node in range(count)}
    for _ in range(count):
        for node, earlier in edges:
            reach[node] |= reach[earlier]
    number = components({node: {b for a, b in edges if a == node} for node in range(count)})
    for one in range(count):
        for other in range(count):
            assert (number[one] == number[other]) == (other in reach[one] and one in reach[other])


def test_a_cycle_is_refused() -> None:
    with pytest.raises(CorpusError, match="cycle among: a, b"):
        ordered({"a": {"b"}, "b": {"a"}, "c": set()}, lambda node, _: node)

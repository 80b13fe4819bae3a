"""What targets, pins, known and excluded topics mean on the graph."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.errors import InvalidInput
from assistant.planning import PlanRequest
from assistant.planning.scope import Scope, scope_of
from tests.assistant.planning.builders import TUESDAY, curriculum, topic

GRAPH = curriculum(
    topic("a", 1),
    topic("b", 1, hard=["a"]),
    topic("c", 2, hard=["b"], soft=["d"]),
    topic("d", 2),
    topic("e", 3, hard=["c"]),
    topic("f", 3),
)


def scope(**fields: Any) -> Scope:
    return scope_of(GRAPH, PlanRequest(TUESDAY, 360, **fields))


def planned(**fields: Any) -> str:
    return "".join(topic.id for topic in scope(**fields).planned)


def test_without_targets_the_whole_roadmap_is_the_goal() -> None:
    found = scope()
    assert "".join(found.goals) == "abcdef"
    assert "".join(topic.id for topic in found.planned) == "abdcef"
    assert found.projects == (1, 2, 3)


def test_targets_bring_their_hard_prerequisites_and_known_topics_end_the_search() -> None:
    assert planned(targets=("c",)) == "abc"
    assert planned(targets=("e",), known=frozenset("b")) == "ce"


def test_an_excluded_topic_takes_its_dependents_along_and_what_only_they_needed() -> None:
    found = scope(targets=("e", "f"), excluded=frozenset("b"))
    assert [topic.id for topic in found.planned] == ["f"]
    assert found.excluded_by == {"b": ("b",), "c": ("b",), "e": ("b",)}
    assert found.orphans == ("a",)


def test_every_excluded_prerequisite_is_named() -> None:
    graph = curriculum(topic("a"), topic("b"), topic("c", hard=["a", "b"]), topic("d", hard=["c"]))
    both = scope_of(graph, PlanRequest(TUESDAY, 360, excluded=frozenset("ab"))).excluded_by
    assert both == {"a": ("a",), "b": ("b",), "c": ("a", "b"), "d": ("a", "b")}
    found = scope(excluded=frozenset("ac"), known=frozenset("b"))
    assert found.excluded_by == {"a": ("a",), "c": ("c",), "e": ("c",)}


def test_what_is_known_is_not_missed_though_it_is_excluded() -> None:
    assert planned(targets=("c",), excluded=frozenset("b"), known=frozenset("b")) == "c"


def test_a_pinned_topic_is_wanted_and_early() -> None:
    assert planned(pinned=frozenset("f")) == "fabdce"
    assert planned(pinned=frozenset("c")) == "abdcef"
    assert planned(targets=("b",), pinned=frozenset("f")) == "fab"


def test_a_pin_that_needs_what_is_excluded_is_refused() -> None:
    with pytest.raises(InvalidInput) as caught:
        scope(pinned=frozenset("e"), excluded=frozenset("b"))
    assert caught.value.user_message == (
        "“Topic e” is pinned but needs “Topic b”, which you left out; unpin the one or take the other back in."
    )


@pytest.mark.parametrize(
    ("fields", "projects"),
    [
        ({"targets": ("c",)}, (1,)),
        ({"targets": ("c", "d")}, (1, 2)),
        ({"targets": ("c", "d"), "known": frozenset("a")}, (1, 2)),
        ({"targets": ("c", "d"), "known": frozenset("b")}, (2,)),
        ({"targets": ("c", "d"), "excluded": frozenset("d")}, (1,)),
        ({"excluded_projects": frozenset({"module-2"})}, (1, 3)),
        ({"projects": False}, ()),
        ({"targets": ("b",), "known": frozenset("ab")}, ()),
        ({"targets": ("b",), "known": frozenset("ab"), "done_minutes": (("project:module-1", 0),)}, (1,)),
    ],
)
def test_projects_are_those_of_modules_studied_whole(fields: dict[str, Any], projects: tuple[int, ...]) -> None:
    assert scope(**fields).projects == projects


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"targets": ("nope",), "known": frozenset({"zero", "a"})}, "no topic called 'nope', 'zero'"),
        ({"excluded": frozenset({"nope"})}, "no topic called 'nope'"),
        ({"pinned": frozenset({"nope"})}, "no topic called 'nope'"),
        ({"done_minutes": (("project:nope", 5),)}, "no topic called 'project:nope'"),
        ({"excluded_projects": frozenset({"nope"})}, "no module called 'nope'"),
    ],
)
def test_unknown_ids_are_refused(fields: dict[str, Any], message: str) -> None:
    with pytest.raises(InvalidInput, match=message):
        scope(**fields)

"""Ordering the nodes of a small graph.

Owns: a topological order with a preference, and strongly connected components. Refuses: knowing what the nodes are.
A graph is a mapping from each node to the nodes before it, all of them keys too.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any, TypeVar

from assistant.errors import CorpusError

Node = TypeVar("Node", bound=Hashable)


def ordered(before: Mapping[Node, AbstractSet[Node]], preference: Callable[[Node, Node | None], Any]) -> list[Node]:
    """A topological order; among the nodes that are ready, the smallest ``preference(node, last placed)`` is next.

    Raises:
        CorpusError: the graph has a cycle.
    """
    after: dict[Node, list[Node]] = {node: [] for node in before}
    for node, earlier in before.items():
        for other in earlier:
            after[other].append(node)
    waiting_for = {node: len(earlier) for node, earlier in before.items()}
    ready = [node for node, count in waiting_for.items() if count == 0]
    result: list[Node] = []
    last: Node | None = None
    while ready:
        last = _preferred(ready, last, preference)
        ready.remove(last)
        result.append(last)
        for node in after[last]:
            waiting_for[node] -= 1
            if waiting_for[node] == 0:
                ready.append(node)
    if len(result) < len(before):
        stuck = sorted(str(node) for node, count in waiting_for.items() if count)
        raise CorpusError(f"Prerequisites form a cycle among: {', '.join(stuck)}.")
    return result


def _preferred(ready: Sequence[Node], last: Node | None, preference: Callable[[Node, Node | None], Any]) -> Node:
    # A scan, because the preference depends on the node placed last: a heap would be stale at every step.
    return min(ready, key=lambda node: preference(node, last))


def components(before: Mapping[Node, AbstractSet[Node]]) -> dict[Node, int]:
    """A number for each node; two nodes share it exactly when each is reachable from the other (Kosaraju)."""
    after: dict[Node, list[Node]] = {node: [] for node in before}
    for node, earlier in before.items():
        for other in earlier:
            after[other].append(node)
    finished: list[Node] = []
    seen: set[Node] = set()
    for root in before:
        finished += _finishing_order(root, after, seen)
    component: dict[Node, int] = {}
    for number, root in enumerate(reversed(finished)):
        stack = [root]
        while stack:
            node = stack.pop()
            if node not in component:
                component[node] = number
                stack += before[node]
    return component


def _finishing_order(root: Node, after: Mapping[Node, list[Node]], seen: set[Node]) -> list[Node]:
    """Nodes reachable from ``root`` and not yet seen, each after everything reached from it."""
    if root in seen:
        return []
    seen.add(root)
    finished: list[Node] = []
    path = [(root, iter(after[root]))]
    while path:
        node, following = path[-1]
        fresh = next((other for other in following if other not in seen), None)
        if fresh is None:
            finished.append(node)
            path.pop()
        else:
            seen.add(fresh)
            path.append((fresh, iter(after[fresh])))
    return finished

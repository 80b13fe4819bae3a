"""The roadmap as objects: modules, topics, hours and the prerequisite graph.

Owns: reading and checking ``corpus/curriculum.yaml``, resolving what a learner types to topic ids, and walking the
graph. Refuses: scheduling (``assistant.planning``) and searching text (``assistant.retrieval``).
"""

from __future__ import annotations

import difflib
import graphlib
import heapq
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from assistant.curriculum_file import parse_modules
from assistant.domain import Module, Topic
from assistant.errors import CorpusError, InvalidInput
from assistant.yaml_file import read_yaml

CURRICULUM_FILE = "curriculum.yaml"


@dataclass(frozen=True)
class Curriculum:
    """All modules with their topics; every prerequisite id resolves and the graph has no cycle."""

    modules: tuple[Module, ...]

    @cached_property
    def topics(self) -> Mapping[str, Topic]:
        """Every topic by id, in the roadmap's order."""
        return {topic.id: topic for module in self.modules for topic in module.topics}

    @cached_property
    def _modules_by_number(self) -> Mapping[int, Module]:
        return {module.number: module for module in self.modules}

    @cached_property
    def _position(self) -> Mapping[str, int]:
        return {topic_id: position for position, topic_id in enumerate(self.topics)}

    def module(self, number: int) -> Module:
        """The module with this roadmap number.

        Raises:
            InvalidInput: there is no such module.
        """
        try:
            return self._modules_by_number[number]
        except KeyError:
            raise InvalidInput(
                f"There is no module {number}; the roadmap has 1 to {self.modules[-1].number}."
            ) from None

    def resolve(self, reference: str) -> tuple[str, ...]:
        """Topic ids for what a learner typed: a topic id, a module id or a module number.

        Raises:
            InvalidInput: nothing has that name; the message offers the closest ones.
        """
        name = reference.strip().lower()
        if name in self.topics:
            return (name,)
        if name.isdecimal():
            return tuple(topic.id for topic in self.module(int(name)).topics)
        for module in self.modules:
            if module.id == name:
                return tuple(topic.id for topic in module.topics)
        names = [*self.topics, *(module.id for module in self.modules)]
        close = difflib.get_close_matches(name, names, n=3)
        hint = f" Did you mean {' or '.join(close)}?" if close else " `study topics` lists the ids."
        raise InvalidInput(f"No topic or module is called {reference.strip()!r}.{hint}")

    def closure(self, topic_ids: Iterable[str], known: Collection[str] = ()) -> tuple[str, ...]:
        """The topics to study for ``topic_ids``, prerequisites included, in study order.

        Hard prerequisites are followed; a known topic is left out and not looked behind. Study order respects hard
        and soft edges and otherwise the roadmap's order.
        """
        needed: set[str] = set()
        stack = [topic_id for topic_id in topic_ids if topic_id not in known]
        while stack:
            topic_id = stack.pop()
            if topic_id in needed:
                continue
            needed.add(topic_id)
            stack += [edge.id for edge in self.topics[topic_id].prerequisites if edge.hard and edge.id not in known]
        return self.study_order(needed)

    def study_order(self, topic_ids: Collection[str]) -> tuple[str, ...]:
        """The given topics with every prerequisite among them before its dependents."""
        return tuple(_topological(self.topics, topic_ids, self._position))


def _topological(topics: Mapping[str, Topic], chosen: Collection[str], position: Mapping[str, int]) -> Iterator[str]:
    members = frozenset(chosen)
    sorter = graphlib.TopologicalSorter(
        {topic_id: [edge.id for edge in topics[topic_id].prerequisites if edge.id in members] for topic_id in members}
    )
    sorter.prepare()
    ready: list[tuple[int, str]] = []
    while sorter.is_active():
        for topic_id in sorter.get_ready():
            heapq.heappush(ready, (position[topic_id], topic_id))
        _, topic_id = heapq.heappop(ready)
        sorter.done(topic_id)
        yield topic_id


def load_curriculum(corpus_dir: Path) -> Curriculum:
    """Read and check ``curriculum.yaml``.

    Raises:
        CorpusError: the file is missing, is not YAML, breaks the schema, or its graph has a dangling edge or a cycle.
    """
    path = corpus_dir / CURRICULUM_FILE
    curriculum = Curriculum(parse_modules(read_yaml(path), str(path)))
    _check_graph(curriculum, path)
    return curriculum


def _check_graph(curriculum: Curriculum, path: Path) -> None:
    module_ids = {module.id for module in curriculum.modules}
    for module in curriculum.modules:
        _check_edges(path, module, module_ids)
        for topic in module.topics:
            _check_edges(path, topic, curriculum.topics)
    try:
        curriculum.study_order(curriculum.topics.keys())
    except graphlib.CycleError as error:
        raise CorpusError(f"{path}: prerequisites form a cycle: {' -> '.join(error.args[1])}.") from error


def _check_edges(path: Path, owner: Module | Topic, known_ids: Collection[str]) -> None:
    for edge in owner.prerequisites:
        if edge.id not in known_ids:
            raise CorpusError(f"{path}: {owner.id} names an unknown prerequisite {edge.id!r}.")

"""Which topics a request is about: needed, left out, and in which order the planned ones are studied.

Owns: what targets, pins, known and excluded topics mean on the graph. Refuses: time (``units``, ``dropping``).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from assistant.curriculum import Curriculum
from assistant.domain import Topic
from assistant.errors import InvalidInput
from assistant.planning.request import PlanRequest
from assistant.planning.study_order import study_order
from assistant.planning.wording import list_text

PROJECT_PREFIX = "project:"


@dataclass(frozen=True, slots=True)
class Scope:
    """What a request is about; ids of topics in the roadmap's order, if not said otherwise.

    ``goals``: what the learner asked for, known or not; all topics without targets. ``planned``: still to be learned,
    in study order. ``excluded_by``: every topic that exclusion takes out, with the excluded topics it needs (itself,
    if it is one). ``orphans``: topics that only left-out topics need. ``projects``: numbers of the modules whose
    project belongs to the plan. ``known``: how many of the goal's topics are skipped as known.
    """

    goals: tuple[str, ...]
    planned: tuple[Topic, ...]
    excluded_by: Mapping[str, tuple[str, ...]]
    orphans: tuple[str, ...]
    projects: tuple[int, ...]
    known: int


def scope_of(curriculum: Curriculum, request: PlanRequest) -> Scope:
    """Resolve a request over the curriculum.

    Raises:
        InvalidInput: an id is not in the curriculum, or a pinned topic needs an excluded one.
    """
    _check_ids(curriculum, request)
    goals = in_order(curriculum, request.targets) or tuple(curriculum.topics)
    wanted = in_order(curriculum, (*goals, *request.pinned))
    needed = curriculum.closure(wanted, request.known)
    excluded_by = _excluded_by(curriculum, needed, request.excluded)
    _check_pinned(curriculum, request, excluded_by)
    kept = frozenset(curriculum.closure([one for one in wanted if one not in excluded_by], request.known))
    left_out = frozenset(needed) - kept
    everything = frozenset(curriculum.closure(wanted))
    return Scope(
        goals=goals,
        planned=arranged(curriculum, kept, request.pinned),
        excluded_by={topic_id: excluded_by[topic_id] for topic_id in in_order(curriculum, excluded_by)},
        orphans=in_order(curriculum, left_out - excluded_by.keys()),
        projects=_projects(curriculum, request, everything - left_out, kept),
        known=len(request.known & everything),
    )


def in_order(curriculum: Curriculum, topic_ids: Iterable[str]) -> tuple[str, ...]:
    """The ids without repetition in the roadmap's order."""
    wanted = frozenset(topic_ids)
    return tuple(topic_id for topic_id in curriculum.topics if topic_id in wanted)


def arranged(curriculum: Curriculum, topic_ids: Collection[str], pinned: Collection[str]) -> tuple[Topic, ...]:
    """Study order, with the pinned topics and whatever comes before them first."""
    first: set[str] = set()
    stack = [topic_id for topic_id in pinned if topic_id in topic_ids]
    while stack:
        topic_id = stack.pop()
        if topic_id not in first:
            first.add(topic_id)
            stack += [edge.id for edge in curriculum.topics[topic_id].prerequisites if edge.id in topic_ids]
    return study_order(curriculum, first) + study_order(curriculum, frozenset(topic_ids) - first)


def _excluded_by(
    curriculum: Curriculum, needed: Sequence[str], excluded: Collection[str]
) -> Mapping[str, tuple[str, ...]]:
    # ``needed`` holds prerequisites before dependents, and holds nothing that is known.
    roots: dict[str, tuple[str, ...]] = {}
    for topic_id in needed:
        if topic_id in excluded:
            roots[topic_id] = (topic_id,)
            continue
        edges = (edge.id for edge in curriculum.topics[topic_id].prerequisites if edge.hard and edge.id in roots)
        blocking = in_order(curriculum, (root for edge in edges for root in roots[edge]))
        if blocking:
            roots[topic_id] = blocking
    return roots


def _projects(
    curriculum: Curriculum, request: PlanRequest, reached: Collection[str], planned: Collection[str]
) -> tuple[int, ...]:
    """Modules studied whole with something to learn, or whose project is under way.

    ``reached``: what the goal needs or rests on, known topics included, without what is left out.
    """
    if not request.projects:
        return ()
    under_way = {key for key, _ in request.done_minutes}
    return tuple(
        module.number
        for module in curriculum.modules
        if module.id not in request.excluded_projects
        and all(topic.id in reached for topic in module.topics)
        and (any(topic.id in planned for topic in module.topics) or PROJECT_PREFIX + module.id in under_way)
    )


def _check_ids(curriculum: Curriculum, request: PlanRequest) -> None:
    projects = {PROJECT_PREFIX + module.id for module in curriculum.modules}
    done = {key for key, _ in request.done_minutes} - projects
    named = {*request.targets, *done} | request.known | request.excluded | request.pinned
    unknown = sorted(named - curriculum.topics.keys())
    if unknown:
        raise InvalidInput(f"The roadmap has no topic called {', '.join(map(repr, unknown))}.")
    modules = sorted(request.excluded_projects - {module.id for module in curriculum.modules})
    if modules:
        raise InvalidInput(f"The roadmap has no module called {', '.join(map(repr, modules))}.")


def _check_pinned(curriculum: Curriculum, request: PlanRequest, excluded_by: Mapping[str, tuple[str, ...]]) -> None:
    for topic_id in in_order(curriculum, request.pinned):
        if topic_id in excluded_by:
            needs = list_text([f"“{curriculum.topics[root].title}”" for root in excluded_by[topic_id]])
            raise InvalidInput(
                f"“{curriculum.topics[topic_id].title}” is pinned but needs {needs}, which you left out; "
                "unpin the one or take the other back in."
            )

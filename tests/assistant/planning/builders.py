"""Curricula and requests for the planner's tests: small ones by hand, random ones for hypothesis."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, timedelta
from importlib import resources
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from assistant.curriculum import Curriculum
from assistant.domain import Hours, Level, Module, Prerequisite, Resource, Topic
from assistant.planning import Activity, PlanRequest, StudyItem, StudyPlan
from assistant.planning.units import topic_minutes

PROPERTY = settings(max_examples=60, deadline=None, database=None, derandomize=True)
TUESDAY = date(2026, 12, 1)
SCHEMA = Draft202012Validator(
    json.loads(resources.files("assistant.planning").joinpath("plan.schema.json").read_text("utf-8")),
    format_checker=Draft202012Validator.FORMAT_CHECKER,
)


def topic(
    topic_id: str, module: int = 1, hours: float = 1.0, hard: Iterable[str] = (), soft: Iterable[str] = ()
) -> Topic:
    """A topic called "Topic <id>"; each edge's reason names both ends."""
    edges = [Prerequisite(other, True, f"{topic_id} uses {other}.") for other in hard]
    edges += [Prerequisite(other, False, f"{other} sheds light on {topic_id}") for other in soft]
    return Topic(
        topic_id,
        f"Topic {topic_id}",
        module,
        Level.BEGINNER,
        Hours(hours, hours, hours),
        prerequisites=tuple(edges),
        aliases=(),
    )


def curriculum(*topics: Topic, project_hours: float = 1.0) -> Curriculum:
    """Modules in the order of their numbers, each with its topics in the order given."""
    numbers = sorted({one.module for one in topics})
    return Curriculum(
        tuple(
            _module(number, tuple(one for one in topics if one.module == number), project_hours) for number in numbers
        )
    )


def _module(number: int, topics: tuple[Topic, ...], project_hours: float) -> Module:
    hours = Hours(1, 1, 1)
    return Module(number, f"module-{number}", f"Module {number}", Level.BEGINNER, "", hours, project_hours, (), topics)


def resource(
    resource_id: str, topics: Iterable[str], minutes: int = 5, level: Level = Level.BEGINNER, *, free: bool = True
) -> Resource:
    """A page called "Page <id>"."""
    url = f"https://pages.example/{resource_id}"
    return Resource(resource_id, f"Page {resource_id}", url, "docs", level, minutes, tuple(topics), free, "", "")


def plain(start: date, minutes_per_week: int, **fields: Any) -> PlanRequest:
    """A request without review and projects, for plans to be worked out by hand."""
    return PlanRequest(start, minutes_per_week, **{"review_percent": 0, "projects": False, **fields})


def scheduled(plan: StudyPlan) -> list[str]:
    """Topic ids in the order in which the plan first studies them."""
    studied = (Activity.READ, Activity.PRACTISE)
    return list(dict.fromkeys(item.topic for item in plan.items if item.activity in studied))


def study(plan: StudyPlan) -> list[StudyItem]:
    """All items but reviews."""
    return [item for item in plan.items if item.activity is not Activity.REVIEW]


def planned(plan: StudyPlan) -> set[str]:
    """Topics that the plan holds as work; those whose minutes were all spent before have no items."""
    return set(scheduled(plan))


def spent_up(graph: Curriculum, request: PlanRequest) -> set[str]:
    """Topics whose minutes were all spent before."""
    done = dict(request.done_minutes)
    pace = request.pace_percent
    return {one.id for one in graph.topics.values() if topic_minutes(one, pace) <= done.get(one.id, 0)}


@st.composite
def curricula(draw: st.DrawFn, max_topics: int = 10, min_topics: int = 1) -> Curriculum:
    """Random graphs without cycles; the roadmap's order says nothing about the direction of an edge."""
    count = draw(st.integers(min_topics, max_topics))
    names = [f"t{index}" for index in range(count)]
    rank = dict(zip(names, draw(st.permutations(range(count))), strict=True))
    topics = []
    for name in names:
        earlier = [other for other in names if rank[other] < rank[name]]
        edges = draw(st.dictionaries(st.sampled_from(earlier), st.booleans(), max_size=3)) if earlier else {}
        hours = draw(st.sampled_from([0.01, 0.2, 0.3, 0.75, 1, 1.25, 2, 2.37, 3.5, 8, 20]))
        hard = [other for other, is_hard in edges.items() if is_hard]
        soft = [other for other, is_hard in edges.items() if not is_hard]
        topics.append(topic(name, draw(st.integers(1, 4)), hours, hard, soft))
    return curriculum(*topics, project_hours=draw(st.sampled_from([0.1, 1, 3.25])))


WEEKLY_MINUTES = st.one_of(
    st.integers(1, 30), st.sampled_from([60, 90, 360, 366, 390, 600, 645, 720, 6720]), st.integers(1, 6720)
)


_DAY_MINUTES = st.sampled_from([0, 0, 5, 10, 17, 18, 20, 45, 60, 90, 240, 960])


@st.composite
def cases(draw: st.DrawFn, with_deadline: bool | None = None) -> tuple[Curriculum, PlanRequest]:
    """A random curriculum with a random request over it; without a deadline, with one, or (None) either."""
    graph = draw(curricula())
    ids = st.sampled_from(list(graph.topics))
    start = draw(st.dates(date(2023, 12, 20), date(2028, 3, 5)))
    days = st.one_of(st.integers(0, 10), st.integers(0, 400))
    deadline = (
        start + timedelta(days=draw(days))
        if (draw(st.booleans()) if with_deadline is None else with_deadline)
        else None
    )
    near = st.integers(-2, 60).map(lambda offset: start + timedelta(days=offset))
    weekdays = draw(st.one_of(st.just(()), st.tuples(*[_DAY_MINUTES] * 7).filter(any)))
    known = draw(st.frozensets(ids, max_size=4))
    excluded = draw(st.one_of(st.just(frozenset()), st.frozensets(ids, max_size=2)))
    pinned = draw(st.one_of(st.just(frozenset()), st.frozensets(ids, max_size=2)))
    units = st.sampled_from([*graph.topics, *(f"project:{module.id}" for module in graph.modules)])
    return graph, PlanRequest(
        start=start,
        minutes_per_week=sum(weekdays) or draw(WEEKLY_MINUTES),
        weekday_minutes=weekdays,
        deadline=deadline,
        targets=tuple(draw(st.lists(ids, max_size=4))),
        known=known,
        excluded=excluded,
        pinned=frozenset(one for one in pinned - excluded if not excluded & set(graph.closure([one], known))),
        goal=draw(st.sampled_from(["", "Run a service"])),
        days_off=draw(st.frozensets(near, max_size=5)),
        exceptions=tuple(draw(st.dictionaries(near, _DAY_MINUTES, max_size=5)).items()),
        session_minutes=draw(st.sampled_from([15, 25, 60, 90, 90, 90, 120, 960])),
        review_percent=draw(st.sampled_from([0, 1, 10, 17, 17, 17, 20, 50])),
        pace_percent=draw(st.sampled_from([25, 80, 100, 100, 137, 400])),
        projects=draw(st.booleans()),
        excluded_projects=draw(st.frozensets(st.sampled_from([module.id for module in graph.modules]), max_size=1)),
        done_minutes=tuple(draw(st.dictionaries(units, st.integers(0, 150), max_size=3)).items()),
    )

"""Curricula and requests for the planner's tests: small ones by hand, random ones for hypothesis."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from hypothesis import settings
from hypothesis import strategies as st

from assistant.curriculum import Curriculum
from assistant.domain import Hours, Level, Module, Prerequisite, Topic
from assistant.planning import PlanRequest, StudyPlan

PROPERTY = settings(max_examples=60, deadline=None, database=None)
TUESDAY = date(2026, 12, 1)


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


def curriculum(*topics: Topic) -> Curriculum:
    """Modules in the order of their numbers, each with its topics in the order given."""
    numbers = sorted({one.module for one in topics})
    return Curriculum(
        tuple(_module(number, tuple(one for one in topics if one.module == number)) for number in numbers)
    )


def _module(number: int, topics: tuple[Topic, ...]) -> Module:
    hours = Hours(1, 1, 1)
    return Module(number, f"module-{number}", f"Module {number}", Level.BEGINNER, "", hours, 0.0, (), topics)


def scheduled(plan: StudyPlan) -> list[str]:
    """Topic ids in the order in which the plan first touches them."""
    return list(dict.fromkeys(item.topic for item in plan.items))


@st.composite
def curricula(draw: st.DrawFn, max_topics: int = 10) -> Curriculum:
    """Random graphs without cycles; the roadmap's order says nothing about the direction of an edge."""
    count = draw(st.integers(1, max_topics))
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
    return curriculum(*topics)


WEEKLY_MINUTES = st.one_of(
    st.integers(1, 30), st.sampled_from([60, 90, 360, 366, 390, 600, 645, 720, 6720]), st.integers(1, 6720)
)


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
    return graph, PlanRequest(
        start=start,
        minutes_per_week=draw(WEEKLY_MINUTES),
        deadline=deadline,
        targets=tuple(draw(st.lists(ids, max_size=4))),
        known=draw(st.frozensets(ids, max_size=4)),
        goal=draw(st.sampled_from(["", "Run a service"])),
        session_minutes=draw(st.sampled_from([15, 25, 60, 90, 90, 90, 120, 960])),
    )

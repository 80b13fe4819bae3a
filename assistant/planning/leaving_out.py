"""What a plan does not hold, and why: one entry per topic or project.

Owns: finding out which sentence is true. Refuses: the sentences (``rationale``).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from assistant.curriculum import Curriculum
from assistant.domain import Topic
from assistant.planning.plan import Activity, Unscheduled
from assistant.planning.rationale import reason_dropped, reason_excluded, reason_orphan
from assistant.planning.request import PlanRequest
from assistant.planning.scope import Scope
from assistant.planning.units import project_minutes, topic_minutes
from assistant.planning.ways_out import Assessment
from assistant.planning.wording import date_text, duration_text


def unscheduled(
    curriculum: Curriculum, request: PlanRequest, scope: Scope, assessment: Assessment
) -> tuple[Unscheduled, ...]:
    """First what does not fit, in study order, then its projects, then what was excluded."""
    # Only a deadline leaves topics out; the fallback keeps the types honest.
    deadline = request.deadline or request.start
    return (
        *_dropped_topics(request, scope, assessment.topics, deadline),
        *_dropped_projects(curriculum, request, scope, assessment, deadline),
        *_excluded(curriculum, scope),
    )


def _dropped_topics(request: PlanRequest, scope: Scope, kept: Collection[str], deadline: date) -> list[Unscheduled]:
    dropped = [topic for topic in scope.planned if topic.id not in kept]
    result = []
    for topic in dropped:
        missing = _prerequisites_among(topic, dropped)
        served = [] if topic.id in scope.goals else _dependents_among(topic, dropped)
        minutes = topic_minutes(topic, request.pace_percent)
        result.append(Unscheduled(topic.id, topic.title, reason_dropped(topic, minutes, missing, served, deadline)))
    return result


def _dropped_projects(
    curriculum: Curriculum, request: PlanRequest, scope: Scope, assessment: Assessment, deadline: date
) -> list[Unscheduled]:
    result = []
    for number in scope.projects:
        if number in assessment.projects:
            continue
        module = curriculum.module(number)
        planned = [topic for topic in scope.planned if topic.module == number]
        if any(topic.id not in assessment.topics for topic in planned):
            reason = "Its module is not studied whole before the deadline."
        else:
            takes = duration_text(project_minutes(module, request.pace_percent))
            reason = f"Takes {takes}, which do not fit before the deadline, {date_text(deadline)}."
        last = planned[-1] if planned else module.topics[-1]
        title = f"Project of module {number}, {module.title}"
        result.append(Unscheduled(last.id, title, reason, Activity.PROJECT))
    return result


def _excluded(curriculum: Curriculum, scope: Scope) -> list[Unscheduled]:
    result = []
    for topic_id, roots in scope.excluded_by.items():
        topic = curriculum.topics[topic_id]
        reason = reason_excluded(topic, [curriculum.topics[root] for root in roots])
        result.append(Unscheduled(topic_id, topic.title, reason))
    gone = [curriculum.topics[topic_id] for topic_id in (*scope.excluded_by, *scope.orphans)]
    for topic_id in scope.orphans:
        topic = curriculum.topics[topic_id]
        result.append(Unscheduled(topic_id, topic.title, reason_orphan(_dependents_among(topic, gone))))
    return result


def _prerequisites_among(topic: Topic, others: Sequence[Topic]) -> list[Topic]:
    ids = {edge.id for edge in topic.prerequisites if edge.hard}
    return [other for other in others if other.id in ids]


def _dependents_among(topic: Topic, others: Sequence[Topic]) -> list[Topic]:
    return [other for other in others if any(edge.hard and edge.id == topic.id for edge in other.prerequisites)]

"""Which topics a learner has begun, what was studied last first.

Owns: that order. Refuses: what is asked about them (``assistant.practice``).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, time

from assistant.learners import Learner
from assistant.practice_store import PracticeAnswer
from assistant.progress import TopicState
from assistant.study import Study


def begun_topics(study: Study, learner: Learner, answers: Iterable[PracticeAnswer]) -> tuple[str, ...]:
    """Topic ids of today's roadmap; ``answers`` are the learner's.

    Begun is what is done, has a logged sitting or an answered question. What is known from before comes after, in the
    roadmap's order.
    """
    progress = study.journal.progress
    studied = [(each.topic, each.at) for each in progress.topics(learner.id).values() if each.state is TopicState.DONE]
    sat = [entry for entry in progress.entries(learner.id) if entry.minutes]
    studied += [(entry.unit, datetime.combine(entry.day, time(), UTC)) for entry in sat]
    studied += [(answer.topic, answer.at) for answer in answers]
    moments: dict[str, datetime] = {}
    for old, at in studied:
        for topic in study.renames.now(old):
            moments[topic] = max(at, moments.get(topic, at))
    order = {topic: place for place, topic in enumerate(study.curriculum.topics)}
    recent = sorted(moments, key=lambda topic: (-moments[topic].timestamp(), order[topic]))
    known = sorted(study.standing().known & order.keys() - moments.keys(), key=order.__getitem__)
    return (*recent, *known)

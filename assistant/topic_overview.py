"""Everything there is on one topic: where it stands, what it needs, its notes, resources and questions.

Owns: bringing it together. Pure but for reading the notes. Refuses: what a learner has done (``assistant.study``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.check_questions import CheckQuestions
from assistant.curriculum import Curriculum
from assistant.domain import CheckQuestion, Module, Prerequisite, Resource, Topic
from assistant.errors import InvalidInput
from assistant.note_files import NoteFiles
from assistant.notes import CONNECTIONS, Section


@dataclass(frozen=True, slots=True)
class TopicOverview:
    """One topic. ``needs`` and ``unlocks`` are the edges to the topics before and after it, hard ones first.

    ``sections`` are the notes in order without "How it connects", which is ``connections``: (topic id, sentence).
    """

    topic: Topic
    module: Module
    needs: tuple[tuple[Topic, Prerequisite], ...]
    unlocks: tuple[tuple[Topic, Prerequisite], ...]
    sections: tuple[Section, ...]
    connections: tuple[tuple[str, str], ...]
    resources: tuple[Resource, ...]
    questions: tuple[CheckQuestion, ...]


def topic_overview(
    curriculum: Curriculum,
    notes: NoteFiles,
    questions: CheckQuestions,
    catalogue: Sequence[Resource],
    topic_id: str,
) -> TopicOverview:
    """Bring together what there is on a topic; its own resources come before those that also serve others.

    Raises:
        CorpusError: the notes cannot be read.
        InvalidInput: there is no such topic.
    """
    topic = curriculum.topics.get(topic_id)
    if topic is None:
        raise InvalidInput(f"The roadmap has no topic called {topic_id!r}. `study topics` lists the ids.")
    read = notes.topic(topic_id)
    needs = [(curriculum.topics[edge.id], edge) for edge in topic.prerequisites]
    unlocks = [
        (other, edge) for other in curriculum.topics.values() for edge in other.prerequisites if edge.id == topic_id
    ]
    resources = [resource for resource in catalogue if topic_id in resource.topics]
    return TopicOverview(
        topic=topic,
        module=curriculum.module(topic.module),
        needs=tuple(sorted(needs, key=lambda pair: not pair[1].hard)),
        unlocks=tuple(sorted(unlocks, key=lambda pair: not pair[1].hard)),
        sections=tuple(section for section in read.sections if section.heading != CONNECTIONS) if read else (),
        connections=read.connections if read else (),
        resources=tuple(sorted(resources, key=lambda resource: resource.topics.index(topic_id))),
        questions=questions.on(topic_id),
    )

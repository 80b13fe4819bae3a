"""Topics that an edit of the roadmap has renamed, so that progress by their old ids is not lost.

Owns: ``corpus/renamed.yaml``, and carrying plans and progress over. Refuses: forgetting: what is neither on the roadmap
nor renamed is named to the learner and stays in the journal.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from assistant.curriculum import Curriculum
from assistant.errors import CorpusError
from assistant.planning.plan import StudyItem, StudyPlan
from assistant.progress import LogEntry, TopicProgress
from assistant.yaml_file import read_yaml

RENAMED_FILE = "renamed.yaml"


@dataclass(frozen=True, slots=True)
class Renames:
    """Old topic ids with the ids that took their place."""

    curriculum: Curriculum
    by_old: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def now(self, topic: str) -> tuple[str, ...]:
        """The ids of a topic on today's roadmap; empty if it is gone."""
        return (topic,) if topic in self.curriculum.topics else self.by_old.get(topic, ())

    def before(self, topic: str) -> tuple[str, ...]:
        """The ids that a topic of today's roadmap had before."""
        return tuple(old for old, new in self.by_old.items() if topic in new)

    def gone(self, topics: Iterable[str]) -> tuple[str, ...]:
        """Those of the topics that are neither on the roadmap nor renamed, sorted."""
        return tuple(sorted({topic for topic in topics if not self.now(topic)}))

    def progress(self, progress: Mapping[str, TopicProgress]) -> dict[str, TopicProgress]:
        """Progress by today's ids; what is recorded under a topic's own id outweighs what its old name says."""
        carried = {new: replace(each, topic=new) for old, each in progress.items() for new in self.now(old)}
        return carried | {topic: each for topic, each in progress.items() if topic in self.curriculum.topics}

    def entry(self, entry: LogEntry) -> LogEntry:
        """A log entry by today's ids."""
        topic, colon, rest = entry.item.partition(":")
        unit = self.now(entry.unit)[:1] or (entry.unit,)
        return replace(entry, item=(self.now(topic)[:1] or (topic,))[0] + colon + rest, unit=unit[0])

    def plan(self, plan: StudyPlan) -> StudyPlan:
        """A plan by today's ids, without the items of topics that are gone."""
        weeks = tuple(
            replace(week, items=tuple(item for old in week.items if (item := self._item(old)) is not None))
            for week in plan.weeks
        )
        return replace(
            plan,
            weeks=weeks,
            targets=self._ids(plan.targets),
            known=self._ids(plan.known),
            excluded=self._ids(plan.excluded),
            pinned=self._ids(plan.pinned),
            done_minutes=tuple((unit, minutes) for unit, minutes in plan.done_minutes if ":" in unit or self.now(unit)),
        )

    def _ids(self, topics: Iterable[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(new for old in topics for new in self.now(old)))

    def _item(self, item: StudyItem) -> StudyItem | None:
        new = self.now(item.topic)[:1]
        if not new or new[0] == item.topic:
            return item if new else None
        topic = self.curriculum.topics[new[0]]
        title = self.curriculum.module(topic.module).title
        return replace(item, topic=topic.id, title=topic.title, module=topic.module, module_title=title)


def load_renames(corpus_dir: Path, curriculum: Curriculum) -> Renames:
    """Read ``renamed.yaml``: each old id with its new id, or a list of them; none if there is no such file.

    Raises:
        CorpusError: the file breaks its form, or names a topic that is not on the roadmap.
    """
    path = corpus_dir / RENAMED_FILE
    if not path.is_file():
        return Renames(curriculum)
    found = read_yaml(path) or {}
    if not isinstance(found, dict):
        raise CorpusError(f"{path}: it must map old topic ids to new ones.")
    by_old = {}
    for old, value in found.items():
        new = tuple(value) if isinstance(value, list) else (value,)
        if not isinstance(old, str) or not new or not all(topic in curriculum.topics for topic in new):
            raise CorpusError(f"{path}: {old}: every new name must be a topic of the roadmap.")
        if old in curriculum.topics:
            raise CorpusError(f"{path}: {old} is still a topic of the roadmap and cannot be renamed.")
        by_old[old] = new
    return Renames(curriculum, by_old)

"""Why an item of a new version is not where it was: one sentence each.

Owns: the sentences. Refuses: changing anything.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from assistant.curriculum import Curriculum
from assistant.planning.plan import Activity, StudyItem, StudyPlan
from assistant.planning.wording import day_text
from assistant.replanning.changes import ChangeKind
from assistant.replanning.merging import Merged


class Reasons:
    """Called with a change's kind and item, gives its sentence."""

    def __init__(self, curriculum: Curriculum, merged: Merged, fresh: StudyPlan, missed: Collection[str]) -> None:
        self._curriculum = curriculum
        self._merged = merged
        self._missed = missed
        self._left_out = {one.topic: one.reason for one in fresh.unscheduled}
        self._known = frozenset(fresh.known)
        self._excluded = frozenset(fresh.excluded)
        self._last_day = _last_days(merged)

    def __call__(self, kind: ChangeKind, item: StudyItem) -> str:
        """The sentence for one change."""
        match kind:
            case ChangeKind.ADDED:
                if item.activity is Activity.REVIEW:
                    return "Reviews follow what you have finished by then."
                return "This plan needs it now." if self._merged.makes_room else "Laid out anew."
            case ChangeKind.DROPPED:
                return self._dropped(item)
            case ChangeKind.RESIZED:
                if item.activity is Activity.REVIEW:
                    return "The day leaves another time for review."
                return "What was begun needs only the rest."
            case ChangeKind.MOVED:
                return self._moved(item)

    def _dropped(self, item: StudyItem) -> str:
        if item.activity is Activity.REVIEW:
            return "Reviews follow what you have finished by then."
        if item.topic in self._known:
            return "You know it now."
        if item.topic in self._excluded:
            return "You left it out."
        return self._left_out.get(item.topic, "Nothing that is left needs it.")

    def _moved(self, item: StudyItem) -> str:
        if item.activity is Activity.REVIEW:
            return "Reviews follow what you have finished by then."
        if item.key in self._missed:
            return "It was missed on its day."
        for edge in self._curriculum.topics[item.topic].prerequisites:
            day = self._last_day.get(edge.id)
            if day is not None and day <= item.date:
                title = self._curriculum.topics[edge.id].title
                return f"Makes room for what was missed; “{title}” comes first, on {day_text(day)}."
        return "Makes room for what was missed; nothing waits for it." if self._merged.makes_room else "Laid out anew."


def _last_days(merged: Merged) -> Mapping[str, date]:
    last: dict[str, date] = {}
    for item in merged.items:
        if item.activity in {Activity.READ, Activity.PRACTISE}:
            last[item.topic] = max(item.date, last.get(item.topic, item.date))
    return last

"""The difference between two versions of a plan, item by item, with the reason for each change.

Owns: comparing, and the sentences. Refuses: deciding what changes (``assistant.replanning.replanner``).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from assistant.planning.plan import StudyItem, StudyPlan


class ChangeKind(StrEnum):
    """What became of an item."""

    MOVED = "moved"
    DROPPED = "dropped"
    ADDED = "added"
    RESIZED = "resized"


@dataclass(frozen=True, slots=True)
class Change:
    """One item that is not what it was: ``before`` is None for an added one, ``after`` for a dropped one."""

    kind: ChangeKind
    before: StudyItem | None
    after: StudyItem | None
    reason: str

    @property
    def item(self) -> StudyItem:
        """The item as it is now, or was."""
        found = self.after or self.before
        assert found is not None  # noqa: S101 - one of the two is always given
        return found


@dataclass(frozen=True, slots=True)
class Replan:
    """A new version of a plan, and how it differs from the one before; ``unchanged`` counts the other items.

    ``makes_room`` says that missed items were fitted in among the others; otherwise everything was laid out anew.
    """

    plan: StudyPlan
    changes: tuple[Change, ...]
    unchanged: int
    makes_room: bool

    @property
    def counts(self) -> Mapping[ChangeKind, int]:
        """How many changes there are of each kind."""
        return {kind: sum(change.kind is kind for change in self.changes) for kind in ChangeKind}


def compare(
    before: Mapping[str, StudyItem],
    after: Mapping[str, StudyItem],
    reason: Callable[[ChangeKind, StudyItem], str],
) -> tuple[Change, ...]:
    """Every change from one set of items to another, by key; the earliest in the new plan first, dropped ones last."""
    changes = []
    for key, item in after.items():
        old = before.get(key)
        if old is None:
            kind = ChangeKind.ADDED
        elif old.date != item.date:
            kind = ChangeKind.MOVED
        elif old.minutes != item.minutes:
            kind = ChangeKind.RESIZED
        else:
            continue
        changes.append(Change(kind, old, item, reason(kind, item)))
    dropped = [item for key, item in before.items() if key not in after]
    changes += [Change(ChangeKind.DROPPED, item, None, reason(ChangeKind.DROPPED, item)) for item in dropped]
    return tuple(changes)

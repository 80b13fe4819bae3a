"""A new version of a plan beside the one before, as figures and as a table.

Owns: the words of a diff. Pure. Refuses: making the version (``assistant.replanning``).
"""

from __future__ import annotations

from collections.abc import Mapping

from assistant.planning import Activity, StudyPlan
from assistant.planning.wording import date_text
from assistant.replanning import Change, ChangeKind, Replan
from assistant.ui.plan.sittings import session_text

KIND_WORDS = {
    ChangeKind.MOVED: "Moved",
    ChangeKind.DROPPED: "Dropped",
    ChangeKind.ADDED: "Added",
    ChangeKind.RESIZED: "Other length",
}


def counts_of(version: Replan) -> Mapping[str, int]:
    """How many items are moved, dropped, added, of another length, and unchanged; a rare kind only if there is one."""
    kinds = [kind for kind in KIND_WORDS if kind is not ChangeKind.RESIZED or version.counts[kind]]
    return {**{_words(version, kind): version.counts[kind] for kind in kinds}, "Unchanged": version.unchanged}


def _words(version: Replan, kind: ChangeKind) -> str:
    """``Dropped, all of them reviews``: who studies faster forgets less in between, and no topic is lost."""
    reviews = sum(each.kind is kind and each.item.activity is Activity.REVIEW for each in version.changes)
    if kind not in {ChangeKind.DROPPED, ChangeKind.ADDED} or not reviews:
        return KIND_WORDS[kind]
    return f"{KIND_WORDS[kind]}, {'all' if reviews == version.counts[kind] else reviews} of them reviews"


def rows_of(version: Replan) -> list[dict[str, object]]:
    """One row for each change, in the order of the new days."""
    return [_row(change) for change in version.changes]


def summary(version: Replan, before: StudyPlan) -> str:
    """When the new version ends, and by how much that moved."""
    after = version.plan.finish
    days = (after - before.finish).days
    if days == 0:
        return f"The end stays where it was: {date_text(after)}."
    unit = "day" if abs(days) == 1 else "days"
    return f"The end moves from {date_text(before.finish)} to {date_text(after)}, {abs(days)} {unit} " + (
        "later." if days > 0 else "earlier."
    )


def _row(change: Change) -> dict[str, object]:
    before, after = change.before, change.after
    return {
        "Change": KIND_WORDS[change.kind],
        "What": session_text(change.item),
        "From": before.date if before else None,
        "To": after.date if after else None,
        "Minutes": change.item.minutes,
        "Why": change.reason,
    }

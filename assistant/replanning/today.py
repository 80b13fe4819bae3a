"""What to do now: the best use of the minutes there are, also in a bad week.

Owns: which items come next and how much of each fits. Pure. Refuses: moving the plan (``replanner``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.curriculum import Curriculum
from assistant.planning.plan import Activity, StudyItem, StudyPlan
from assistant.replanning.ledger import LEARNING, Ledger

_SHORTEST_MINUTES = 5
"""Less than this is over before it has begun."""
_REVIEW_SHARE = 3
"""At most one of so many minutes goes to review: going on matters more, and reviews come again."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """An item to do now and for how many minutes; ``is_whole`` says that this finishes it, ``is_late`` that it is due
    from before today."""

    item: StudyItem
    minutes: int
    is_whole: bool
    is_late: bool


def propose(
    curriculum: Curriculum, plan: StudyPlan, ledger: Ledger, today: date, minutes: int | None = None
) -> tuple[Proposal, ...]:
    """What to do today: what the plan says, or the best ``minutes`` of what is open.

    With minutes, a review that is due comes first with at most a third of them, then the open items in the order of
    study, whatever their day, as far as what they build on is done; the last one may be begun only.
    """
    if minutes is None:
        return tuple(
            Proposal(item, ledger.minutes_left(item), is_whole=True, is_late=item.date < today)
            for item in _due(plan, ledger, today)
        )
    return tuple(_best(curriculum, plan, ledger, today, minutes))


def _due(plan: StudyPlan, ledger: Ledger, today: date) -> list[StudyItem]:
    """Today's items, after the ones that were missed; an earlier day's review is over."""
    reviews = _reviews(plan, ledger, today)
    return [
        item
        for item in plan.items
        if item in reviews
        or (
            item.activity is not Activity.REVIEW and item.date <= today and item.key not in ledger.done | ledger.skipped
        )
    ]


def _reviews(plan: StudyPlan, ledger: Ledger, today: date) -> list[StudyItem]:
    """Today's reviews, of what is finished: there is nothing to review in a topic that was missed."""
    unfinished = {item.topic for item in plan.items if item.activity in LEARNING and item.key not in ledger.done}
    return [
        item
        for item in plan.items
        if item.activity is Activity.REVIEW
        and item.date == today
        and item.topic not in unfinished
        and item.key not in ledger.done | ledger.skipped
    ]


def _best(curriculum: Curriculum, plan: StudyPlan, ledger: Ledger, today: date, minutes: int) -> Iterator[Proposal]:
    left = minutes
    review = next(iter(_reviews(plan, ledger, today)), None)
    if review is not None and minutes // _REVIEW_SHARE >= min(review.minutes, _SHORTEST_MINUTES):
        given = min(review.minutes, minutes // _REVIEW_SHARE)
        yield Proposal(review, given, given == review.minutes, is_late=False)
        left -= given
    for item in _ready(curriculum, plan.items, ledger):
        if left < _SHORTEST_MINUTES:
            return
        needed = ledger.minutes_left(item)
        given = min(left, needed)
        yield Proposal(item, given, given == needed, is_late=item.date < today)
        left -= given


def _ready(curriculum: Curriculum, items: Sequence[StudyItem], ledger: Ledger) -> Iterator[StudyItem]:
    """Open items in the order of study of which everything they build on is done or comes before them here."""
    open_topics = {item.topic for item in items if item.activity in LEARNING and item.key not in ledger.done}
    coming: set[str] = set()
    for item in items:
        if item.activity is Activity.REVIEW or item.key in ledger.done:
            continue
        if item.activity in LEARNING:
            edges = curriculum.topics[item.topic].prerequisites if item.topic in curriculum.topics else ()
            if any(edge.hard and edge.id in open_topics - coming for edge in edges):
                continue
            coming.add(item.topic)
        yield item

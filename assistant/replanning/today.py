"""What to do now: the best use of the minutes there are, also in a bad week.

Owns: which items come next and how much of each fits. Pure. Refuses: moving the plan (``replanner``).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.curriculum import Curriculum
from assistant.planning.plan import Activity, StudyItem, StudyPlan
from assistant.replanning.ledger import LEARNING, Ledger

_SHORTEST_MINUTES = 5
"""Less than this is over before it has begun."""
SHORT_REVIEW_MINUTES = 5
"""A review of what is well known by its questions takes no longer: enough to look at the whole once more."""
_REVIEW_SHARE = 3
"""At most one of so many minutes goes to review: going on matters more, and reviews come again."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """An item to do now and for how many minutes.

    ``is_whole`` says that this finishes it, ``is_late`` that it is due from before today, ``is_shortened`` that it is a
    review of what is well known and takes less than planned.
    """

    item: StudyItem
    minutes: int
    is_whole: bool
    is_late: bool
    is_shortened: bool = False


def propose(
    curriculum: Curriculum,
    plan: StudyPlan,
    ledger: Ledger,
    today: date,
    minutes: int | None = None,
    well_known: Collection[str] = (),
) -> tuple[Proposal, ...]:
    """What to do today: what the plan says, or the best ``minutes`` of what is open.

    With minutes, a review that is due comes first with at most a third of them, then the open items in the order of
    study, whatever their day, as far as what they build on is done; the last one may be begun only. Reviews of topics
    that are ``well_known`` are shortened; the plan itself does not change.
    """
    if minutes is None:
        return tuple(
            Proposal(
                item,
                review_minutes(item, well_known) if item.activity is Activity.REVIEW else ledger.minutes_left(item),
                is_whole=True,
                is_late=item.date < today,
                is_shortened=review_minutes(item, well_known) < item.minutes,
            )
            for item in _due(plan, ledger, today)
        )
    return tuple(_best(curriculum, plan, ledger, today, minutes, well_known))


def review_minutes(item: StudyItem, well_known: Collection[str]) -> int:
    """How long an item takes where it is a review of what is well known; any other takes as long as was planned."""
    is_short = item.activity is Activity.REVIEW and item.topic in well_known
    return min(item.minutes, SHORT_REVIEW_MINUTES) if is_short else item.minutes


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


def _best(
    curriculum: Curriculum, plan: StudyPlan, ledger: Ledger, today: date, minutes: int, well_known: Collection[str]
) -> Iterator[Proposal]:
    left = minutes
    # Of several reviews, one of what is not well known first.
    reviews = sorted(_reviews(plan, ledger, today), key=lambda item: item.topic in well_known)
    review = reviews[0] if reviews else None
    if review is not None and minutes // _REVIEW_SHARE >= min(review.minutes, _SHORTEST_MINUTES):
        wanted = review_minutes(review, well_known)
        given = min(wanted, minutes // _REVIEW_SHARE)
        yield Proposal(review, given, given == wanted, is_late=False, is_shortened=wanted < review.minutes)
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

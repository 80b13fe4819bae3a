"""The items of a new version: the old ones moved as little as may be, or all laid out anew.

Owns: which items there are and on which day, reviews included. Refuses: the search itself
(``assistant.replanning.moving``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.curriculum import Curriculum
from assistant.planning.availability import Availability
from assistant.planning.plan import Activity, StudyItem, StudyPlan
from assistant.planning.reviews import plan_reviews
from assistant.planning.sessions import review_item
from assistant.replanning.ledger import LEARNING
from assistant.replanning.moving import Pieces, Room, Task, place

_LATER_DAYS = 60
"""How long after the tightest possible finish items may end where there is no deadline: making room leaves gaps."""
_LEAST_TO_SEARCH = 100
"""Among fewer items the search is quick, whatever is to be placed."""
_PARTS = (Activity.READ, Activity.PRACTISE, Activity.QUIZ, Activity.PROJECT)
"""Activities in the order in which they follow each other."""

Unit = tuple[Activity, str]
"""A topic, a module's quiz or a module's project."""


@dataclass(frozen=True, slots=True)
class Merged:
    """The items that are still to come, in the order of days; ``makes_room`` as in ``Replan``."""

    items: tuple[StudyItem, ...]
    makes_room: bool


def fitted_in(
    curriculum: Curriculum,
    settled: Sequence[StudyItem],
    open_items: Mapping[str, StudyItem],
    fresh: StudyPlan,
    calendar: Availability,
) -> Merged | None:
    """The old items with room made for the missed ones; None where that is not possible.

    ``fresh`` says which units of work are still wanted, and has the items of new ones; ``calendar`` are the days from
    the old plan's start on.
    """
    wanted = _units(fresh.items)
    # A module that is half done has fewer topics left than a quiz wants, but it was to end with one.
    modules = {item.module for item in (*fresh.items, *settled) if item.activity in LEARNING}
    wanted |= {_unit(i) for i in open_items.values() if i.activity is Activity.QUIZ and i.module in modules}
    wanted -= _quizzes_taken(settled)
    items = {key: item for key, item in open_items.items() if _unit(item) in wanted}
    new = wanted - _units(items.values())
    added = {item.key: item for item in fresh.items if item.activity is not Activity.REVIEW and _unit(item) in new}
    every = {**items, **added}
    if len(every) < len(items) + len(added):
        return None
    standing = [key for key, item in items.items() if item.date >= fresh.start]
    # With most of the work still to be placed there is little to keep, and the search would take long.
    if len(every) > _LEAST_TO_SEARCH and len(standing) * 2 < len(every):
        return None
    tasks = list(_tasks(curriculum, every, fresh, standing))
    last = fresh.deadline or date.fromordinal(min(fresh.finish.toordinal() + _LATER_DAYS, date.max.toordinal()))
    pieces = place(tasks, dict(_rooms(items.values(), fresh.start, last, calendar)))
    if pieces is None:
        return None
    placed = _placed([every[task.key] for task in tasks], pieces)
    unfinished = {one.topic for one in fresh.unscheduled}
    reviews = _reviews(curriculum, [*settled, *placed], unfinished, calendar, fresh.start)
    reviews = _renamed(reviews, settled)
    return Merged(tuple(sorted([*reviews, *placed], key=lambda item: item.date)), makes_room=True)


def _placed(items: Sequence[StudyItem], pieces: Mapping[str, Pieces]) -> list[StudyItem]:
    """The items on their days; the second and further pieces of one are new parts."""
    parts: Counter[tuple[str, Activity]] = Counter()
    for item in items:
        parts[item.topic, item.activity] = max(parts[item.topic, item.activity], item.part, item.parts)
    placed = []
    for item in items:
        (day, minutes), *more = pieces[item.key]
        placed.append(replace(item, date=day, minutes=minutes))
        for other, rest in more:
            parts[item.topic, item.activity] += 1
            placed.append(replace(item, date=other, minutes=rest, part=parts[item.topic, item.activity]))
    return [replace(item, parts=parts[item.topic, item.activity]) for item in placed]


def _renamed(reviews: Sequence[StudyItem], settled: Sequence[StudyItem]) -> list[StudyItem]:
    """The reviews, counted on where a settled one has a number already."""
    taken: Counter[str] = Counter()
    for item in settled:
        if item.activity is Activity.REVIEW:
            taken[item.topic] = max(taken[item.topic], item.part)
    renamed = []
    for item in reviews:
        taken[item.topic] = part = max(item.part, taken[item.topic] + 1)
        renamed.append(replace(item, part=part, parts=max(part, item.parts)))
    return renamed


def _rooms(items: Iterable[StudyItem], first: date, last: date, calendar: Availability) -> Iterator[tuple[date, Room]]:
    """The days of study; where a plan had swapped a little review for study, there still is room for that."""
    planned: Counter[date] = Counter()
    for item in items:
        planned[item.date] += item.minutes
    for day in map(date.fromordinal, range(first.toordinal(), last.toordinal() + 1)):
        cap = calendar.cap(day)
        if cap:
            minutes = max(calendar.study(day), min(cap, planned[day]))
            yield day, Room(minutes, cap - minutes)


def laid_out_anew(settled: Sequence[StudyItem], fresh: StudyPlan) -> Merged:
    """The fresh plan's items, with parts counted on from those that are settled."""
    taken: dict[tuple[str, Activity], int] = {}
    for item in settled:
        place_ = (item.topic, item.activity)
        taken[place_] = max(taken.get(place_, 0), item.part)
    over = _quizzes_taken(settled)
    return Merged(tuple(_counted_on(item, taken) for item in fresh.items if _unit(item) not in over), makes_room=False)


def _counted_on(item: StudyItem, taken: Mapping[tuple[str, Activity], int]) -> StudyItem:
    before = taken.get((item.topic, item.activity), 0)
    return replace(item, part=item.part + before, parts=item.parts + before)


def _unit(item: StudyItem) -> Unit:
    kind = item.activity if item.activity in {Activity.PROJECT, Activity.QUIZ} else Activity.READ
    # A module has one project and one quiz, whichever of its topics they are told with.
    return (kind, item.topic if kind is Activity.READ else str(item.module))


def _quizzes_taken(settled: Sequence[StudyItem]) -> set[Unit]:
    """Also a quiz that was taken before the last of its topics is not taken again."""
    return {_unit(item) for item in settled if item.activity is Activity.QUIZ}


def _units(items: Iterable[StudyItem]) -> set[Unit]:
    return {_unit(item) for item in items if item.activity is not Activity.REVIEW}


def _tasks(
    curriculum: Curriculum, every: Mapping[str, StudyItem], fresh: StudyPlan, standing: Collection[str]
) -> Iterator[Task]:
    """Every item after whatever it builds on, in the order in which the fresh plan studies; ``standing`` have a day."""
    place_of = {unit: number for number, unit in enumerate(dict.fromkeys(map(_unit, fresh.items)))}
    last = len(place_of)
    in_order = sorted(
        every.values(), key=lambda item: (place_of.get(_unit(item), last), _PARTS.index(item.activity), item.part)
    )
    of_topic: dict[str, list[str]] = {}
    of_module: dict[int, list[str]] = {}
    for item in in_order:
        if item.activity in LEARNING:
            of_topic.setdefault(item.topic, []).append(item.key)
            of_module.setdefault(item.module, []).append(item.key)
    placed: dict[Unit, list[str]] = {}
    for item in in_order:
        before = set(placed.setdefault(_unit(item), []))
        if item.activity in LEARNING:
            before.update(*(of_topic.get(edge.id, ()) for edge in curriculum.topics[item.topic].prerequisites))
        else:
            before.update(of_module.get(item.module, ()))
        placed[_unit(item)].append(item.key)
        day = item.date if item.key in standing else None
        yield Task(item.key, item.minutes, day, frozenset(before), _unit(item))


def _reviews(
    curriculum: Curriculum, items: Sequence[StudyItem], unfinished: Collection[str], calendar: Availability, first: date
) -> list[StudyItem]:
    """Reviews from ``first`` on of what is finished by then; the study of a day leaves only so much time for them."""
    studied: Counter[date] = Counter()
    finished: dict[str, date] = {}
    for item in items:
        if item.activity is not Activity.REVIEW:
            studied[item.date] += item.minutes
        if item.activity in LEARNING and item.topic not in unfinished:
            finished[item.topic] = max(item.date, finished.get(item.topic, item.date))
    if not studied:
        return []
    less = {day: min(0, calendar.cap(day) - minutes - calendar.review(day)) for day, minutes in studied.items()}
    in_order = sorted(finished.items(), key=lambda pair: pair[1])
    topics = [(curriculum.topics[topic], day) for topic, day in in_order]
    reviews = plan_reviews(topics, calendar, max(studied), less)
    return [review_item(curriculum, review) for review in reviews if review.day >= first]

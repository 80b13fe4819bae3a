"""Scripted lives of a plan: some of it is done, some missed, and what the new version must keep to.

Owns: the scripts, and checking a new version against the one before. Refuses: replanning, and what every plan promises
(``evals.plans.lint``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from assistant.curriculum import Curriculum
from assistant.domain import Resource
from assistant.planning import Activity, PlanRequest, StudyItem, StudyPlan
from assistant.progress import EntryStatus, LogEntry
from assistant.replanning import Ledger, Replan, ledger_of, unit_of
from evals.plans.lint import Lived, Rule, Violation, violations

_LEARNING = frozenset({Activity.READ, Activity.PRACTISE})
_PARTLY_SHARE = 3
"""A sitting that is broken off has lasted a third of its time."""
_LEAST_LEFT_MINUTES = 5

Replanner = Callable[[StudyPlan, Ledger, date], Replan]


@dataclass(frozen=True, slots=True)
class Script:
    """How a life goes: the first ``done`` items in their order, then one broken off, then ``missed_days`` of nothing.

    ``ahead`` does the items on the plan's first day instead of on their own. With ``forgets`` everything is done up to
    the day of the first such item, and that one is not; it is planned again on the next day of study.
    """

    name: str
    done: int = 0
    broken_off: bool = False
    missed_days: int = 0
    ahead: bool = False
    forgets: Activity | None = None


SCRIPTS = (
    Script("three sessions, one broken off, a week missed", done=3, broken_off=True, missed_days=7),
    Script("six sessions ahead of their days", done=6, ahead=True),
    # Little builds on a quiz, so here the next two days have to stay.
    Script("one quiz forgotten", forgets=Activity.QUIZ),
)


@dataclass(frozen=True, slots=True)
class Life:
    """A plan some days into it: the log, and the day on which it is planned again."""

    plan: StudyPlan
    entries: tuple[LogEntry, ...]
    today: date

    @property
    def ledger(self) -> Ledger:
        """The state of the plan's items."""
        return ledger_of(self.plan, self.entries)


def live(plan: StudyPlan, curriculum: Curriculum, script: Script) -> Life | None:
    """The life that the script makes of the plan; None for a plan that is too short for it, or over by then."""
    work = _work(plan.items)
    if script.forgets is not None:
        return _forgetful(plan, work, curriculum, script.forgets)
    count = script.done + script.broken_off
    if len(work) <= count:
        return None
    entries = [_entry(item, curriculum, EntryStatus.DONE, item.minutes * 6 // 5) for item in work[: script.done]]
    if script.broken_off:
        broken = work[script.done]
        entries.append(_entry(broken, curriculum, EntryStatus.PARTLY, broken.minutes // _PARTLY_SHARE))
    today = plan.start if script.ahead else work[count - 1].date + timedelta(days=script.missed_days)
    if plan.deadline is not None and today > plan.deadline:
        return None
    return Life(plan, tuple(entries), today)


def _forgetful(plan: StudyPlan, work: Sequence[StudyItem], curriculum: Curriculum, activity: Activity) -> Life | None:
    forgotten = next((item for item in work if item.activity is activity), None)
    later = [item.date for item in work if forgotten is not None and item.date > forgotten.date]
    if forgotten is None or not later:
        return None
    done = [item for item in work if item.date <= forgotten.date and item.key != forgotten.key]
    entries = [_entry(item, curriculum, EntryStatus.DONE, item.minutes) for item in done]
    return Life(plan, tuple(entries), later[0])


def replan_violations(
    life: Life, result: Replan, request: PlanRequest, curriculum: Curriculum, catalogue: Sequence[Resource] = ()
) -> tuple[Violation, ...]:
    """Every promise that the new version breaks: those of any plan, and those to whom has begun to follow it."""
    lived = Lived(life.today, _done(life), _spent(life))
    new = (Violation(rule, where) for rule, where in _broken(life, lived, result, curriculum))
    return (*new, *violations(result.plan, request, curriculum, catalogue, lived))


def _broken(life: Life, lived: Lived, result: Replan, curriculum: Curriculum) -> Iterator[tuple[Rule, str]]:
    after = {item.key: item for item in result.plan.items}
    told = {change.item.key for change in result.changes}
    waiting = _waiting(life, lived, curriculum)
    for item in life.plan.items:
        new = after.get(item.key)
        if item.key in lived.done:
            if new is None or new.minutes != item.minutes or new.date not in (item.date, life.today):
                yield Rule.DONE, item.key
        elif item.activity is Activity.REVIEW:
            continue
        elif life.today <= item.date < lived.frozen_until and item.topic not in waiting:
            if new is None or new.date != item.date:
                yield Rule.FROZEN, item.key
        elif (new is None or new.date != item.date) and item.key not in told:
            yield Rule.UNTOLD, item.key
    old = {item.key for item in life.plan.items}
    for key in sorted(after.keys() - old - told):
        yield Rule.UNTOLD, key


def _waiting(life: Life, lived: Lived, curriculum: Curriculum) -> set[str]:
    """Topics with missed work, and all that builds on them: these may move even from tomorrow."""
    found = {item.topic for item in _work(life.plan.items) if item.date < life.today and item.key not in lived.done}
    while more := {
        topic.id
        for topic in curriculum.topics.values()
        if topic.id not in found and any(edge.id in found for edge in topic.prerequisites)
    }:
        found |= more
    return found


def _done(life: Life) -> frozenset[str]:
    return frozenset(entry.item for entry in life.entries if entry.status is EntryStatus.DONE)


def _spent(life: Life) -> dict[str, int]:
    """Minutes of reading and practice that were spent on items which are not done, so that less of them is left."""
    items = {item.key: item for item in life.plan.items}
    spent: dict[str, int] = {}
    for entry in life.entries:
        item = items[entry.item]
        if entry.status is EntryStatus.PARTLY and item.activity in _LEARNING:
            least = min(_LEAST_LEFT_MINUTES, item.minutes)
            counted = min(entry.minutes, item.minutes - least)
            spent[item.topic] = spent.get(item.topic, 0) + counted
    return spent


def _work(items: Sequence[StudyItem]) -> list[StudyItem]:
    return [item for item in items if item.activity is not Activity.REVIEW]


def _entry(item: StudyItem, curriculum: Curriculum, status: EntryStatus, minutes: int) -> LogEntry:
    return LogEntry(item.key, unit_of(curriculum, item), status, item.minutes, minutes, item.date)

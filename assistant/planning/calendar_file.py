"""A plan as an iCalendar file that a calendar program can import again and again.

Owns: the events, their names, and how a later version of the plan updates them. Refuses: keeping versions
(``assistant.plan_store``). The only importer of icalendar.

Every item has a UID of its own for as long as the plan lives, SEQUENCE counts the versions in which its event changed,
and an item that a newer version no longer has is CANCELLED. So a second import moves and removes events instead of
doubling them (RFC 5545, 3.8.7.4; RFC 5546, 2.1.4).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from assistant.errors import InvalidInput
from assistant.planning.plan import Activity, StudyItem, StudyPlan

DEFAULT_TIME = time(19, 0)
"""When a day's study begins: after work."""
if TYPE_CHECKING:
    from icalendar import Component

_PRODUCT = "-//Roadmap Study Assistant//EN"
_VERBS = {
    Activity.READ: "Read",
    Activity.PRACTISE: "Practise",
    Activity.PROJECT: "Work on",
    Activity.REVIEW: "Review",
    Activity.QUIZ: "Take the quiz:",
}


@dataclass(frozen=True, slots=True)
class PlanVersion:
    """A plan as it was from ``made_at`` on."""

    plan: StudyPlan
    made_at: datetime


@dataclass(frozen=True, slots=True)
class _Event:
    """What a calendar shows of one item; ``starts`` is local time."""

    item: StudyItem
    starts: datetime

    @property
    def summary(self) -> str:
        title = self.item.title
        of = f" ({self.item.part} of {self.item.parts})" if self.item.parts > 1 else ""
        return f"{_VERBS[self.item.activity]} {title[0].lower() + title[1:] if self._is_phrase else title}{of}"

    @property
    def _is_phrase(self) -> bool:
        return self.item.activity in {Activity.PROJECT, Activity.QUIZ}

    @property
    def shown(self) -> tuple[object, ...]:
        return (self.starts, self.item.minutes, self.summary, self.item.why)


def time_zone(name: str) -> ZoneInfo:
    """The time zone of this name (``Europe/Berlin``).

    Raises:
        InvalidInput: there is none.
    """
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise InvalidInput(f"There is no time zone called {name!r}; a name looks like Europe/Berlin.") from error


def plan_to_ical(versions: Sequence[PlanVersion], plan_uid: str, zone: ZoneInfo, begins: time = DEFAULT_TIME) -> bytes:
    """The newest version with what the versions before it, the oldest first, had and it has not, cancelled.

    ``plan_uid`` names the plan for ever. A day's items follow each other from ``begins`` on, in ``zone``; an item that
    would run past midnight begins earlier.

    Raises:
        InvalidInput: there is no version.
    """
    from icalendar import Calendar, vText  # noqa: PLC0415 - only an export needs it

    if not versions:
        raise InvalidInput("There is no plan to export yet. Make one first.")
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    # As a text it is escaped; a property that the standard does not know would be written as it is.
    calendar["x-wr-calname"] = vText(versions[-1].plan.goal.strip() or "Study plan")
    for event, sequence, changed_at, is_cancelled in _history(versions, zone, begins):
        calendar.add_component(_component(event, plan_uid, sequence, changed_at, is_cancelled=is_cancelled))
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _history(versions: Sequence[PlanVersion], zone: ZoneInfo, begins: time) -> list[tuple[_Event, int, datetime, bool]]:
    """Every event that any version had: as it was last, its sequence, when it changed, and whether it is gone."""
    known: dict[str, tuple[_Event, int, datetime, bool]] = {}
    for version in versions:
        current = _events(version.plan, zone, begins)
        for key, event in current.items():
            if key not in known:
                known[key] = (event, 0, version.made_at, False)
                continue
            before, sequence, changed_at, was_cancelled = known[key]
            if was_cancelled or before.shown != event.shown:
                sequence, changed_at = sequence + 1, version.made_at
            known[key] = (event, sequence, changed_at, False)
        for key in known.keys() - current.keys():
            event, sequence, _, was_cancelled = known[key]
            if not was_cancelled:
                known[key] = (event, sequence + 1, version.made_at, True)
    return sorted(known.values(), key=lambda each: (each[0].starts, each[0].item.key))


def _events(plan: StudyPlan, zone: ZoneInfo, begins: time) -> Mapping[str, _Event]:
    minutes_of: dict[date, int] = {}
    for item in plan.items:
        minutes_of[item.date] = minutes_of.get(item.date, 0) + item.minutes
    next_start: dict[date, datetime] = {}
    events = {}
    for item in plan.items:
        starts = next_start.get(item.date) or _first_start(item.date, minutes_of[item.date], begins)
        events[item.key] = _Event(item, starts.replace(tzinfo=zone))
        next_start[item.date] = starts + timedelta(minutes=item.minutes)
    return events


def _first_start(day: date, minutes: int, begins: time) -> datetime:
    """When the day's study begins, without a zone: clock time, which a change of the clocks does not shift."""
    midnight = datetime.combine(day, time())
    latest = midnight + timedelta(days=1) - timedelta(minutes=minutes) if day < date.max else midnight
    return max(midnight, min(datetime.combine(day, begins), latest))


def _component(event: _Event, plan_uid: str, sequence: int, changed_at: datetime, *, is_cancelled: bool) -> Component:
    from icalendar import Event  # noqa: PLC0415

    item = event.item
    component = Event()
    component.add("uid", f"{item.key.replace(':', '.')}@{plan_uid}")
    component.add("sequence", sequence)
    component.add("dtstamp", changed_at.astimezone(UTC))
    component.add("last-modified", changed_at.astimezone(UTC))
    component.add("dtstart", event.starts)
    component.add("duration", timedelta(minutes=item.minutes))
    component.add("summary", event.summary)
    component.add("description", f"{item.why}\nModule {item.module}, {item.module_title}")
    component.add("categories", [item.activity.value])
    component.add("status", "CANCELLED" if is_cancelled else "CONFIRMED")
    component.add("transp", "TRANSPARENT" if is_cancelled else "OPAQUE")
    return component

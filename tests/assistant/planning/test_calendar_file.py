"""The iCalendar file, read back by two parsers, over versions of a plan."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import vobject
from icalendar import Calendar

from assistant.errors import InvalidInput
from assistant.planning import StudyPlan, make_plan
from assistant.planning.calendar_file import PlanVersion, plan_to_ical, time_zone
from tests.assistant.planning.builders import TUESDAY, curriculum, plain, topic

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 27, 20, tzinfo=UTC)
GRAPH = curriculum(topic("a"), topic("b", hard=["a"]), topic("c"))
PLAN = make_plan(GRAPH, plain(TUESDAY, 420, weekday_minutes=(60,) * 7, goal="Ümläut; and, more"))


def ical(*plans: StudyPlan, zone: ZoneInfo = BERLIN, begins: time = time(19)) -> bytes:
    versions = [PlanVersion(plan, NOW + timedelta(days=number)) for number, plan in enumerate(plans)]
    return plan_to_ical(versions, "plan-1.study", zone, begins)


def read(content: bytes) -> dict[str, Any]:
    """Events by UID, as the library that wrote them reads them; no UID may occur twice."""
    events = {}
    for event in Calendar.from_ical(content).walk("VEVENT"):
        uid = str(event["uid"])
        assert uid not in events
        events[uid] = event
    return events


def status(events: dict[str, Any]) -> dict[str, tuple[str, int]]:
    return {uid.split("@")[0]: (str(each["status"]), int(each["sequence"])) for uid, each in events.items()}


def moved(plan: StudyPlan, key: str, days: int) -> StudyPlan:
    weeks = tuple(
        replace(
            week,
            items=tuple(
                replace(item, date=item.date + timedelta(days=days)) if item.key == key else item for item in week.items
            ),
        )
        for week in plan.weeks
    )
    return replace(plan, weeks=weeks)


def without(plan: StudyPlan, topic_id: str) -> StudyPlan:
    weeks = tuple(
        replace(week, items=tuple(item for item in week.items if item.topic != topic_id)) for week in plan.weeks
    )
    return replace(plan, weeks=weeks)


def test_every_item_is_an_event_in_local_time_one_after_another() -> None:
    events = read(ical(PLAN))
    assert list(events) == [
        "a.read.1@plan-1.study", "a.practise.1@plan-1.study", "b.read.1@plan-1.study", "b.practise.1@plan-1.study",
        "c.read.1@plan-1.study", "c.practise.1@plan-1.study", "c.quiz.1@plan-1.study",
    ]  # fmt: skip
    first, second = list(events.values())[:2]
    assert first["dtstart"].dt == datetime(2026, 12, 1, 19, tzinfo=BERLIN)
    assert first["dtstart"].params["TZID"] == "Europe/Berlin"
    assert second["dtstart"].dt == datetime(2026, 12, 1, 19, 35, tzinfo=BERLIN)
    assert first["duration"].dt + second["duration"].dt == timedelta(hours=1)
    assert str(first["summary"]) == "Read Topic a"
    assert str(events["c.quiz.1@plan-1.study"]["summary"]) == "Take the quiz: checkpoint quiz of module 1, Module 1"
    assert set(status(events).values()) == {("CONFIRMED", 0)}


def test_a_second_parser_reads_the_same() -> None:
    calendar = vobject.readOne(ical(PLAN).decode())
    ours = read(ical(PLAN))
    theirs = {event.uid.value: event for event in calendar.vevent_list}
    assert theirs.keys() == ours.keys()
    for uid, event in theirs.items():
        assert event.dtstart.value.astimezone(UTC) == ours[uid]["dtstart"].dt.astimezone(UTC)
        assert event.duration.value == ours[uid]["duration"].dt
        assert event.summary.value == str(ours[uid]["summary"])
        assert event.description.value == str(ours[uid]["description"])
    assert calendar.vtimezone.tzid.value == "Europe/Berlin"
    assert calendar.x_wr_calname.value == "Ümläut; and, more"


def test_no_text_can_add_lines_to_the_file() -> None:
    hostile = replace(PLAN, goal="Plan\r\nBEGIN:VEVENT\nUID:evil")
    weeks = tuple(
        replace(
            week, items=tuple(replace(item, title="X\nBEGIN:VALARM", why="a;b\r\nEND:VEVENT") for item in week.items)
        )
        for week in PLAN.weeks
    )
    content = ical(replace(hostile, weeks=weeks))
    assert len(read(content)) == len(PLAN.items)
    assert not [line for line in content.decode().split("\r\n") if line.startswith(("UID:evil", "BEGIN:VALARM"))]


def test_what_changed_has_a_higher_sequence_what_is_gone_is_cancelled_and_nothing_is_doubled() -> None:
    second = moved(PLAN, "b:practise:1", 5)
    assert status(read(ical(PLAN, second))) == {
        **{key.replace(":", "."): ("CONFIRMED", 0) for key in (item.key for item in PLAN.items)},
        "b.practise.1": ("CONFIRMED", 1),
    }
    third = without(second, "c")
    events = read(ical(PLAN, second, third))
    assert {key: each for key, each in status(events).items() if each[0] == "CANCELLED"} == {
        "c.read.1": ("CANCELLED", 1), "c.practise.1": ("CANCELLED", 1), "c.quiz.1": ("CANCELLED", 1),
    }  # fmt: skip
    assert status(events)["b.practise.1"] == ("CONFIRMED", 1)
    back = status(read(ical(PLAN, second, third, PLAN)))
    assert (back["c.read.1"], back["b.practise.1"]) == (("CONFIRMED", 2), ("CONFIRMED", 2))


def test_the_same_versions_give_the_same_bytes() -> None:
    assert ical(PLAN, moved(PLAN, "a:read:1", 1)) == ical(PLAN, moved(PLAN, "a:read:1", 1))


def test_clock_times_stay_when_the_clocks_change() -> None:
    march = make_plan(GRAPH, plain(date(2027, 3, 27), 420, weekday_minutes=(60,) * 7))
    starts = [each["dtstart"].dt for each in read(ical(march)).values()]
    assert {(each.hour, each.utcoffset()) for each in starts if each.minute == 0} == {
        (19, timedelta(hours=1)), (19, timedelta(hours=2)),
    }  # fmt: skip


def test_a_long_day_begins_earlier_rather_than_run_past_midnight() -> None:
    long_day = make_plan(curriculum(topic("a", hours=16)), plain(TUESDAY, 960, weekday_minutes=(0, 960, 0, 0, 0, 0, 0)))
    (first, *_) = read(ical(long_day)).values()
    assert first["dtstart"].dt == datetime(2026, 12, 1, 8, tzinfo=BERLIN)
    (first, *_) = read(ical(PLAN, begins=time(23, 30))).values()
    assert first["dtstart"].dt == datetime(2026, 12, 1, 23, tzinfo=BERLIN)


def test_without_a_plan_or_with_an_unknown_zone_it_is_said_what_to_do() -> None:
    with pytest.raises(InvalidInput, match="There is no plan to export yet"):
        plan_to_ical([], "x", BERLIN)
    with pytest.raises(InvalidInput, match="There is no time zone called 'Mars/Base'"):
        time_zone("Mars/Base")
    assert time_zone("America/New_York").key == "America/New_York"

"""The six views of a plan: their words, their figures, and that what is drawn says the same."""

from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import available_timezones

from assistant.planning import Activity, StudyPlan, make_plan
from assistant.progress import EntryStatus, LogEntry
from assistant.replanning import Ledger, Pace, ledger_of
from assistant.ui.charts import LIGHT_INK, Drawing, Progress
from assistant.ui.plan import burn_up, graph, month, table, timeline, week
from assistant.ui.plan.downloads import own_zone
from assistant.ui.plan.sittings import progress_text
from tests.assistant.planning.builders import TUESDAY, curriculum, plain, topic

GRAPH = curriculum(topic("a"), topic("b", hard=["a"]), topic("c", module=2, hard=["b"]), topic("d", module=2))
NOTHING = Ledger(frozenset(), {}, frozenset(), frozenset())


def plan_of(minutes_per_week: int = 60, **fields: object) -> StudyPlan:
    return make_plan(GRAPH, plain(TUESDAY, minutes_per_week, **fields))


def done_with(plan: StudyPlan, *topics: str) -> Ledger:
    entries = [
        LogEntry(item.key, item.topic, EntryStatus.DONE, item.minutes, item.minutes, item.date)
        for item in plan.items
        if item.topic in topics and item.activity is not Activity.QUIZ
    ]
    return ledger_of(plan, entries)


def drawn(chart: Drawing | None) -> list[list[dict[str, object]]]:
    """The data of each layer; the specification is whole, or this raises."""
    assert chart is not None
    spec = chart.to_dict()
    sets = spec.get("datasets", {})
    found = [layer.get("data", spec.get("data", {})) for layer in spec["layer"]]
    return [sets[data["name"]] if "name" in data else data.get("values", []) for data in found]


def test_the_timeline_has_one_bar_for_each_module_with_its_state() -> None:
    plan = plan_of()
    first = timeline.spans_of(plan, NOTHING)[0]
    assert [span.number for span in timeline.spans_of(plan, NOTHING)] == [1, 2]
    assert first.minutes == 130  # two topics and a quiz
    figure = timeline.figure(plan, done_with(plan, "a"), TUESDAY, LIGHT_INK)
    assert [(row["Module"], row["State"]) for row in figure.rows] == [
        ("1. Module 1", "Next"), ("2. Module 2", "Open"),
    ]  # fmt: skip
    assert figure.caption.startswith("2 modules from 1 December 2026 to ")
    assert figure.caption.endswith("; 0 done. A broken line is today.")
    assert any(row.get("label") == "▸ 1. Module 1 · 2 h" for layer in drawn(figure.chart) for row in layer)


def test_a_timeline_ends_with_its_deadline_and_an_empty_plan_says_so() -> None:
    figure = timeline.figure(plan_of(deadline=date(2027, 3, 1)), NOTHING, TUESDAY, LIGHT_INK)
    whats = [row.get("what") for layer in drawn(figure.chart) for row in layer]
    assert "Deadline: 1 March 2027" in whats
    assert "Today: 1 December 2026" in whats
    assert figure.caption.endswith(" done. A broken line is today and a whole one the deadline.")
    early = timeline.figure(plan_of(), NOTHING, TUESDAY - timedelta(days=1), LIGHT_INK)
    assert early.caption.endswith("; 0 done.")
    empty = plan_of(known=frozenset(GRAPH.topics))
    assert timeline.figure(empty, NOTHING, TUESDAY, LIGHT_INK).chart is None
    assert burn_up.figure(empty, (), TUESDAY, LIGHT_INK).caption == "This plan holds no session."


def test_a_week_has_seven_days_and_its_slack() -> None:
    plan = plan_of(60)
    figure = week.figure(plan.weeks[0], NOTHING, LIGHT_INK)
    assert figure.caption == "1 h on 1 day; 0 of 2 sessions done."
    assert [row["Minutes"] for row in figure.rows] == [item.minutes for item in plan.weeks[0].items]
    assert ", 40 min to spare; " in week.figure(plan.weeks[-1], NOTHING, LIGHT_INK).caption
    _, labels = drawn(figure.chart)
    assert [row["text"] for row in labels] == ["1 h", *["free"] * 6]
    (day,) = week.days_of(plan.weeks[0])
    assert day.heading == "Tue 1 December · 1 h"


def test_the_week_to_look_at_is_todays_or_the_nearest() -> None:
    weeks = plan_of(60).weeks
    assert week.week_of_day(weeks, TUESDAY - timedelta(days=30)) == 0
    assert week.week_of_day(weeks, TUESDAY + timedelta(days=8)) == 1
    assert week.week_of_day(weeks, date(2030, 1, 1)) == len(weeks) - 1
    assert week.label(weeks[1]) == "Week 2, 8 Dec 2026"


def test_months_run_from_the_first_item_to_the_last() -> None:
    plan = plan_of(30)
    months = month.months_of(plan)
    assert months[:2] == [date(2026, 12, 1), date(2027, 1, 1)]
    assert months[-1] == max(item.date for item in plan.items).replace(day=1)
    assert month.month_of_day(months, date(2020, 1, 1)) == 0
    assert month.month_of_day(months, date(2027, 1, 31)) == 1
    assert month.month_of_day(months, date(2040, 1, 1)) == len(months) - 1
    assert month.label(months[1]) == "January 2027"
    assert month.months_of(plan_of(known=frozenset(GRAPH.topics))) == []


def test_a_month_shows_every_day_with_its_minutes_and_marks() -> None:
    plan = plan_of(60)
    figure = month.figure(plan, done_with(plan, "a"), date(2026, 12, 1), TUESDAY, LIGHT_INK)
    assert figure.caption.startswith("December 2026 holds ")
    assert [row["Day"] for row in figure.rows] == sorted({item.date for item in plan.items if item.date.year == 2026})
    cells = drawn(figure.chart)[0]
    assert len(cells) == 31
    assert cells[0]["number"] == "1 ✓"
    assert cells[0]["minutes"] == "1h"
    assert (cells[0]["weekday"], cells[0]["week"], cells[6]["weekday"], cells[6]["week"]) == ("Tue", 0, "Mon", 1)
    assert cells[0]["width"] > cells[1]["width"]  # today
    assert any("◆" in str(cell["number"]) for cell in cells)
    nothing = month.figure(plan, NOTHING, date(2030, 1, 1), TUESDAY, LIGHT_INK)
    assert nothing.caption == "Nothing is planned in January 2030."


def test_the_burn_up_compares_what_is_due_with_what_is_logged() -> None:
    plan = plan_of(60)
    entries = [LogEntry("a:read:1", "a", EntryStatus.DONE, 40, 45, TUESDAY)]
    assert burn_up.cumulative([(TUESDAY, 5), (date(2026, 11, 1), 1), (TUESDAY, 2)]) == [
        (date(2026, 11, 1), 1), (TUESDAY, 8),
    ]  # fmt: skip
    behind = burn_up.figure(plan, entries, TUESDAY, LIGHT_INK)
    assert behind.caption.startswith("45 min of 1 h due by today are logged, 15 min behind; the whole plan is ")
    ahead = burn_up.figure(plan, [*entries, *entries], TUESDAY, LIGHT_INK)
    assert ahead.caption.startswith("1.5 h are logged where 1 h were due by today, 30 min ahead;")
    early = burn_up.figure(plan, (), TUESDAY - timedelta(days=1), LIGHT_INK)
    assert early.caption.startswith("Nothing was due before 1 December 2026;")
    assert behind.rows[0] == {"Day": TUESDAY, "Planned hours": 1.0, "Logged hours": 0.75}
    assert behind.rows[-1]["Logged hours"] is None
    names = {row.get("name") for layer in drawn(behind.chart) for row in layer}
    assert {"Half", "4 in 5"} <= names
    assert "Deadline" not in names


def test_the_graph_of_a_module_has_its_neighbours_and_their_states() -> None:
    plan = plan_of()
    nodes = graph.topic_nodes(GRAPH, plan, 1, {"a"}, "b")
    assert [(node.id, node.progress, node.needs) for node in nodes] == [
        ("a", Progress.DONE, ()), ("b", Progress.NEXT, ("a",)), ("c", Progress.OPEN, ("b",)),
    ]  # fmt: skip
    assert graph.depths(nodes) == {"a": 0, "b": 1, "c": 2}
    figure = graph.figure(nodes, "topic", LIGHT_INK)
    assert figure.caption == (
        "3 topics in study order, with 2 lines from what is needed down to what builds on it: 1 done, 1 next, 1 open."
    )
    assert figure.rows[1] == {
        "Name": "1. Topic b", "State": "Next", "Needs first": "1. Topic a", "Opens the way to": "2. Topic c",
    }  # fmt: skip
    lines, *names, marks = drawn(figure.chart)
    assert len(lines) == 6
    assert [[each["Name"] for each in layer] for layer in names] == [["1. Topic a", "1. Topic b", "2. Topic c"]] * 2
    assert {mark["State"] for mark in marks} == {"Done", "Next", "Open"}


def test_the_graph_of_all_modules() -> None:
    plan = plan_of()
    nodes = graph.module_nodes(GRAPH, plan, {"a", "b"}, "c")
    assert [(node.id, node.progress, node.needs) for node in nodes] == [
        ("1", Progress.DONE, ()), ("2", Progress.NEXT, ("1",)),
    ]  # fmt: skip
    assert graph.figure([], "module", LIGHT_INK).chart is None


def test_the_table_has_every_session_with_its_state() -> None:
    plan = plan_of(60)
    ledger = Ledger(frozenset({plan.items[0].key}), {plan.items[1].key: 5}, frozenset({plan.items[2].key}), frozenset())
    figure = table.figure(plan, ledger)
    assert [row["State"] for row in figure.rows][:4] == ["Done", "Begun", "Skipped", "Open"]
    assert len(figure.rows) == len(plan.items)
    assert figure.chart is None
    assert figure.caption.startswith(f"{len(plan.items)} sessions in ")
    reviewed = plan_of(60, review_percent=20)
    reviews = sum(item.activity is Activity.REVIEW for item in reviewed.items)
    caption = table.figure(reviewed, NOTHING).caption
    assert caption.startswith(f"{len(reviewed.items) - reviews} sessions and {reviews} reviews in ")
    assert reviews > 0
    assert list(figure.rows[0])[:4] == ["Date", "Topic", "Activity", "Minutes"]


def test_the_table_counts_sessions_as_progress_does() -> None:
    plan = plan_of(60, review_percent=30)
    reviews = sum(item.activity is Activity.REVIEW for item in plan.items)
    sessions = len(plan.items) - reviews
    assert reviews > 1
    assert progress_text(plan, NOTHING, 0, Pace(1.0, 0.1, 0))[1] == f"0 of {sessions} sessions done"
    assert table.figure(plan, NOTHING).caption.startswith(f"{sessions} sessions and {reviews} reviews in ")


def test_the_time_zone_is_the_browsers_if_it_is_one() -> None:
    assert own_zone("Europe/Berlin") == "Europe/Berlin"
    assert own_zone("Mars/Olympus") in available_timezones()
    assert own_zone(None) in available_timezones()

"""The words of the plan page: ways out, sittings, and a new version as a table."""

from __future__ import annotations

from datetime import date, timedelta

from assistant.planning import Activity, StudyItem, StudyPlan, WayOut, make_plan
from assistant.progress import EntryStatus, LogEntry
from assistant.replanning import Change, ChangeKind, Ledger, Pace, Proposal, Replan
from assistant.ui.plan.diff import counts_of, rows_of, summary
from assistant.ui.plan.options import options_of
from assistant.ui.plan.sittings import (
    facts_of,
    last_entry_text,
    missed_text,
    nothing_today_text,
    progress_text,
    title_of,
)
from tests.assistant.planning.builders import TUESDAY, curriculum, plain, topic

NOTHING = Ledger(frozenset(), {}, frozenset(), frozenset())
GRAPH = curriculum(topic("a"), topic("b", hard=["a"]), topic("c"))


def plan_of(minutes_per_week: int = 60, **fields: object) -> StudyPlan:
    return make_plan(GRAPH, plain(TUESDAY, minutes_per_week, **fields))


def item(key: str, day: date = TUESDAY, activity: Activity = Activity.READ, **fields: object) -> StudyItem:
    values = {"part": 1, "parts": 1, **fields}
    return StudyItem(key, 1, "Module 1", f"Topic {key}", activity, 40, day, "Because.", **values)  # type: ignore[arg-type]


def test_a_plan_that_fits_has_no_ways_out() -> None:
    assert options_of(plan_of(), GRAPH) == ()


def test_the_three_ways_out_say_exactly_what_they_cost() -> None:
    plan = plan_of(60, deadline=TUESDAY + timedelta(days=8))
    later, more, drop = options_of(plan, GRAPH)
    assert plan.ways_out is not None
    assert (later.way, more.way, drop.way) == (WayOut.FINISH_LATER, WayOut.STUDY_MORE, WayOut.DROP)
    assert later.text.endswith("after your deadline, at 1 h a week.")
    assert more.button == f"Study {plan.ways_out.minutes_per_week / 60:g} h a week"
    assert drop.text.endswith("Proven: no other choice loses fewer topics of your goal.")
    assert drop.names == tuple(f"Topic {topic_id}" for topic_id in plan.ways_out.drop)
    assert drop.button == f"Drop {len(plan.ways_out.drop)} topic{'s' * (len(plan.ways_out.drop) > 1)}"


def test_a_way_that_does_not_exist_has_no_button() -> None:
    plan = plan_of(60, deadline=TUESDAY, pinned=frozenset({"a", "b", "c"}), days_off=frozenset({TUESDAY}))
    later, more, drop = options_of(plan, GRAPH)
    assert later.button
    assert (more.button, drop.button) == ("", "")
    assert more.text == "No number of hours a week would be enough by your deadline."


def test_parts_are_counted_except_of_reviews() -> None:
    assert title_of(item("a", part=2, parts=3)) == "Topic a (2 of 3)"
    assert title_of(item("a", part=2, parts=3, activity=Activity.REVIEW)) == "Topic a"


def test_the_facts_of_a_sitting() -> None:
    assert facts_of(Proposal(item("a"), 40, is_whole=True, is_late=False)) == "Read · 40 min"
    late = Proposal(item("a", activity=Activity.PROJECT), 25, is_whole=False, is_late=True)
    assert facts_of(late) == "Project · 25 min · the beginning of it · due since Tue 1 December"


def test_the_last_entry_in_a_sentence() -> None:
    plan = plan_of()
    entry = LogEntry("a:read:1", "a", EntryStatus.DONE, 60, 70, TUESDAY)
    assert last_entry_text(entry, plan).startswith("Last recorded: Topic a")
    assert last_entry_text(entry, plan).endswith(", done, 1 h 10 min, on Tue 1 December.")
    gone = LogEntry("z:read:1", "z", EntryStatus.SKIPPED, 60, 0, TUESDAY)
    assert last_entry_text(gone, plan) == "Last recorded: z:read:1, skipped, on Tue 1 December."


def test_what_was_missed_in_a_sentence() -> None:
    assert missed_text([item("a")]) == "1 session was missed since Tue 1 December, 40 min of study."
    two = [item("b", TUESDAY + timedelta(days=2)), item("a")]
    assert missed_text(two) == "2 sessions were missed since Tue 1 December, 1 h 20 min of study."


def test_a_day_without_sessions_says_when_it_goes_on() -> None:
    plan = plan_of()
    assert nothing_today_text(plan, NOTHING, TUESDAY - timedelta(days=9)) == (
        "The plan begins on Tue 1 December, in 9 days, with Topic a."
    )
    assert nothing_today_text(plan, NOTHING, TUESDAY - timedelta(days=1)) == ("The plan begins tomorrow, with Topic a.")
    assert nothing_today_text(plan, NOTHING, TUESDAY + timedelta(days=2)).startswith(
        "Nothing is planned for today. The next session is on Tue 8 December: Topic "
    )
    everything = Ledger(frozenset(each.key for each in plan.items), {}, frozenset(), frozenset())
    assert nothing_today_text(plan, everything, TUESDAY).startswith("Everything in this plan is done.")
    assert nothing_today_text(plan, NOTHING, date(2030, 1, 1)) == "Nothing is left in this plan from today on."


def test_progress_counts_sessions_and_tells_the_pace_once_it_is_known() -> None:
    plan = plan_of()
    first = plan.items[0].key
    share, words = progress_text(plan, Ledger(frozenset({first}), {}, frozenset(), frozenset()), 70, Pace(1.1, 0.2, 60))
    assert share == 1 / len(plan.items)
    assert (
        words == f"1 of {len(plan.items)} sessions done · 1 h 10 min studied · your pace: 110 % of the estimated time"
    )
    assert progress_text(plan, NOTHING, 0, Pace()) == (0.0, f"0 of {len(plan.items)} sessions done")


def test_a_new_version_as_figures_and_rows() -> None:
    plan = plan_of()
    moved = Change(ChangeKind.MOVED, item("a"), item("a", TUESDAY + timedelta(days=7)), "It was missed on its day.")
    gone = Change(ChangeKind.DROPPED, item("b"), None, "You know it now.")
    version = Replan(plan, (moved, gone), unchanged=5, makes_room=True)
    assert counts_of(version) == {"Moved": 1, "Dropped": 1, "Added": 0, "Unchanged": 5}
    assert rows_of(version) == [
        {
            "Change": "Moved", "What": "Read: Topic a", "From": TUESDAY, "To": date(2026, 12, 8),
            "Why": "It was missed on its day.", "Minutes": 40,
        },
        {
            "Change": "Dropped", "What": "Read: Topic b", "From": TUESDAY, "To": None, "Why": "You know it now.",
            "Minutes": 40,
        },
    ]  # fmt: skip


def test_the_end_of_a_new_version_beside_the_old_one() -> None:
    before, after = plan_of(120), plan_of(60)
    days = (after.finish - before.finish).days
    later = Replan(after, (), 0, makes_room=False)
    assert summary(later, before).endswith(f", {days} days later.")
    assert summary(later, after) == f"The end stays where it was: {after.finish:%-d %B %Y}."
    assert summary(Replan(before, (), 0, makes_room=False), after).endswith(f", {days} days earlier.")


def test_dropped_reviews_are_told_apart_from_topics() -> None:
    review = item("b", activity=Activity.REVIEW)
    gone = Change(ChangeKind.DROPPED, item("a"), None, "You know it now.")
    fewer = Change(ChangeKind.DROPPED, review, None, "Less time passes.")
    assert counts_of(Replan(plan_of(), (fewer, fewer), unchanged=1, makes_room=True)) == {
        "Moved": 0, "Dropped, all of them reviews": 2, "Added": 0, "Unchanged": 1,
    }  # fmt: skip
    assert counts_of(Replan(plan_of(), (gone, fewer), unchanged=1, makes_room=True)) == {
        "Moved": 0, "Dropped, 1 of them reviews": 2, "Added": 0, "Unchanged": 1,
    }  # fmt: skip

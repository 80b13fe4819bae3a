"""One learner's plan in use: its ways out, and what a changed request makes of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from assistant.check_questions import CheckQuestions
from assistant.curriculum import load_curriculum
from assistant.errors import InvalidInput
from assistant.journal import Journal
from assistant.note_files import NoteFiles
from assistant.planning import Activity, PlanRequest, WayOut, request_of
from assistant.practice.bank import CardBank
from assistant.practice.contrast import Contrasts
from assistant.practice_store import Confidence
from assistant.practising import Practising
from assistant.progress import EntryStatus, TopicState
from assistant.renaming import Renames
from assistant.replanning.today import SHORT_REVIEW_MINUTES
from assistant.study import Study
from assistant.study_plans import StudyPlans
from tests.mini_corpus import write_corpus

TUESDAY = date(2026, 12, 1)
NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)


@pytest.fixture
def plans(tmp_path: Path) -> Iterator[StudyPlans]:
    corpus = write_corpus(tmp_path / "corpus")
    curriculum = load_curriculum(corpus)
    journal = Journal(tmp_path / "home" / "journal.sqlite")
    questions = CheckQuestions(NoteFiles(corpus, curriculum))
    yield StudyPlans(Study(journal, curriculum, questions, Renames(curriculum), "Anna", None, lambda: NOON), ())
    journal.close()


def follow(plans: StudyPlans, minutes_per_week: int = 60, **fields: object) -> None:
    request = PlanRequest(TUESDAY, minutes_per_week, **fields)  # type: ignore[arg-type]
    plans.follow(plans.make(request))


@pytest.mark.parametrize("option", list(WayOut))
def test_a_way_out_of_a_new_plan_is_kept_and_exactly_what_it_says(plans: StudyPlans, option: WayOut) -> None:
    follow(plans, deadline=TUESDAY + timedelta(days=20))
    before = plans.must_follow().plan
    assert before.ways_out is not None
    plan = plans.take(option)
    assert plan.feasible
    assert plans.must_follow().plan == plan
    expected = {
        WayOut.FINISH_LATER: (before.ways_out.finish, 60, ()),
        WayOut.STUDY_MORE: (before.deadline, before.ways_out.minutes_per_week, ()),
        WayOut.DROP: (before.deadline, 60, before.ways_out.drop),
    }
    assert (plan.deadline, plan.minutes_per_week, plan.excluded) == expected[option]


@pytest.mark.parametrize("option", list(WayOut))
def test_a_way_out_still_fits_after_something_was_logged(plans: StudyPlans, option: WayOut) -> None:
    follow(plans, deadline=TUESDAY + timedelta(days=20))
    first = plans.must_follow().plan.items[0]
    plans.log(first.key, EntryStatus.DONE)
    plan = plans.take(option)
    assert plan.feasible
    assert first.key in {item.key for item in plan.items}


def test_a_plan_that_fits_has_no_way_out(plans: StudyPlans) -> None:
    follow(plans)
    with pytest.raises(InvalidInput, match="fits its deadline"):
        plans.take(WayOut.DROP)


def test_a_changed_request_leaves_out_what_was_learned_meanwhile(plans: StudyPlans) -> None:
    follow(plans)
    plans.study.mark(["retries"], TopicState.KNOWN)
    request = replace(request_of(plans.must_follow().plan), deadline=TUESDAY + timedelta(days=300))
    assert "retries" in plans.replan(request).plan.known


def test_what_was_marked_as_known_is_not_due_and_a_new_plan_leaves_it_out(plans: StudyPlans) -> None:
    follow(plans, review_percent=0)
    first = plans.today_items()[0].item
    assert plans.known_by_now(plans.must_follow()) == ()
    assert plans.replan().changes == ()
    plans.study.mark([first.topic], TopicState.KNOWN)
    assert plans.known_by_now(plans.must_follow()) == (first.topic,)
    assert first.topic not in {one.item.topic for one in (*plans.today_items(), *plans.today_items(60))}
    dropped = {change.reason for change in plans.replan().changes if change.item.topic == first.topic}
    assert dropped == {"You know it now."}
    plans.accept(plans.replan())
    assert plans.known_by_now(plans.must_follow()) == ()


def test_what_is_planned_for_tomorrow_is_not_known_after_a_change(plans: StudyPlans) -> None:
    follow(plans, minutes_per_week=600)
    request = replace(request_of(plans.must_follow().plan), minutes_per_week=900)
    plans.accept(plans.replan(request))
    assert plans.study.standing().known == frozenset()


def test_more_hours_end_the_plan_earlier_and_nothing_is_kept_before_it_is_accepted(plans: StudyPlans) -> None:
    follow(plans)
    before = plans.must_follow().plan
    version = plans.replan(replace(request_of(before), minutes_per_week=180))
    assert version.plan.finish < before.finish
    assert not version.makes_room
    assert plans.must_follow().plan == before
    plans.accept(version)
    assert plans.must_follow().plan == version.plan


def test_days_off_move_only_what_they_must(plans: StudyPlans) -> None:
    follow(plans)
    before = plans.must_follow().plan
    day = before.items[-1].date
    version = plans.replan(replace(request_of(before), days_off=frozenset({day})))
    assert version.makes_room
    assert version.unchanged > 0
    assert all(item.date != day for item in version.plan.items)


def test_entries_are_of_all_plans_the_oldest_first(plans: StudyPlans) -> None:
    assert plans.entries() == ()
    follow(plans)
    first = plans.must_follow()
    plans.log(first.plan.items[0].key, EntryStatus.DONE)
    follow(plans, 120)
    plans.log(plans.must_follow().plan.items[0].key, EntryStatus.PARTLY, 10)
    assert [(entry.plan_id, entry.status.value) for entry in plans.entries()] == [
        (first.id, "done"), (plans.must_follow().id, "partly"),
    ]  # fmt: skip


def practised(plans: StudyPlans, *, was_right: bool) -> StudyPlans:
    """The plans of a learner who has answered every question on fuses."""
    study = plans.study
    bank = CardBank(study.curriculum, study.questions, Contrasts(study.curriculum, ()))
    practising = Practising(study, bank)
    for card in practising.look(["fuses"]).cards:
        right = [choice.right for choice in card.question.choices].index(True) if card.question.choices else None
        place = right if right is None or was_right else 1 - right
        practising.answer(practising.pick(card.key), Confidence.SURE, place=place, was_right=was_right)
    return replace(plans, practising=practising)


def test_what_is_done_and_goes_wrong_is_shaky(plans: StudyPlans) -> None:
    plans = practised(plans, was_right=False)
    assert plans.shaky() == ()
    plans.study.mark(["fuses"], TopicState.DONE)
    assert [(each.topic, each.share) for each in plans.shaky()] == [("fuses", 0.0)]


def test_a_shortened_review_is_logged_as_short_and_teaches_no_pace(plans: StudyPlans) -> None:
    follow(plans, minutes_per_week=420, weekday_minutes=(60,) * 7, review_percent=30)
    review = next(item for item in plans.must_follow().plan.items if item.activity is Activity.REVIEW)
    assert review.topic == "fuses"
    assert review.minutes > SHORT_REVIEW_MINUTES
    plans.log(review.key, EntryStatus.DONE)
    known = practised(plans, was_right=True)
    assert known.shaky() == ()
    known.log(review.key, EntryStatus.DONE)
    before, after = known.entries()
    assert (before.planned_minutes, before.minutes) == (review.minutes, review.minutes)
    assert (after.planned_minutes, after.minutes) == (SHORT_REVIEW_MINUTES, SHORT_REVIEW_MINUTES)
    assert known.must_follow().pace.factor == 1.0

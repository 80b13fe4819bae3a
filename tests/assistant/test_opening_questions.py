"""What a conversation is begun with: of a plan of three topics, of an hour each."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from assistant.confidence import load_model
from assistant.curriculum import load_curriculum
from assistant.opening_questions import Opening, openings_of_plan, openings_without_plan, starters
from assistant.planning import make_plan
from assistant.progress import EntryStatus, LogEntry
from assistant.replanning import ledger_of, propose
from assistant.service import open_assistant
from assistant.settings import Settings
from assistant.topic_subjects import topic_subjects
from tests.assistant.planning.builders import TUESDAY, curriculum, plain, topic
from tests.conftest import REPOSITORY

GRAPH = curriculum(topic("a"), topic("b", hard=["a"]), topic("c"))
PLAN = make_plan(GRAPH, plain(TUESDAY, 420, weekday_minutes=(60,) * 7))
A, B, C = (topic_subjects(GRAPH)[each] for each in "abc")
ALL = [item.key for item in PLAN.items]


def opened(day: date, *done: str, on: date = TUESDAY, status: EntryStatus = EntryStatus.DONE) -> list[Opening]:
    minutes = {item.key: item.minutes for item in PLAN.items}
    entries = [LogEntry(key, key[0], status, minutes[key], minutes[key], on) for key in done]
    ledger = ledger_of(PLAN, entries)
    return list(openings_of_plan(GRAPH, PLAN, ledger, propose(GRAPH, PLAN, ledger, day), entries, day))


def test_today_comes_first_and_the_days_after_fill_up() -> None:
    assert opened(TUESDAY) == [
        Opening(f"Can you explain {A}?", "today in your plan"),
        Opening(f"Can you explain {B}?", "next in your plan"),
        Opening(f"Can you explain {C}?", "next in your plan"),
    ]


def test_one_each_of_what_is_due_missed_and_studied_yesterday() -> None:
    wednesday = TUESDAY + timedelta(days=1)
    assert opened(wednesday, "a:read:1", "a:practise:1") == [
        Opening(f"Can you explain {B}?", "today in your plan"),
        Opening(f"What can go wrong with {A}?", "studied yesterday"),
        Opening(f"Can you explain {C}?", "next in your plan"),
    ]
    assert opened(wednesday)[1] == Opening(f"When should I use {A}?", "missed in your plan")
    skipped = opened(wednesday, "a:read:1", "a:practise:1", status=EntryStatus.SKIPPED)
    assert "studied yesterday" not in [each.why for each in skipped]


def test_what_was_studied_a_while_ago_is_left_alone() -> None:
    done = opened(TUESDAY + timedelta(days=3), *ALL)
    assert [each.why for each in done][-1] == "studied 3 days ago"
    assert opened(TUESDAY + timedelta(days=4), *ALL) == list(starters())


def test_without_a_plan_what_the_roadmap_has_next() -> None:
    assert openings_without_plan(GRAPH, ["a"]) == (
        Opening(f"Can you explain {B}?", "next on the roadmap"),
        Opening(f"Can you explain {C}?", "next on the roadmap"),
    )
    assert openings_without_plan(GRAPH, "abc") == starters()


@pytest.mark.parametrize("form", ["Can you explain {}?", "When should I use {}?"])
def test_no_topic_makes_a_question_that_would_be_refused(real_settings: Settings, form: str) -> None:
    subjects = topic_subjects(load_curriculum(REPOSITORY / "corpus"))
    assistant = open_assistant(real_settings, with_journal=False)
    questions = [form.format(each) for each in subjects.values()] + [each.question for each in starters()]
    shares = {each: load_model().confidence(assistant.signals(each)) for each in questions}
    assistant.close()
    assert {question: share for question, share in shares.items() if share < load_model().threshold} == {}

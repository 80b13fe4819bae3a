"""The practice log in the journal: a journal of before, one answer for one showing."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant.journal import Journal
from assistant.journal_schema import MIGRATIONS
from assistant.practice_store import Confidence, PracticeAnswer
from assistant.sqlite import open_database

NOW = datetime(2026, 11, 27, 20, tzinfo=UTC)
ANSWER = PracticeAnswer("fuses", "k", True, NOW, Confidence.THINK_SO, 30)
_BEFORE = next(place for place, script in enumerate(MIGRATIONS) if "practice_settings" in script)


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    journal = Journal(tmp_path / "journal.sqlite")
    yield journal
    journal.close()


def test_answers_of_before_are_read(tmp_path: Path) -> None:
    path = tmp_path / "old.sqlite"
    with closing(open_database(path, MIGRATIONS[:_BEFORE])) as database:
        database.execute("INSERT INTO learners (name, created_at) VALUES ('Anna', ?)", (NOW.isoformat(),))
        database.execute(
            "INSERT INTO check_answers (learner_id, topic, question, was_right, answered_at)"
            " VALUES (1, 'fuses', 'k', 1, ?)",
            (NOW.isoformat(),),
        )
    journal = Journal(path)
    assert journal.practice.answers(1) == (PracticeAnswer("fuses", "k", True, NOW, None, None, 1),)
    assert journal.practice.minutes_a_day(1) is None
    journal.close()


def test_what_is_recorded_is_read_by_whoever_it_concerns(journal: Journal) -> None:
    anna = journal.learners.named("Anna", NOW).id
    assert journal.practice.record(anna, ANSWER, shown_after=0) == 1
    (kept,) = journal.practice.answers(anna)
    assert kept == PracticeAnswer("fuses", "k", True, NOW, Confidence.THINK_SO, 30, 1)
    assert journal.practice.answers(anna, after=1) == ()
    assert journal.progress.checks_answered(anna, "fuses") == {"k": True}


def test_of_many_windows_one_is_recorded(journal: Journal) -> None:
    anna = journal.learners.named("Anna", NOW).id
    kept: list[int | None] = []
    windows = [
        threading.Thread(target=lambda: kept.append(journal.practice.record(anna, ANSWER, shown_after=0)))
        for _ in range(8)
    ]
    for window in windows:
        window.start()
    for window in windows:
        window.join()
    assert sorted(kept, key=lambda each: each or 0) == [None] * 7 + [1]
    assert journal.practice.record(anna, ANSWER, shown_after=1) == 2
    ben = journal.learners.named("Ben", NOW).id
    assert journal.practice.record(ben, ANSWER, shown_after=0) == 3


def test_a_deleted_learner_takes_everything_along(journal: Journal) -> None:
    anna = journal.learners.named("Anna", NOW).id
    journal.practice.record(anna, ANSWER, shown_after=0)
    journal.practice.keep_minutes_a_day(anna, 20)
    journal.practice.keep_minutes_a_day(anna, 25)
    assert journal.practice.minutes_a_day(anna) == 25
    journal.learners.delete(anna)
    assert (journal.practice.answers(anna), journal.practice.minutes_a_day(anna)) == ((), None)

"""Learners, plans and progress in the journal, and one learner's study over them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from assistant.check_questions import CheckQuestions
from assistant.curriculum import load_curriculum
from assistant.domain import CheckQuestion, Choice, Level
from assistant.errors import InvalidInput
from assistant.journal import Journal
from assistant.journal_schema import MIGRATIONS
from assistant.learners import Learner
from assistant.note_files import NoteFiles
from assistant.progress import EntryStatus, LogEntry, TopicState
from assistant.renaming import Renames
from assistant.study import Study
from tests.mini_corpus import write_corpus

NOW = datetime(2026, 11, 27, 20, tzinfo=UTC)
LATER = NOW + timedelta(days=1)
PICK = CheckQuestion("fuses", "k", "Which?", (Choice("No", False, "no"), Choice("Yes", True, "")), ())


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "home" / "journal.sqlite"


@pytest.fixture
def journal(path: Path) -> Iterator[Journal]:
    journal = Journal(path)
    yield journal
    journal.close()


@pytest.fixture
def study(journal: Journal, tmp_path: Path) -> Study:
    corpus = write_corpus(tmp_path / "corpus")
    curriculum = load_curriculum(corpus)
    questions = CheckQuestions(NoteFiles(corpus, curriculum))
    return Study(journal, curriculum, questions, Renames(curriculum), "Anna", None, lambda: NOW)


def test_learners_are_made_on_first_use_and_told_apart_without_regard_to_case(journal: Journal) -> None:
    assert journal.learners.find("Anna") is None
    anna = journal.learners.named(" Anna  B ", NOW)
    assert anna == Learner(1, "Anna B")
    assert journal.learners.named("anna b", NOW) == anna
    ben = journal.learners.named("Ben", NOW)
    journal.learners.rename(ben.id, "Benno")
    assert journal.learners.all() == (anna, Learner(2, "Benno"))
    with pytest.raises(InvalidInput, match="There is a learner called 'Anna B' already"):
        journal.learners.rename(ben.id, "ANNA B")
    journal.learners.delete(anna.id)
    assert journal.learners.all() == (Learner(2, "Benno"),)


@pytest.mark.parametrize(("name", "message"), [(" ", "name is empty"), ("x" * 61, "at most 60 characters")])
def test_names_that_cannot_be_used(journal: Journal, name: str, message: str) -> None:
    with pytest.raises(InvalidInput, match=message):
        journal.learners.named(name, NOW)


def test_a_learner_follows_the_plan_opened_last_in_its_newest_version(journal: Journal) -> None:
    anna, ben = journal.learners.named("Anna", NOW).id, journal.learners.named("Ben", NOW).id
    assert journal.plans.active(anna) is None
    first = journal.plans.create(anna, {"goal": "“Çay”"}, NOW)
    second = journal.plans.create(anna, {"goal": "b"}, LATER, "Second")
    journal.plans.change(first, {"goal": "c"}, "replanned", LATER)
    active = journal.plans.active(anna)
    assert active is not None
    assert (active.id, active.name, active.plan) == (second, "Second", {"goal": "b"})
    journal.plans.open(anna, first, LATER + timedelta(seconds=1))
    active = journal.plans.active(anna)
    assert active is not None
    assert (active.id, active.name, active.plan, active.reason) == (first, "My plan", {"goal": "c"}, "replanned")
    assert [(each.plan["goal"], each.reason) for each in journal.plans.versions(first)] == [
        ("“Çay”", "made"), ("c", "replanned"),
    ]  # fmt: skip
    assert [each.id for each in journal.plans.all(anna)] == [first, second]
    assert journal.plans.all(ben) == ()
    journal.plans.rename(anna, first, "First")
    journal.plans.delete(anna, second)
    assert [each.name for each in journal.plans.all(anna)] == ["First"]
    for refused in (
        lambda: journal.plans.open(ben, first, NOW),
        lambda: journal.plans.delete(ben, first),
        lambda: journal.plans.change(99, {}, "x", NOW),
    ):
        with pytest.raises(InvalidInput, match="That plan is not there any more"):
            refused()


def test_progress_is_each_learners_own(journal: Journal) -> None:
    anna, ben = journal.learners.named("Anna", NOW).id, journal.learners.named("Ben", NOW).id
    journal.progress.mark(anna, {"a": TopicState.KNOWN, "b": TopicState.DONE}, "self", NOW)
    journal.progress.mark(anna, {"b": TopicState.UNKNOWN}, "placement", LATER)
    states = {topic: (each.state, each.source, each.at) for topic, each in journal.progress.topics(anna).items()}
    assert states == {"a": (TopicState.KNOWN, "self", NOW), "b": (TopicState.UNKNOWN, "placement", LATER)}
    assert journal.progress.topics(ben) == {}


def test_sittings_are_kept_and_can_be_taken_back(journal: Journal) -> None:
    anna, ben = journal.learners.named("Anna", NOW).id, journal.learners.named("Ben", NOW).id
    plan = journal.plans.create(anna, {}, NOW)
    entry = LogEntry("a:read:1", "a", EntryStatus.PARTLY, 60, 25, date(2026, 11, 27), plan)
    number = journal.progress.log(anna, entry, NOW)
    assert journal.progress.entries(anna) == (
        LogEntry("a:read:1", "a", EntryStatus.PARTLY, 60, 25, date(2026, 11, 27), plan, number),
    )
    journal.plans.delete(anna, plan)
    assert [each.plan_id for each in journal.progress.entries(anna)] == [None]
    assert not journal.progress.unlog(ben, number)
    assert journal.progress.unlog(anna, number)
    assert journal.progress.entries(anna) == ()


def test_a_sitting_shown_once_is_kept_once(journal: Journal) -> None:
    anna, ben = journal.learners.named("Anna", NOW).id, journal.learners.named("Ben", NOW).id
    entry = LogEntry("a:read:1", "a", EntryStatus.PARTLY, 60, 25, date(2026, 11, 27))
    shown_after = journal.progress.log(anna, entry, NOW)
    assert shown_after == 1
    assert journal.progress.log(anna, entry, NOW, shown_after) == 2
    assert journal.progress.log(anna, entry, NOW, shown_after) is None
    assert journal.progress.log(anna, replace(entry, item="a:read:2"), NOW, shown_after) == 3
    assert journal.progress.log(ben, entry, NOW, shown_after) == 4
    assert [each.id for each in journal.progress.entries(anna)] == [1, 2, 3]


def test_a_level_is_chosen_and_taken_back(journal: Journal) -> None:
    anna, ben = journal.learners.named("Anna", NOW), journal.learners.named("Ben", NOW)
    journal.learners.choose_level(anna.id, Level.EXPERT)
    assert journal.learners.all() == (replace(anna, level=Level.EXPERT), ben)
    journal.learners.choose_level(anna.id, None)
    assert journal.learners.find("anna") == anna


def test_a_login_finds_its_learner_whatever_the_names_are(journal: Journal) -> None:
    ada = journal.learners.named("Ada", NOW)
    first = journal.learners.logged_in("issuer 1", " Ada ", NOW)
    second = journal.learners.logged_in("issuer 2", "ADA", NOW)
    assert [each.name for each in (ada, first, second)] == ["Ada", "Ada 2", "ADA 3"]
    long = [journal.learners.logged_in(f"issuer {number}", "é" * 99, NOW).name for number in (3, 4)]
    assert long == ["é" * 60, f"{'é' * 58} 2"]
    journal.learners.rename(first.id, "Countess")
    assert journal.learners.logged_in("issuer 1", "Ada", NOW) == Learner(first.id, "Countess")
    journal.learners.give_login(ada.id, " issuer 1 ")
    assert journal.learners.logged_in("issuer 1", "Ada", NOW) == ada
    for learner_id, login, reason in ((ada.id, " ", "empty"), (99, "issuer 9", "not there")):
        with pytest.raises(InvalidInput, match=reason):
            journal.learners.give_login(learner_id, login)


def test_deleting_a_learner_leaves_nothing_of_them(journal: Journal, path: Path) -> None:
    anna = journal.learners.named("Anna", NOW).id
    journal.progress.mark(anna, {"a": TopicState.DONE}, "self", NOW)
    plan = journal.plans.create(anna, {}, NOW)
    journal.progress.log(anna, LogEntry("", "a", EntryStatus.DONE, 0, 5, date(2026, 11, 27), plan), NOW)
    journal.progress.answer_check(anna, "a", "k", True, NOW)
    journal.learners.delete(anna)
    tables = ("learners", "learner_plans", "plan_versions", "topic_progress", "study_log", "check_answers")
    with sqlite3.connect(path) as other:
        assert [other.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables] == [0] * 6  # noqa: S608 - names above
    other.close()


def test_plans_of_an_older_journal_become_versions_of_one_plan(path: Path) -> None:
    path.parent.mkdir()
    old = sqlite3.connect(path)
    old.executescript(MIGRATIONS[0] + MIGRATIONS[1])
    for number in (1, 2):
        old.execute("INSERT INTO plans (plan, created_at) VALUES (?, ?)", (f'{{"n": {number}}}', NOW.isoformat()))
    old.execute("PRAGMA user_version=2")
    old.commit()
    old.close()
    journal = Journal(path)
    me = journal.learners.find("me")
    assert me is not None
    active = journal.plans.active(me.id)
    assert active is not None
    assert [each.plan for each in journal.plans.versions(active.id)] == [{"n": 1}, {"n": 2}]
    journal.close()


def test_a_study_begins_untold_and_tells_the_level_from_what_is_done(study: Study) -> None:
    assert study.standing().told is False
    assert study.standing().level is None
    assert study.journal.learners.all() == ()
    study.mark(["fuses", "retries"], TopicState.DONE)
    standing = study.standing()
    assert (standing.known, standing.told, standing.level) == ({"fuses", "retries"}, True, Level.INTERMEDIATE)
    with pytest.raises(InvalidInput, match="The roadmap has no topic called 'x', 'y'"):
        study.mark(["y", "fuses", "x"], TopicState.DONE)


def test_what_the_plan_takes_for_known_counts(study: Study) -> None:
    plans = study.journal.plans
    plan_id = plans.create(study.learner.id, {"known": ["fuses"]}, study.now())
    assert study.standing().known == {"fuses"}
    plans.change(plan_id, {"known": ["retries"]}, "made anew", study.now())
    assert study.standing().known == {"retries"}
    assert [each.reason for each in plans.versions(plan_id)] == ["made", "made anew"]


def test_answers_to_check_questions_are_graded_and_the_last_one_counts(study: Study) -> None:
    assert study.checks_answered("fuses") == {}
    assert study.answer_choice(PICK, 0) is False
    assert study.checks_answered("fuses") == {"k": False}
    assert study.answer_choice(PICK, 1) is True
    assert study.checks_answered("fuses") == {"k": True}
    with pytest.raises(InvalidInput, match="That question has 2 options"):
        study.answer_choice(PICK, 2)

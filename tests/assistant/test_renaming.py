"""Progress and plans over an edit of the roadmap: `fuses` was `old-fuses`, `gone` has no successor."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from assistant.check_questions import CheckQuestions
from assistant.curriculum import load_curriculum
from assistant.errors import CorpusError
from assistant.journal import Journal
from assistant.note_files import NoteFiles
from assistant.planning import make_plan, plan_to_json
from assistant.progress import EntryStatus, LogEntry, TopicProgress, TopicState
from assistant.renaming import Renames, load_renames
from assistant.settings import Settings
from assistant.study import Study
from assistant.study_plans import StudyPlans
from tests.assistant.planning.builders import TUESDAY, curriculum, plain, topic
from tests.mini_corpus import write_corpus

NOW = datetime(2026, 12, 2, 20, tzinfo=UTC)
OLD = curriculum(topic("old-fuses"), topic("gone"), topic("queues", hard=["old-fuses"]))


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    corpus = write_corpus(tmp_path / "corpus")
    (corpus / "renamed.yaml").write_text("old-fuses: fuses\nsplit: [fuses, retries]\n", encoding="utf-8")
    return corpus


def renames(corpus: Path) -> Renames:
    return load_renames(corpus, load_curriculum(corpus))


def test_a_topic_is_found_by_its_old_name_and_what_is_gone_is_named(corpus: Path) -> None:
    found = renames(corpus)
    assert found.now("fuses") == ("fuses",)
    assert found.now("old-fuses") == ("fuses",)
    assert found.now("split") == ("fuses", "retries")
    assert found.now("gone") == ()
    assert found.gone(["queues", "gone", "old-fuses", "also-gone"]) == ("also-gone", "gone")


def test_progress_is_carried_over_and_what_is_newer_counts(corpus: Path) -> None:
    def progress(name: str, state: TopicState) -> TopicProgress:
        return TopicProgress(name, state, "self", NOW)

    carried = renames(corpus).progress({
        "split": progress("split", TopicState.DONE), "retries": progress("retries", TopicState.UNKNOWN),
        "gone": progress("gone", TopicState.DONE),
    })  # fmt: skip
    assert {name: each.state for name, each in carried.items()} == {
        "fuses": TopicState.DONE, "retries": TopicState.UNKNOWN,
    }  # fmt: skip


def test_a_plan_in_use_survives_the_edit(corpus: Path, tmp_path: Path) -> None:
    journal = Journal(tmp_path / "journal.sqlite")
    new = load_curriculum(corpus)
    study = Study(journal, new, CheckQuestions(NoteFiles(corpus, new)), renames(corpus), "me", None, lambda: NOW)
    plans = StudyPlans(study, ())
    old_plan = make_plan(OLD, plain(TUESDAY, 420, weekday_minutes=(60,) * 7, known=frozenset(), targets=("queues",)))
    plan_id = journal.plans.create(study.learner.id, plan_to_json(old_plan), NOW)
    for activity in ("read", "practise"):
        entry = LogEntry(f"old-fuses:{activity}:1", "old-fuses", EntryStatus.DONE, 30, 30, date(2026, 12, 1), plan_id)
        journal.progress.log(study.learner.id, entry, NOW)
    journal.progress.mark(study.learner.id, {"old-fuses": TopicState.DONE, "gone": TopicState.DONE}, "plan", NOW)
    followed = plans.must_follow()
    assert {item.topic for item in followed.plan.items} == {"fuses", "queues"}
    assert followed.ledger.done == {"fuses:read:1", "fuses:practise:1"}
    assert followed.ledger.finished == {"fuses"}
    assert study.standing().known == {"fuses"}
    assert study.gone() == ("gone",)
    assert set(journal.progress.topics(study.learner.id)) == {"old-fuses", "gone"}
    assert plans.replan().plan.items
    journal.close()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("old: nowhere", "every new name must be a topic of the roadmap"),
        ("old: []", "every new name must be a topic of the roadmap"),
        ("fuses: retries", "fuses is still a topic of the roadmap"),
        ("- a\n- b", "it must map old topic ids to new ones"),
    ],
)
def test_a_broken_file_is_a_clear_error(corpus: Path, content: str, message: str) -> None:
    (corpus / "renamed.yaml").write_text(content, encoding="utf-8")
    with pytest.raises(CorpusError, match=message):
        renames(corpus)


def test_the_shipped_roadmap_has_a_readable_list_or_none() -> None:
    directory = Settings().corpus_dir
    assert load_renames(directory, load_curriculum(directory)).now("nothing-of-that-name") == ()
